"""Headers of every answer: who may do what with it, and how long it may be kept."""

from __future__ import annotations

from typing import Final

from warraq.front.answers import Headers
from warraq.press import layout

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types paper",
    )
)

SECURITY: Final[Headers] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    # Nothing about what is read here goes to another site, and our own forms still carry an Origin.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
OWN_SITE: Final = ("cross-origin-resource-policy", "same-origin")
ANY_SITE: Final = ("cross-origin-resource-policy", "cross-origin")
"""For pictures: feed readers and cards show them on their own sites."""
PICTURES: Final = "/_/media/"
ACCEPTS_PARTS: Final = ("accept-ranges", "bytes")
"""Of files that have one form alone (`front.ranges`)."""
ONLY_TLS: Final = ("strict-transport-security", "max-age=31536000")
"""Sent where the paper's origin is https. Not for subdomains: they may belong to others."""

FOR_EVER: Final = layout.KEPT_FOR_EVER
PAGE: Final = layout.KEPT_PAGE
FRAGMENT: Final = layout.KEPT_FRAGMENT
ASK_AGAIN: Final = "no-cache"
"""For what is not there: it may be there in a moment."""
NEVER_KEPT: Final = "no-store"
"""For what was made for one reader or in an error."""


class Dress:
    """Makes the headers of answers; knows whether the paper is served over TLS."""

    def __init__(self, origin: str) -> None:
        self._base = [*SECURITY, ONLY_TLS] if origin.startswith("https://") else SECURITY
        self._own = [*self._base, OWN_SITE]

    def page(self, path: str, coding: str, etag: str, length: int) -> Headers:
        """Of the page at `path` in content coding `coding` (`identity` for none)."""
        parts = [] if layout.suffix_of(path) in layout.COMPRESSIBLE else [ACCEPTS_PARTS]
        return [
            ("content-type", layout.media_type_of(path)), *_size(coding, length), *parts, *self.unchanged(path, etag)
        ]  # fmt: skip

    def unchanged(self, path: str, etag: str) -> Headers:
        """Of a 304 (RFC 9110 section 15.4.5)."""
        site = ANY_SITE if path.startswith(PICTURES) else OWN_SITE
        vary = [("vary", "accept-encoding")] if layout.suffix_of(path) in layout.COMPRESSIBLE else []
        return [("etag", etag), ("cache-control", layout.kept_how_long(path)), *vary, *self._base, site]

    def made(
        self, body: bytes, *, kind: str = "text/html", coding: str = "identity", keep: str = NEVER_KEPT
    ) -> Headers:
        """Of what the front itself says."""
        head = [("content-type", f"{kind}; charset=utf-8"), *_size(coding, len(body)), ("cache-control", keep)]
        vary = [("vary", "accept-encoding")] if coding != "identity" or keep != NEVER_KEPT else []
        return [*head, *vary, *self._own]

    def picture(self, body: bytes) -> Headers:
        """Of a small GIF that nobody may keep."""
        return [("content-type", "image/gif"), *_size("identity", len(body)), ("cache-control", NEVER_KEPT), *self._own]

    def empty(self, *more: tuple[str, str], keep: str = NEVER_KEPT) -> Headers:
        """Of an answer without a body."""
        return [*more, ("cache-control", keep), *self._own]


def _size(coding: str, length: int) -> Headers:
    encoded = [] if coding == "identity" else [("content-encoding", coding)]
    return [*encoded, ("content-length", str(length))]
