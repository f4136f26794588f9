"""The paper as a whole: its settings, its navigation, its clock."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.translation import gettext as _

from warraq.design import cards
from warraq.design.cards import CardText
from warraq.language import dates, numerals
from warraq.newsroom.models import PaperSettings, Section
from warraq.newsroom.pieces import Channel, Moment, Paper, SectionLink
from warraq.press.recording import reads, remembered

TOP = 3
"""Depth in Wagtail's tree of sections right under the front (root 1, front 2)."""
CHANNELS = ("telegram", "whatsapp", "facebook", "x", "youtube", "instagram")


class Clock:
    """Shows times in the paper's zone, calendar and digits."""

    def __init__(self, paper: PaperSettings) -> None:
        self.zone = zoneinfo.ZoneInfo(paper.time_zone)
        self.with_hijri = paper.hijri
        self.months = cast(dates.Months, paper.months)  # the model's choices are these very words
        self.digits = cast(numerals.Digits, paper.digits)
        self.language = cast(dates.Language, paper.language)

    def iso(self, at: datetime) -> str:
        """`at` (aware) as ISO 8601 with the paper's offset."""
        return at.astimezone(self.zone).isoformat(timespec="seconds")

    def moment(self, at: datetime) -> Moment:
        """`at` (aware) as readers see it."""
        local = at.astimezone(self.zone)
        day = local.date()
        return Moment(
            iso=self.iso(at),
            date=dates.gregorian(day, months=self.months, digits=self.digits, language=self.language),
            time=dates.clock(local.time(), digits=self.digits),
            hijri=dates.hijri(day, digits=self.digits, language=self.language) if self.with_hijri else "",
            weekday=dates.weekday(day, language=self.language),
        )


def paper_settings() -> PaperSettings:
    """The paper's settings; records the key `paper`."""

    def load() -> PaperSettings:
        reads("paper")
        return PaperSettings.load()

    return remembered("settings", load)


def section_link(section: Section, children: tuple[SectionLink, ...] = ()) -> SectionLink:
    return SectionLink(section.title, section.public_path, section.slug, section.kind, children)


def navigation() -> tuple[SectionLink, ...]:
    """The published sections as a tree, in the paper's order; records the key `nav`."""
    reads("nav")
    sections = list(Section.objects.live().order_by("place", "path"))

    def below(path: str, depth: int) -> tuple[SectionLink, ...]:
        rows = [row for row in sections if row.depth == depth and row.path.startswith(path)]
        return tuple(section_link(row, below(row.path, depth + 1)) for row in rows)

    return below("", TOP)


def channels(row: PaperSettings) -> tuple[Channel, ...]:
    """The paper's channels that have an address, and its feed."""
    titles = {
        "telegram": _("Telegram"),
        "whatsapp": _("WhatsApp"),
        "facebook": _("Facebook"),
        "x": _("X"),
        "youtube": _("YouTube"),
        "instagram": _("Instagram"),
    }
    found = [Channel(kind, titles[kind], getattr(row, kind)) for kind in CHANNELS if getattr(row, kind)]
    return (*found, Channel("rss", _("RSS feed"), "/feed.rss"))


def paper_card(row: PaperSettings) -> CardText:
    """What stands for a page that has no picture of its own."""
    return CardText(row.name, "", row.tagline, row.language)


def _card_path(row: PaperSettings) -> str:
    text = paper_card(row)
    return cards.path_of(text) if settings.WARRAQ_ORIGIN and cards.can_draw(text) else ""


def paper_piece(row: PaperSettings) -> Paper:
    """What every page knows of the paper."""
    return remembered(
        "paper",
        lambda: Paper(
            name=row.name,
            tagline=row.tagline,
            about=row.about,
            language=row.language,
            origin=settings.WARRAQ_ORIGIN,
            sections=navigation(),
            channels=channels(row),
            card=_card_path(row),
            offline=row.offline,
        ),
    )
