"""Lists of cards: the head and the numbered archive pages of a section, an author, a tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from taggit.models import Tag

from warraq.newsroom.models import Author, ListCount, Placement, Section
from warraq.newsroom.pieces import AuthorPiece, Card, Link, ListingPiece, SectionLink
from warraq.newsroom.placing import PAGE, page_of
from warraq.newsroom.selectors.cards import author_piece, cards
from warraq.newsroom.selectors.papers import Clock, section_link
from warraq.press.ahead import fetch, fetched
from warraq.press.recording import reads, remembered

NEAR = 5
"""Archive pages that a head links to."""


@dataclass(frozen=True)
class Listed:
    """Whose list it is: `name` of the list, where its head lies, and what its head says of it."""

    kind: str
    name: str
    title: str
    url: str
    section: SectionLink | None = None
    parents: tuple[SectionLink, ...] = ()
    author: AuthorPiece | None = None
    feed: str = ""
    about: str = ""
    rankings: str = ""
    """What the fragments of its own rankings begin with; only a section has any."""


def section_list(ident: str) -> Listed | None:
    """The list of a published section; records the keys of it and of the sections above it."""
    return remembered(f"section list {ident}", lambda: _section_list(ident))


def _section_list(ident: str) -> Listed | None:
    reads(f"section:{ident}")
    section = Section.objects.filter(pk=ident).first()
    if section is None:
        return None
    chain = list(Section.objects.ancestor_of(section, inclusive=True).order_by("path"))
    reads(*(f"section:{row.pk}" for row in chain))
    if not all(row.live for row in chain):
        return None
    below = Section.objects.child_of(section).live().order_by("place", "path")
    reads("nav")
    return Listed(
        kind="section",
        name=f"section.{section.pk}",
        title=section.title,
        url=section.public_path,
        section=section_link(section, tuple(section_link(row) for row in below)),
        parents=tuple(section_link(row) for row in chain[:-1]),
        feed=f"{section.public_path}feed.rss",
        about=section.description,
        rankings=f"/_/ranking/{section.pk}/",
    )


def author_list(ident: str) -> Listed | None:
    """The list of an author who signed at least one published article."""
    return remembered(f"author list {ident}", lambda: _author_list(ident))


def _author_list(ident: str) -> Listed | None:
    reads(f"author:{ident}", f"list:author.{ident}:exists")
    author = Author.objects.filter(pk=ident).first()
    if author is None or not Placement.objects.filter(list=f"author.{ident}").exists():
        return None
    url = f"/author/{author.pk}/"
    return Listed("author", f"author.{ident}", author.name, url, author=author_piece(author, whole=True))


def tag_list(ident: str) -> Listed | None:
    """The list of a tag that at least one published article carries."""
    return remembered(f"tag list {ident}", lambda: _tag_list(ident))


def _tag_list(ident: str) -> Listed | None:
    reads(f"tag:{ident}", f"list:tag.{ident}:exists")
    tag = Tag.objects.filter(pk=ident).first()
    if tag is None or not Placement.objects.filter(list=f"tag.{ident}").exists():
        return None
    return Listed("tag", f"tag.{ident}", tag.name, f"/tag/{tag.pk}/")


LISTS = {"section": section_list, "author": author_list, "tag": tag_list}


def newest(name: str, limit: int = PAGE) -> list[int]:
    """Ids of the newest articles of a list; records that its head was read."""
    reads(f"list:{name}:head")
    rows = Placement.objects.filter(list=name).order_by("-at", "-article_id")
    return list(rows.values_list("article_id", flat=True)[:limit])


def newest_cards(name: str, *, clock: Clock, limit: int = PAGE) -> tuple[Card, ...]:
    return cards(newest(name, limit), clock=clock)


def pages_of(name: str) -> int:
    """How many archive pages a list has; changes with its head."""
    given = ListCount.objects.filter(list=name).values_list("given", flat=True).first() or 0
    return page_of(given) if given else 0


ListPage = tuple[str, int]
"""A list and the number of an archive page of it."""


def pages(wanted: Sequence[ListPage]) -> dict[ListPage, list[int]]:
    """Ids of the articles on each of these archive pages that holds any, the last that came in first; one query for
    pages that follow each other."""
    found: dict[ListPage, list[int]] = {}
    for name, first, last in _spans(wanted):
        span = (PAGE * (first - 1) + 1, PAGE * last)
        rows = Placement.objects.filter(list=name, number__range=span).order_by("-number")
        for number, ident in rows.values_list("number", "article_id"):
            found.setdefault((name, page_of(number)), []).append(ident)
    return found


def _spans(wanted: Iterable[ListPage]) -> Iterator[tuple[str, int, int]]:
    """List, first and last page of each run of pages without a gap."""
    name, first, last = "", 0, 0
    for one, number in sorted(set(wanted)):
        if (one, number) != (name, last + 1):
            if name:
                yield name, first, last
            name, first = one, number
        last = number
    if name:
        yield name, first, last


def filled(name: str, number: int) -> list[int]:
    """Ids of the articles on archive page `number`, the last that came in first."""
    reads(f"list:{name}:page:{number}")
    return fetched(pages, (name, number)) or []


def filled_pages(name: str) -> list[int]:
    """The archive pages of a list that hold anything, from the oldest."""
    numbers = Placement.objects.filter(list=name).order_by("number").values_list("number", flat=True)
    return sorted({page_of(number) for number in numbers})


def read_ahead(wanted: Sequence[ListPage], *, clock: Clock) -> None:
    """Read together what these archive pages will look at."""
    fetch(pages, [(name, number + step) for name, number in wanted for step in (-1, 0, 1)])
    found = fetch(pages, wanted).values()
    cards(list(dict.fromkeys(ident for idents in found for ident in idents)), clock=clock)


def head_piece(listed: Listed, *, clock: Clock) -> ListingPiece:
    """The head of a list: its newest, and the way to its newest archive pages where there is more than it shows."""
    found = newest(listed.name, PAGE + 1)
    shown = cards(found[:PAGE], clock=clock)
    last = pages_of(listed.name) if len(found) > PAGE else 0
    near = range(last, max(0, last - NEAR), -1)
    fetch(pages, [(listed.name, number) for number in near])
    return _piece(
        listed,
        shown,
        tuple(
            Link(str(number), f"{listed.url}archive/{number}/") for number in near if _is_filled(listed.name, number)
        ),
    )


def archive_piece(listed: Listed, number: int, *, clock: Clock) -> ListingPiece | None:
    """One archive page; None where nothing stands on it. A full page reads nothing that grows."""
    fetch(pages, [(listed.name, number + step) for step in (-1, 0, 1)])
    found = filled(listed.name, number)
    if not found:
        return None
    base = f"{listed.url}archive/"
    newer, older = number + 1, number - 1
    return _piece(
        listed,
        cards(found, clock=clock),
        (),
        number=number,
        newer=f"{base}{newer}/" if _is_filled(listed.name, newer) else listed.url,
        older=f"{base}{older}/" if _is_filled(listed.name, older) else "",
    )


def _is_filled(name: str, number: int) -> bool:
    """Whether anything stands on an archive page. Its first and its last article alone change this key."""
    reads(f"list:{name}:page:{number}:exists")
    return bool(fetched(pages, (name, number)))


def _piece(listed: Listed, shown: tuple[Card, ...], archive: tuple[Link, ...], **more: object) -> ListingPiece:
    return ListingPiece(
        kind=listed.kind,
        title=listed.title,
        url=listed.url,
        rankings=listed.rankings,
        cards=shown,
        archive=archive,
        section=listed.section,
        parents=listed.parents,
        author=listed.author,
        feed=listed.feed,
        about=listed.about,
        **more,  # type: ignore[arg-type]
    )
