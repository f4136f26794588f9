"""HTML from outside made safe: the one allow-list of what a paragraph or a point of a list may hold."""

from __future__ import annotations

import html
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

import nh3

from warraq.language.bidi import clean_line

TAGS: Final = {"a", "strong", "em", "br"}
ATTRIBUTES: Final = {"a": {"href"}}
SCHEMES: Final = {"http", "https", "mailto"}
LONGEST_ADDRESS: Final = 2000

_SAFE: Final = "%/:=&?~#+!$,;'@()*[]-._"


def safe_html(markup: str) -> str:
    """`markup` with nothing but TAGS in it, scripts and styles gone with their content."""
    return nh3.clean(markup, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()


def as_html(text: str) -> str:
    """Plain text as HTML that shows it."""
    return html.escape(text, quote=False)


def as_text(markup: str) -> str:
    """The words of safe HTML, on one line."""
    return whole_line(html.unescape(nh3.clean(markup.replace("<br>", "\n"), tags=set())))


def whole_line(text: str) -> str:
    """`text` on one line without controls, and no shorter for it."""
    return clean_line(text, 4 * len(text) + 16)  # composing can only lengthen by less than this


def web_address(address: str, *, base: str = "") -> str:
    """`address` made absolute and percent-encoded; empty where it is no http(s) address of a host."""
    try:
        parts = urlsplit(urljoin(base, address.strip())[:LONGEST_ADDRESS])
        if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
            return ""
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except (ValueError, UnicodeError):
        return ""
    path, query = quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE)
    return urlunsplit((parts.scheme, host.lower(), path or "/", query, ""))


def old_path(address: str) -> str:
    """Path and query of an absolute address, as the old site's readers ask for it; empty for its front page."""
    parts = urlsplit(address)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return "" if path in {"", "/"} else path


def readable_address(address: str) -> str:
    """The address as a person reads it, Arabic letters unpacked."""
    return whole_line(unquote(address))
