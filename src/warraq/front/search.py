"""`GET /search/?q=…`: the pressed search page, with the words that were asked for and what was found put in."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

import brotli

from warraq.front import answers, posts, results
from warraq.front.answers import Answer, Environ, Handler
from warraq.front.comments import SOON
from warraq.front.errors import Refusal
from warraq.front.headers import Dress
from warraq.front.negotiate import IDENTITY, codings
from warraq.front.notices import Notices
from warraq.front.posts import Senders
from warraq.front.results import Asked
from warraq.front.tree import Tree
from warraq.front.turns import Turns
from warraq.language.bidi import clean_line
from warraq.language.messages import gettext as _
from warraq.search import store
from warraq.search.engine import Reader, Results
from warraq.search.errors import SearchError

AT_ONCE: Final = 2
"""Searches worked on at once: each takes milliseconds of the processor, which a flood of them must leave to readers."""
WAITING: Final = 3
"""Searches that wait for a place."""
REMEMBERED: Final = 128
"""Answers kept until the index changes: what happened an hour ago, hundreds ask for."""
SHELL: Final = "/search/"
MOST_WORDS: Final = 200
"""Characters of a question that are looked for."""
MOST_PAGES: Final = 50
UNLISTED: Final = ("x-robots-tag", "noindex")
BROTLI_QUALITY: Final = 4
GZIP_LEVEL: Final = 5


class Search:
    def __init__(
        self, index: Path, language: str, tree: Tree, dress: Dress, notices: Notices, senders: Senders, pages: Handler
    ) -> None:
        """`index`: the search index's folder; `pages`: what shows a pressed page."""
        self._index = index
        self._remembered = lru_cache(REMEMBERED)(self._look)
        self._senders = senders
        self._reader = Reader(index)
        self._tree = tree
        self._dress = dress
        self._notices = notices
        self._pages = pages
        self._turns = Turns(AT_ONCE, WAITING)
        self._language = language

    def show(self, environ: Environ) -> Answer:
        asked = read_question(environ.get("QUERY_STRING", ""))
        if not asked.words:
            return self._pages(environ)
        try:
            with self._turns.enter(self._senders.address(environ)):
                found = self._find(asked)
        except Refusal as refusal:
            return self._fill(refusal.status, environ, asked, results.note(refusal.says), SOON)
        return self._fill(answers.OK, environ, asked, found)

    def _find(self, asked: Asked) -> results.Found:
        if not store.has_index(self._index):
            return results.note(
                _("Search is being set up. Until then the sections and the archive lead to every article.")
            )
        try:
            return self._remembered(asked, store.stamp(self._index))
        except (SearchError, OSError):
            return results.note(_("Search is out of order. The sections and the archive lead to every article."))

    def _look(self, asked: Asked, _stamp: tuple[int, ...]) -> Results:
        return self._reader.search(asked.words, limit=results.A_PAGE, offset=(asked.page - 1) * results.A_PAGE)

    def _fill(
        self, status: str, environ: Environ, asked: Asked, found: results.Found, *more: tuple[str, str]
    ) -> Answer:
        shell = self._tree.page(SHELL, (IDENTITY,))
        if shell:
            body = results.fill(shell.whole.body, asked, found, self._language)
        else:
            body = self._notices.plain(_("Search"), results.plain_page(asked, found, self._language))
        for coding in codings(environ.get("HTTP_ACCEPT_ENCODING", "")):
            if coding in _PACK:
                body = _PACK[coding](body)
                break
            if coding == IDENTITY:
                break
        headers = self._dress.made(body, coding=coding)
        return Answer(status, [*headers, UNLISTED, *more], body)


def read_question(query: str) -> Asked:
    """The words asked for, empty where there are none, and the page of results, from 1."""
    try:
        pairs = parse_qsl(query, max_num_fields=posts.MOST_FIELDS)
    except ValueError:
        pairs = []
    fields = dict(reversed(pairs))
    page = posts.number(fields.get("page", "")) or 1
    return Asked(clean_line(fields.get("q", ""), MOST_WORDS), min(page, MOST_PAGES))


def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, quality=BROTLI_QUALITY)


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


_PACK: Final = {"br": _brotli, "gzip": _gzip}
