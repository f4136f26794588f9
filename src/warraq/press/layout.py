"""Where a public path lies in the pressed folder. Shared by the press and the front; no Django.

    pressed/
      pages/<path>           answered with 200; a path that ends in "/" is its folder's index.html
      gone/<path>            answered with 410: with its body, or where that is empty with 410.html below
      moved/<path>           answered with 301; the file holds the new path, UTF-8, one line
      pages/_/errors/404.html, 410.html, 503.html   the front's own answers
      .changes               eight bytes, others after each landing: while they stay, no page changed

Beside each page of a compressible type lie its encodings, `<file>.br` and `<file>.gz`. They bear the page's own time of
change to the nanosecond; one with another is of another version. So a page and its encodings change in one instant.
Public paths are ASCII, absolute, percent-free, e.g. `/news/12/` or `/_/media/ab12cd-640.webp`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

PAGES: Final = "pages"
GONE: Final = "gone"
MOVED: Final = "moved"
TREES: Final = (PAGES, GONE, MOVED)
INDEX: Final = "index.html"
CHANGES: Final = ".changes"
CHANGES_BYTES: Final = 8
ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
"""Content-Encoding token → suffix of the sibling file, best first."""

ERROR_404: Final = "/_/errors/404.html"
ERROR_410: Final = "/_/errors/410.html"
ERROR_503: Final = "/_/errors/503.html"
OFFLINE: Final = "/_/offline.html"
"""What a reader's browser shows by itself, without a network, in place of a page that it has not kept."""
FOR_EVER: Final = ("/_/static/", "/_/media/")
"""Paths under these are named by their content and may be cached for ever."""

MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json; charset=utf-8",
}
COMPRESSIBLE: Final = frozenset({".html", ".css", ".js", ".json", ".xml", ".rss", ".txt", ".svg", ".webmanifest"})

KEPT_FOR_EVER: Final = "public, max-age=31536000, immutable"
KEPT_PAGE: Final = "public, max-age=0, stale-while-revalidate=30, stale-if-error=604800"
"""max-age=0: every use asks again, a 304 where nothing changed, so that a correction shows at the next reload.
stale-while-revalidate: a cache in front asks once, not once a reader, and its copy is at most 30 s old.
stale-if-error: such a cache goes on with what it has, for a week, when the paper's host is gone (RFC 5861).
No s-maxage: it forbids a shared cache both (RFC 9111 section 5.2.2.10)."""
KEPT_FRAGMENT: Final = "public, max-age=2, stale-while-revalidate=30, stale-if-error=604800"
"""For what a page's script fetches, rankings above all: one fetch serves a reader who goes from page to page quickly,
and a read still shows in its ranking within 5 s."""
FRAGMENTS: Final = "/_/"

_GOOD_PATH = re.compile(r"/(?:[a-z0-9_][a-zA-Z0-9_.-]*/)*(?:[a-zA-Z0-9_][a-zA-Z0-9_.-]*)?")
MAX_PATH: Final = 240
"""Characters of the longest public path."""


def is_public_path(path: str) -> bool:
    """Whether `path` has the one form that pressed paths have: no dots at the start of a part, no doubles."""
    return len(path) <= MAX_PATH and _GOOD_PATH.fullmatch(path) is not None


def file_of(tree: Path, path: str) -> Path:
    """The file of public `path` in `tree` (`pressed/pages`, `pressed/gone` or `pressed/moved`). Raises ValueError."""
    return tree / name_of(path)


def name_of(path: str) -> str:
    """The name in a tree of public `path`'s file, e.g. `news/12/index.html`.

    Raises ValueError where the path has not the public form, so that no path ever leaves the tree.
    """
    if not is_public_path(path):
        raise ValueError(f"not a public path: {path!r}")
    return path[1:] + INDEX if path.endswith("/") else path[1:]


def path_of(name: str) -> str:
    """The public path of the file `name` of a tree: `name_of` the other way round."""
    path = f"/{name}"
    return path.removesuffix(INDEX) if path.endswith(f"/{INDEX}") else path


def tree_of(status: int) -> str:
    """The tree of what is answered with `status`: 200 is a page, what is not is gone."""
    return PAGES if status == 200 else GONE


def suffix_of(path: str) -> str:
    """`.html` for a folder's path, else the path's own ending, lower case."""
    return ".html" if path.endswith("/") else Path(path).suffix.lower()


def media_type_of(path: str) -> str:
    """The Content-Type of public `path`; `application/octet-stream` where its ending is unknown."""
    return MEDIA_TYPES.get(suffix_of(path), "application/octet-stream")


def kept_how_long(path: str) -> str:
    """Cache-Control of the page at public `path`."""
    if path.startswith(FOR_EVER):
        return KEPT_FOR_EVER
    return KEPT_FRAGMENT if path.startswith(FRAGMENTS) else KEPT_PAGE
