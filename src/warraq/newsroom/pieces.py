"""What the paper's templates get: frozen dataclasses, made by selectors, with nothing left to query.

Every `html` field is safe HTML (nh3, our allow-list); every `str` is plain text that a template escapes.
Every time is a `Moment`, already in the paper's own time zone and digits. Every `url` is a public path.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from warraq.language.bidi import direction_of


@dataclass(frozen=True)
class Moment:
    """A time as it is shown. `iso` is ISO 8601 with offset, for `<time datetime>`."""

    iso: str
    date: str
    """Gregorian date with the region's month name: «24 نوفمبر 2026»."""
    time: str
    """Hour and minute: «14:05»."""
    hijri: str = ""
    """Umm al-Qura date: «14 جمادى الآخرة 1448 هـ»; empty where the setting is off."""
    weekday: str = ""


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class Picture:
    """An image in its pressed sizes. `sources` is `(public path, width in px)`, narrow to wide, WebP."""

    sources: tuple[tuple[str, int], ...]
    width: int
    """Of the widest rendition, px; with `height` it fixes the layout."""
    height: int
    alt: str
    credit: str = ""
    caption: str = ""
    focus: tuple[int, int] = (50, 50)
    """Focal point in per cent from the left and the top, for `object-position`."""


@dataclass(frozen=True)
class Channel:
    """A follow link. `kind`: telegram, whatsapp, facebook, x, youtube, instagram, rss."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True)
class SectionLink:
    title: str
    url: str
    slug: str
    kind: str
    """news, opinion or literary."""
    children: tuple[SectionLink, ...] = ()


@dataclass(frozen=True)
class Paper:
    """What every page knows of the paper."""

    name: str
    tagline: str
    about: str
    """Short plain text for the footer and descriptions."""
    language: str
    """`ar` or `en`: `<html lang>`; `dir` follows from it."""
    origin: str
    """`https://paper.example`, no slash at the end: for canonical links, feeds, cards. May be empty."""
    sections: tuple[SectionLink, ...]
    channels: tuple[Channel, ...]
    card: str = ""
    """Path of the picture that stands for a page without one of its own."""
    offline: bool = False
    """Whether a reader's browser keeps what they opened, for when there is no network."""

    @property
    def dir(self) -> str:
        return direction_of(self.language)


@dataclass(frozen=True)
class AuthorPiece:
    id: int
    name: str
    url: str
    role: str = ""
    portrait: Picture | None = None
    about: str = ""


@dataclass(frozen=True)
class Card:
    """An article in a list."""

    id: int
    url: str
    kicker: str
    headline: str
    standfirst: str
    section: SectionLink
    authors: tuple[AuthorPiece, ...]
    published: Moment
    picture: Picture | None = None


@dataclass(frozen=True)
class Block:
    """One block of a body. `kind` names its template, `design/blocks/<kind>.html`; `value` is that kind's data:

    paragraph   html
    heading     text (an h2)
    quotation   text, speaker, source (both may be empty)
    image       picture: Picture
    list        items: tuple[str safe html, ...], ordered: bool
    verse       lines: tuple[tuple[str, str], ...] (two hemistichs; the second may be empty), poet
    table       caption, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
    link        title, url, host, text: a link card to another site
    related     cards: tuple[Card, ...]
    facts       title, items: tuple[str safe html, ...]
    """

    kind: str
    value: dict[str, object]


@dataclass(frozen=True)
class SourcePiece:
    name: str
    url: str = ""
    """The source's own address, empty where it has none."""


@dataclass(frozen=True)
class CorrectionPiece:
    text: str
    at: Moment


@dataclass(frozen=True)
class ArticlePiece:
    id: int
    url: str
    kicker: str
    headline: str
    standfirst: str
    section: SectionLink
    parents: tuple[SectionLink, ...]
    """Sections above `section`, outermost first."""
    authors: tuple[AuthorPiece, ...]
    sources: tuple[SourcePiece, ...]
    published: Moment
    updated: Moment | None
    """Only where the text changed after publication."""
    minutes: int
    """Reading time, at least 1."""
    picture: Picture | None
    body: tuple[Block, ...]
    tags: tuple[Link, ...]
    corrections: tuple[CorrectionPiece, ...]
    related: tuple[Card, ...]
    share: tuple[Channel, ...] = ()
    """Share links that work without script; kinds telegram, whatsapp, facebook, x."""
    word_count: int = 0


@dataclass(frozen=True)
class RankedItem:
    id: int
    title: str
    url: str
    count: int


@dataclass(frozen=True)
class RankingPiece:
    kind: str
    """read or comment."""
    window: str
    """day, week or month."""
    items: tuple[RankedItem, ...]
    since: Moment
    until: Moment
    url: str
    """Its page: `/most-read/day/`."""
    fragment: str
    """Its fragment: `/_/ranking/read/day.html`."""
    section: str = ""
    """The section's title, where it is a section's."""
    around: str = "/"
    """What the pages of all rankings beside it begin with."""
    fragments_around: str = "/_/ranking/"
    """And their fragments."""


@dataclass(frozen=True)
class BreakingPiece:
    text: str
    url: str = ""


@dataclass(frozen=True)
class SectionBlock:
    """A section on the front, or any titled run of cards."""

    section: SectionLink
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class FrontPiece:
    date: Moment
    """Of the newest publication: a pressed page has no clock."""
    breaking: BreakingPiece | None
    """None too where its story is the lead."""
    lead: Card | None
    lead_related: tuple[Card, ...]
    slots: tuple[Card, ...]
    latest: tuple[Card, ...]
    sections: tuple[SectionBlock, ...]
    rankings: tuple[RankingPiece, ...] = field(default=())
    """Both kinds, window day; the other windows are links or fragments. No counts are shown here."""


@dataclass(frozen=True)
class ListingPiece:
    """A page of cards: section, author or tag; its head or one of its archive pages."""

    kind: str
    """section, author or tag."""
    title: str
    url: str
    cards: tuple[Card, ...]
    archive: tuple[Link, ...]
    """Links to the numbered archive pages near this one, newest first."""
    number: int = 0
    """0 for the head; archive pages are numbered from the oldest, 1."""
    newer: str = ""
    older: str = ""
    section: SectionLink | None = None
    parents: tuple[SectionLink, ...] = ()
    author: AuthorPiece | None = None
    feed: str = ""
    about: str = ""
    """A sentence about the section, shown on its head."""
    rankings: str = ""
    """What the fragments of the section's own rankings begin with: `/_/ranking/5/`."""


@dataclass(frozen=True)
class ArchiveMonth:
    """`days` holds every day of the month: `(number shown, public path or "", count)`."""

    title: str
    url: str
    days: tuple[tuple[str, str, int], ...]
    lead_blanks: int = 0
    """Empty cells before the first day, the week beginning on Saturday."""


@dataclass(frozen=True)
class MonthLink(Link):
    """A month in the archive's index. `count`: articles published in it."""

    count: int


@dataclass(frozen=True)
class ArchivePiece:
    """The archive by date: the index (`years`), a month (`month`), or a day (`day`, `cards`)."""

    title: str
    url: str
    years: tuple[tuple[str, tuple[MonthLink, ...]], ...] = ()
    month: ArchiveMonth | None = None
    day: Moment | None = None
    cards: tuple[Card, ...] = ()
    newer: str = ""
    older: str = ""
    up: Link | None = None


@dataclass(frozen=True)
class PageMeta:
    """What goes into `<head>`."""

    title: str
    description: str = ""
    path: str = "/"
    picture: Picture | None = None
    card: str = ""
    """Path of the picture of its headline (`design.cards`), where it has no photo."""
    kind: str = "website"
    """`website` or `article`: og:type."""
    index: bool = True
    feed: str = ""
    json_ld: str = ""
    """Ready JSON, `<` escaped, for one `<script type="application/ld+json">`; empty for none."""


@dataclass(frozen=True)
class Part:
    """What a room above the newsroom puts into an article's page: a template and its data."""

    template: str
    context: dict[str, object]
    title: str = ""
    """What readers call it, for a link to it from above the text; empty for none."""
    anchor: str = ""
    """Id of its element."""
