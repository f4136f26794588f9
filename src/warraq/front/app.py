"""The front as a WSGI application: `warraq.front.app:application`, configured from the environment when it is loaded.

`build` makes one from given settings. Which path does what is in `Front`; everything else is a pressed page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from warraq.front import answers, comments
from warraq.front.answers import Answer, Environ, Handler
from warraq.front.cache import Cache
from warraq.front.comments import Comments
from warraq.front.door import Door
from warraq.front.headers import Dress
from warraq.front.notices import Notices
from warraq.front.pages import Pages
from warraq.front.posts import Senders
from warraq.front.reads import Reads
from warraq.front.robots import Robots
from warraq.front.search import SHELL, Search
from warraq.front.settings import FrontSettings
from warraq.front.tree import Tree
from warraq.front.visitors import Visitors
from warraq.language import messages
from warraq.spool import SpoolWriter

logger = logging.getLogger(__name__)

READING: Final = ("GET", "HEAD")
_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")


@lru_cache(maxsize=256)
def _is_host(text: str) -> bool:
    return _HOST.fullmatch(text) is not None


class Front:
    """Dispatches requests; the answer to a GET depends on its path, Accept-Encoding and If-None-Match alone."""

    def __init__(
        self, reading: dict[str, Handler], posting: dict[str, Handler], pages: Handler, notices: Notices
    ) -> None:
        """`reading` and `posting`: path → what answers its GET or POST; `pages` answers every other GET."""
        self._reading = reading
        self._posting = posting
        self._pages = pages
        self._notices = notices

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        try:
            answer = self._handler(method, environ)(environ)
        except Exception:
            logger.exception("front: %s %r", method, environ.get("PATH_INFO"))
            answer = self._notices.error(answers.BROKEN, environ)
        start_response(answer.status, answer.headers)
        return [answer.body if method != "HEAD" else b""]

    def _handler(self, method: str, environ: Environ) -> Handler:
        host = environ.get("HTTP_HOST", "")
        if not _is_host(host) and (host or environ.get("SERVER_PROTOCOL") == "HTTP/1.1"):
            return self._refuse_host  # RFC 9112 section 3.2: none, two, or one that is none
        path = environ["PATH_INFO"]
        if path in self._posting:
            return self._posting[path] if method == "POST" else self._only_posting
        return self._reading.get(path, self._pages) if method in READING else self._only_reading

    def _refuse_host(self, environ: Environ) -> Answer:
        return self._notices.error(answers.BAD_REQUEST, environ)

    def _only_posting(self, environ: Environ) -> Answer:
        return self._notices.error(answers.BAD_METHOD, environ, ("allow", "POST"))

    def _only_reading(self, environ: Environ) -> Answer:
        return self._notices.error(answers.BAD_METHOD, environ, ("allow", ", ".join(READING)))


def build(settings: FrontSettings) -> Front:
    """A front on these settings. Makes no file before the first read or comment."""
    messages.use(settings.language)
    dress = Dress(settings.origin)
    tree = Tree(settings.pressed, Cache(settings.cache_megabytes << 20), dress)
    notices = Notices(tree, dress, settings.language)
    pages = Pages(tree, dress, notices)
    senders = Senders(settings.trusted_proxies)
    search = Search(settings.index, settings.language, tree, dress, notices, senders, pages.show)
    door = Door(senders, Visitors(settings.spool / "salt"), Robots(), settings.origin)
    reads = Reads(SpoolWriter(settings.spool / "reads"), door, dress)
    received = SpoolWriter(settings.spool / "comments")
    taken = Comments(received, door, dress, notices, most_bytes=settings.max_comment_bytes)

    def thank(environ: Environ) -> Answer:
        answer = pages.show(environ)
        return notices.received() if answer.status == answers.NOT_FOUND else answer

    def health(_environ: Environ) -> Answer:
        return Answer(answers.OK, dress.made(b"ok\n", kind="text/plain"), b"ok\n")

    return Front(
        reading={"/_/health": health, "/_/read.gif": reads.show, comments.RECEIVED: thank, SHELL: search.show},
        posting={"/_/read": reads.take, "/_/comment": taken.take},
        pages=pages.show,
        notices=notices,
    )


def __getattr__(name: str) -> Front:
    if name != "application":
        raise AttributeError(name)
    # Made once, by the worker that asks for it; from then on a plain name of this module.
    made = globals()["application"] = build(FrontSettings.from_environment())
    return made
