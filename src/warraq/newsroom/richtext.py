"""Rich text as an editor wrote it: cleaned by the one allow-list for a page, or without any mark-up."""

from __future__ import annotations

import html
import re

import nh3
from wagtail.rich_text import expand_db_html

TAGS = {"a", "b", "strong", "br", "bdi", "span"}
ATTRIBUTES = {"a": {"href"}, "span": {"lang", "dir"}, "bdi": {"lang", "dir"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_BETWEEN = re.compile(r"</p>\s*<p[^>]*>")
_PARAGRAPH = re.compile(r"</?p[^>]*>")


def paragraphs(rich_text: str) -> list[str]:
    """The paragraphs of rich text, each as `safe_html` has it; empty ones are left out."""
    return [html for part in _BETWEEN.split(rich_text) if (html := safe_html(part))]


def safe_html(rich_text: str) -> str:
    """Rich text as it may stand inside one paragraph, on the paper's allow-list; several are parted by line breaks."""
    inner = _PARAGRAPH.sub("", expand_db_html(_BETWEEN.sub("<br>", rich_text))).strip()
    return nh3.clean(
        inner, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow"
    )


def plain(rich_text: str) -> str:
    """Rich text without any mark-up."""
    return html.unescape(nh3.clean(_BETWEEN.sub("\n", rich_text), tags=set())).strip()
