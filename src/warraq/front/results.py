"""What was found, as HTML in the pressed search page.

The page holds the literals `name="q" value=""` and `<!--results-->`. The latter may name the paper's time zone, its
names of months and its digits: `<!--results Asia/Damascus levantine arabic-->`.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlencode

from markupsafe import Markup, escape

from warraq.language import dates, numerals
from warraq.language.messages import gettext as _
from warraq.press import layout
from warraq.search.engine import Hit, Results

A_PAGE: Final = 20
FIELD: Final = b'name="q" value=""'
PLACE: Final = re.compile(rb"<!--results(?: (\S+) (\S+) (\S+))?-->")
DEFAULTS: Final = ("Asia/Aden", "gregorian", "latin")

Found = Results | Markup
"""What was found, or a sentence why nothing was looked for."""


@dataclass(frozen=True)
class Asked:
    words: str
    page: int


@dataclass(frozen=True)
class Custom:
    """How the paper writes dates and numbers."""

    zone: dt.tzinfo
    months: dates.Months
    digits: numerals.Digits
    language: dates.Language

    def day(self, at: int) -> tuple[str, str]:
        """(for machines, for people) of `at`, seconds since 1970, UTC."""
        day = dt.datetime.fromtimestamp(at, self.zone)
        return day.isoformat(), dates.gregorian(day.date(), self.months, self.digits, self.language)

    def number(self, number: int) -> str:
        return numerals.grouped(number, self.digits)


def note(says: str) -> Markup:
    return Markup('<p class="results-note">{}</p>').format(says)


def fill(shell: bytes, asked: Asked, found: Found, language: str) -> bytes:
    """The pressed page with the question in its field and the answer in its place."""
    place = PLACE.search(shell)
    zone, months, digits = (
        (part.decode("ascii", "replace") for part in place.groups()) if place and place[1] else DEFAULTS
    )
    content = answer(asked, found, _custom(zone, months, digits, language)).encode()
    filled = PLACE.sub(lambda _place: content, shell, count=1)
    value = b'name="q" value="' + escape(asked.words).encode() + b'"'
    return filled.replace(FIELD, value, 1)


def plain_page(asked: Asked, found: Found, language: str) -> Markup:
    """The answer under a field of its own, for a paper whose search page is not pressed."""
    form = Markup(
        '<form action="/search/" role="search"><input type="search" name="q" value="{}" aria-label="{}" dir="auto">'
        "<button>{}</button></form>"
    ).format(asked.words, _("Search"), _("Search"))
    return form + answer(asked, found, _custom(*DEFAULTS, language))


def answer(asked: Asked, found: Found, custom: Custom) -> Markup:
    if isinstance(found, Markup):
        return found
    if not found.hits:
        return Markup('<p class="results-note">{} <bdi>{}</bdi></p>').format(_("Nothing was found for:"), asked.words)
    count = Markup('<p class="results-note small">{} <bdi>{}</bdi></p>').format(
        _("Articles found:"), custom.number(found.total)
    )
    items = Markup("").join(_item(hit, custom) for hit in found.hits)
    first = (asked.page - 1) * A_PAGE + 1
    listed = Markup('<ol class="results bare" start="{}">{}</ol>').format(first, items)
    return count + listed + _turning(asked, found)


def _item(hit: Hit, custom: Custom) -> Markup:
    machine, day = custom.day(hit.published)
    url = hit.url if layout.is_public_path(hit.url) else "/"
    return Markup(
        '<li><article class="card"><p class="kicker">{}</p><h2 class="title"><a href="{}"><bdi>{}</bdi></a></h2>'
        '<p class="standfirst"><bdi>{}</bdi></p><p class="small"><time datetime="{}">{}</time></p></article></li>'
    ).format(hit.section, url, _runs(hit.headline), _runs(hit.snippet), machine, day)


def _runs(runs: Iterable[tuple[str, bool]]) -> Markup:
    return Markup("").join(Markup("<mark>{}</mark>").format(text) if marked else escape(text) for text, marked in runs)


def _turning(asked: Asked, found: Results) -> Markup:
    links = Markup("")
    if asked.page > 1:
        links += _link("prev", _("Previous"), asked, asked.page - 1)
    if len(found.hits) == A_PAGE and asked.page * A_PAGE < found.total:
        links += _link("next", _("Next"), asked, asked.page + 1)
    return Markup('<nav class="pages" aria-label="{}">{}</nav>').format(_("Results"), links) if links else links


def _link(rel: str, label: str, asked: Asked, page: int) -> Markup:
    query = urlencode({"q": asked.words, **({"page": page} if page > 1 else {})})
    return Markup('<a class="button" rel="{}" href="/search/?{}">{}</a>').format(rel, query, label)


def _custom(zone: str, months: str, digits: str, language: str) -> Custom:
    """What the page names; where it names something unknown, the paper's defaults."""
    try:
        found: dt.tzinfo = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        found = zoneinfo.ZoneInfo(DEFAULTS[0])
    return Custom(
        found,
        cast(dates.Months, months if months in {"gregorian", "levantine", "maghreb"} else DEFAULTS[1]),
        cast(numerals.Digits, digits if digits in {"latin", "arabic"} else DEFAULTS[2]),
        cast(dates.Language, language),
    )
