"""GET of a pressed page: itself, where it moved to, that it is gone, the right spelling of its path, or 404."""

from __future__ import annotations

from warraq.front import answers, negotiate, paths, ranges
from warraq.front.answers import Answer, Environ
from warraq.front.headers import PAGE, Dress
from warraq.front.notices import Notices
from warraq.front.tree import Tree


class Pages:
    def __init__(self, tree: Tree, dress: Dress, notices: Notices) -> None:
        self._tree = tree
        self._dress = dress
        self._notices = notices

    def show(self, environ: Environ) -> Answer:
        path = environ["PATH_INFO"]
        if not paths.is_canonical(path):
            return self._elsewhere(path, environ)
        codings = negotiate.codings(environ.get("HTTP_ACCEPT_ENCODING", ""))
        copy = self._tree.page(path, codings)
        if copy is not None:
            known = environ.get("HTTP_IF_NONE_MATCH")
            if known and negotiate.is_unchanged(known, copy.etag):
                return copy.unchanged
            return ranges.answer(environ, path, copy) if "HTTP_RANGE" in environ else copy.whole
        if new := self._tree.moved(path):
            return self._redirect(new)
        copy = self._tree.gone(path, codings)
        if copy is None:
            return self._elsewhere(path, environ)
        # An empty file says that it is gone, and leaves the words to the paper's general page.
        return copy.whole if copy.whole.body else self._notices.error(answers.GONE, environ)

    def _elsewhere(self, path: str, environ: Environ) -> Answer:
        """One redirect, straight to where the page is now, or 404."""
        for form in paths.canonical_forms(path):
            if self._tree.has(form):
                return self._redirect(form)
            if new := self._tree.moved(form):
                return self._redirect(new)
        return self._notices.error(answers.NOT_FOUND, environ)

    def _redirect(self, path: str) -> Answer:
        return Answer(answers.MOVED, self._dress.empty(("location", path), ("content-length", "0"), keep=PAGE))
