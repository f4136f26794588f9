"""The front: what editors chose, filled up with the newest, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from warraq.newsroom.models import Article, Breaking, Front, Placement, Section, Window
from warraq.newsroom.pieces import BreakingPiece, Card, FrontPiece, RankingPiece, SectionBlock
from warraq.newsroom.selectors.cards import cards, in_order
from warraq.newsroom.selectors.lists import newest
from warraq.newsroom.selectors.papers import TOP, Clock, section_link
from warraq.newsroom.selectors.rankings import ranking_piece
from warraq.press.recording import reads

LEAD_RELATED = 3
SLOTS = 4
LATEST = 8
A_SECTION = 4


def breaking_piece() -> BreakingPiece | None:
    """The newest line of breaking news that is published; records `breaking`."""
    reads("breaking")
    row = Breaking.objects.filter(live=True).select_related("article").first()
    if row is None:
        return None
    article = row.article
    if article is None or not public([article.pk]):
        return BreakingPiece(row.text)
    reads(f"section:{article.get_parent().pk}")
    return BreakingPiece(row.text, article.public_path)


class Chooser:
    """Hands out articles, each once."""

    def __init__(self) -> None:
        self.used: set[int] = set()

    def take(self, idents: Iterable[int], limit: int) -> list[int]:
        """The first `limit` of these that no one had yet."""
        found: list[int] = []
        for ident in idents:
            if len(found) == limit:
                break
            if ident not in self.used:
                self.used.add(ident)
                found.append(ident)
        return found


def public(idents: list[int]) -> list[int]:
    """Those of these articles that readers may see, in this order."""
    reads(*(f"article:{ident}" for ident in idents))
    seen = set(Placement.objects.filter(list="all", article_id__in=idents).values_list("article_id", flat=True))
    return [ident for ident in idents if ident in seen]


def front_piece(front: Front, *, clock: Clock) -> FrontPiece:
    """The front as saved or previewed."""
    reads("front")
    chooser = Chooser()
    latest = newest("all", LEAD_RELATED + SLOTS + LATEST + 20)
    chosen = public([slot.article_id for slot in in_order(front.slots.all())])
    lead = chooser.take([*public([front.lead_id] if front.lead_id else []), *latest], 1)
    slots = chooser.take(chosen, max(SLOTS, len(chosen)))
    related = _related(lead, chooser)
    slots += chooser.take(latest, max(0, SLOTS - len(slots)))
    rest = chooser.take(latest, LATEST)
    sections = [(section, _of_section(section, chooser)) for section in _sections()]
    lead_cards = cards(lead, clock=clock)
    breaking = breaking_piece()
    newest_at = Placement.objects.filter(list="all").order_by("-at").values_list("at", flat=True).first()
    return FrontPiece(
        date=clock.moment(newest_at or datetime(2000, 1, 1, tzinfo=UTC)),
        breaking=None if _leads(breaking, lead_cards) else breaking,
        lead=lead_cards[0] if lead_cards else None,
        lead_related=cards(related, clock=clock),
        slots=cards(slots, clock=clock),
        latest=cards(rest, clock=clock),
        sections=tuple(
            SectionBlock(section_link(section), cards(found, clock=clock)) for section, found in sections if found
        ),
        rankings=_rankings(clock),
    )


def _leads(breaking: BreakingPiece | None, lead: tuple[Card, ...]) -> bool:
    """Whether the story of the breaking news is the first one anyway: twice in a row, a headline says nothing."""
    return breaking is not None and any(breaking.url == card.url for card in lead)


def _related(lead: list[int], chooser: Chooser) -> list[int]:
    """The newest of the lead's own section."""
    articles = Article.objects.filter(pk__in=lead).defer_streamfields()
    return [ident for one in articles for ident in chooser.take(newest(f"section.{one.get_parent().pk}"), LEAD_RELATED)]


def _sections() -> list[Section]:
    """The published sections right under the front, in the paper's order."""
    reads("nav")
    return list(Section.objects.live().filter(depth=TOP).order_by("place", "path"))


def _of_section(section: Section, chooser: Chooser) -> list[int]:
    reads(f"section:{section.pk}")
    return chooser.take(newest(f"section.{section.pk}"), A_SECTION)


def _rankings(clock: Clock) -> tuple[RankingPiece, ...]:
    found = (ranking_piece(kind, Window.DAY, clock=clock, counts=False) for kind in ("read", "comment"))
    return tuple(piece for piece in found if piece is not None)
