"""The one template engine of the paper's public pages: plain pieces in, a page's text out, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import translation
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from warraq.language import numerals

PACKAGE = Path(__file__).resolve().parent.parent
ROOMS = ("design", "newsroom", "comments")
"""Rooms whose `templates/` hold public pages and parts of them."""

_digits: ContextVar[numerals.Digits] = ContextVar("digits", default="latin")
"""How numbers are written in what is being rendered. Not read from the template's context: components are imported
without one, once for all pages, so they must also leave every translation to their macros."""

_OF_NO_PAGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, which no feed may hold, and those that turn the direction of what follows (Unicode TR 36): a
name pasted from a document may bring them."""
_OF_NO_FEED = re.compile(r' (?:srcset|sizes|class|loading|decoding|fetchpriority|data-[a-z]+)="[^"]*"')
_ROOT_LINK = re.compile(r'\b(href|src)="/(?!/)')


def render(
    template: str, *, paper: Any, digits: numerals.Digits, asset: Callable[[str], str], **context: object
) -> str:
    """A template over what its first comment names, in the paper's language.

    `paper` is the newsroom's Paper piece, `digits` how numbers are written, `asset` gives a design file's public path.
    Raises jinja2.UndefinedError where the template reads something that it was not given.
    """
    before = _digits.set(digits)
    try:
        with translation.override(paper.language):
            text = environment().get_template(template).render(paper=paper, digits=digits, asset=asset, **context)
    finally:
        _digits.reset(before)
    return "\n".join(filter(None, map(str.strip, _OF_NO_PAGE.sub("", text).split("\n")))) + "\n"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The engine itself; templates are read once in a process."""
    made = Environment(
        loader=FileSystemLoader([PACKAGE / room / "templates" for room in ROOMS]),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    made.filters.update(num=num, rfc822=rfc822, absolute=absolute, tenth=tenth, paragraphs=paragraphs)
    made.globals["part_html"] = part_html
    return made


def num(value: str | int) -> str:
    """A number, or the digits in a text, as the paper writes them: «12,480» or «١٢٬٤٨٠»."""
    style = _digits.get()
    return numerals.grouped(value, style) if isinstance(value, int) else numerals.digits(value, style)


@pass_context
def part_html(context: Context, part: Any) -> Markup:
    """A `Part` of another room: its template over the page's context and its own."""
    template = context.environment.get_template(part.template)
    return Markup(template.render({**context.get_all(), **part.context}))  # noqa: S704  a template's own output


def rfc822(iso: str) -> str:
    """ISO 8601 as RSS wants it: «Tue, 24 Nov 2026 14:05:00 +0300»."""
    return format_datetime(datetime.fromisoformat(iso))


def absolute(html: str, origin: str) -> str:
    """HTML whose links and pictures name the paper's host, without what only our own pages understand: for feeds."""
    return _ROOT_LINK.sub(rf'\1="{origin}/', _OF_NO_FEED.sub("", str(html)))


def tenth(per_cent: int) -> int:
    """A per cent to the nearest ten: pictures' focal points are classes, for no element has a style of its own."""
    return min(100, max(0, (per_cent + 5) // 10 * 10))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [line.strip() for line in text.splitlines() if line.strip()]
