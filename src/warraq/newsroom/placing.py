"""Placing: which lists each published article stands in.

Called by the press inside the transaction that takes a Change, for the keys `article:<id>`, `section:<id>` and
`zone`. Returns the membership keys of the lists that the article came into, left, or moved in.
"""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from warraq.newsroom.models import (
    Article,
    ArticleTag,
    ListCount,
    PaperSettings,
    Placement,
    Retraction,
    Section,
    Signature,
)
from warraq.press.selectors import changed_keys

PAGE = 20
"""Articles on an archive page, and on the head of a list."""
OWNED = ("author.", "tag.")
"""Lists whose pages are there while anything stands in them."""
TOGETHER = 500
"""Articles whose lists are looked up in one query."""


def page_of(number: int) -> int:
    """The archive page, from 1 for the oldest, that holds a placement's number."""
    return (number - 1) // PAGE + 1


def is_public(article: Article, above: Iterable[Section] | None = None) -> bool:
    """Whether readers may see it: published, and so is each section above it (looked up where it is not given)."""
    if not article.live or article.first_published_at is None:
        return False
    return all(section.live for section in (Section.objects.ancestor_of(article) if above is None else above))


@dataclass(frozen=True)
class _Stand:
    """Where an article stands: since when, and in which lists; in none where readers do not see it."""

    at: datetime
    lists: list[str]


_NOWHERE = _Stand(datetime.min, [])


def _stands(idents: Sequence[int]) -> dict[int, _Stand]:
    """Article id → where it stands, of those that there are. Plain rows: an import places thousands at once."""
    facts = ("pk", "path", "live", "first_published_at")
    articles = list(Article.objects.filter(pk__in=idents).values_list(*facts, named=True))
    zone, step = zoneinfo.ZoneInfo(PaperSettings.load().time_zone), Article.steplen
    paths = {one.path[:end] for one in articles for end in range(step, len(one.path), step)}
    sections = {row.path: row for row in Section.objects.filter(path__in=sorted(paths))}
    authors, tags = defaultdict(list), defaultdict(list)
    for pk, author in Signature.objects.filter(article__in=idents).values_list("article_id", "author_id"):
        authors[pk].append(author)
    for pk, tag in ArticleTag.objects.filter(content_object__in=idents).values_list("content_object_id", "tag_id"):
        tags[pk].append(tag)
    found: dict[int, _Stand] = {}
    for one in articles:
        above = [sections[one.path[:end]] for end in range(step, len(one.path), step) if one.path[:end] in sections]
        at, pk = one.first_published_at, one.pk
        if at is None or not all(row.live for row in (one, *above)):
            found[pk] = _NOWHERE
            continue
        day = at.astimezone(zone).date()
        names = ["all", f"day.{day:%Y-%m-%d}", f"month.{day:%Y-%m}", *(f"section.{row.pk}" for row in above)]
        names += [f"author.{author}" for author in dict.fromkeys(authors[pk])]
        found[pk] = _Stand(at, [*names, *(f"tag.{tag}" for tag in sorted(tags[pk]))])
    return found


def follow_articles(idents: Sequence[str]) -> set[str]:
    """Bring the placements of these articles up to date; the membership keys that changed. Numbers and keys are those
    that they would get one after the other, in this order."""
    changed: set[str] = set()
    for start in range(0, len(idents), TOGETHER):
        changed |= _follow(idents[start : start + TOGETHER])
    return changed


def _follow(idents: Sequence[str]) -> set[str]:
    wanted = _stands([int(ident) for ident in idents])
    rows: dict[int, dict[str, Placement]] = {}
    for row in Placement.objects.filter(article_id__in=idents):
        rows.setdefault(row.article_id, {})[row.list] = row
    may = {name for stand in wanted.values() for name in stand.lists} | {name for own in rows.values() for name in own}
    lists, moved = _Lists(may), []
    for pk in dict.fromkeys(map(int, idents)):
        own, stand = rows.get(pk, {}), wanted.get(pk, _NOWHERE)
        names = stand.lists
        for name in sorted(set(own) - set(names)):
            lists.leave(own[name])
        for name in names:
            if name not in own:
                lists.enter(Placement(list=name, article_id=pk, at=stand.at))
            elif own[name].at != stand.at:
                own[name].at = stand.at
                lists.touch(own[name])
                moved.append(own[name])
        if any(name.startswith("section.") for name in set(own) ^ set(names)):
            for name in set(own) & set(names):
                if name.startswith("month."):
                    lists.touch(own[name])  # the month's site map names its address, which another section changes
    Placement.objects.bulk_update(moved, ["at"])
    lists.save()
    return lists.changed


class _Lists:
    """Lists while articles come into them and leave: numbers, how many stand where, and the keys that change."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are those of all lists that may be touched."""
        self.changed: set[str] = set()
        self._known = {row.list: row for row in ListCount.objects.filter(list__in=sorted(names))}
        self._counts: dict[str, ListCount] = {}
        self._on_page: dict[tuple[str, int], int] = {}
        self._left: list[int] = []
        self._come: list[Placement] = []

    def touch(self, row: Placement) -> None:
        self.changed |= {f"list:{row.list}:head", f"list:{row.list}:page:{page_of(row.number)}"}

    def leave(self, row: Placement) -> None:
        self._left.append(row.pk)
        self._count(row, self._list(row.list), -1)

    def enter(self, row: Placement) -> None:
        """Gives it its number."""
        known = self._list(row.list)
        known.given += 1
        row.number = known.given
        self._come.append(row)
        self._count(row, known, +1)

    def _list(self, name: str) -> ListCount:
        return self._counts.setdefault(name, self._known.get(name) or ListCount(list=name))

    def _count(self, row: Placement, known: ListCount, change: int) -> None:
        """Whether a month or an archive page is there changes with the first that comes and the last that leaves."""
        self.touch(row)
        place = row.list, page_of(row.number)
        if place not in self._on_page and row.number == known.given and row.number % PAGE == 1:
            self._on_page[place] = 0  # the first that ever came to this page
        if place not in self._on_page:
            last = PAGE * place[1]
            on_page = Placement.objects.filter(list=row.list, number__range=(last - PAGE + 1, last))
            self._on_page[place] = on_page.count()
        if 0 in (self._on_page[place], self._on_page[place] + change):
            self.changed.add(f"list:{row.list}:page:{place[1]}:exists")
        self._on_page[place] += change
        if row.list.startswith("month."):
            self.changed.add("months:counts")
            if 0 in (known.standing, known.standing + change):
                self.changed.add("months")
        if row.list.startswith(OWNED) and 0 in (known.standing, known.standing + change):
            self.changed.add(f"list:{row.list}:exists")
        known.standing += change

    def save(self) -> None:
        """Called once."""
        Placement.objects.filter(pk__in=self._left).delete()
        counts = [ListCount(list=row.list, given=row.given, standing=row.standing) for row in self._counts.values()]
        ListCount.objects.bulk_create(
            counts, update_conflicts=True, unique_fields=["list"], update_fields=["given", "standing"]
        )
        Placement.objects.bulk_create(self._come)


def follow_sections(idents: Iterable[str]) -> Iterator[str]:
    waiting = changed_keys()
    for ident in idents:
        yield from _follow_section(ident, waiting)


def _follow_section(ident: str, waiting: set[str]) -> Iterator[str]:
    """A section was renamed, moved, published or closed: some of its articles may stand elsewhere now.

    Only those are looked at; a new name alone moves none. New articles whose own change waits to be looked at (is among
    the keys `waiting`) are left to it: an import writes many thousands into a section that it opened a moment ago. A
    section that is gone took its articles with it; each announced itself. What has no sheet while a section above it is
    closed, and stands in no list either, is named here: sections below it, and the notices of retracted articles.
    """
    section = Section.objects.filter(pk=ident).first()
    if section is None:
        return
    articles = Article.objects.descendant_of(section).order_by("pk")
    sections, step = {row.path: row for row in Section.objects.all()}, Article.steplen
    placed: dict[int, set[str]] = {}
    rows = Placement.objects.filter(article__path__startswith=section.path, list__startswith="section.")
    for pk, name in rows.values_list("article_id", "list"):
        placed.setdefault(pk, set()).add(name)
    for pk, path, live in articles.values_list("pk", "path", "live").iterator():
        above = [sections[path[:end]] for end in range(step, len(path), step) if path[:end] in sections]
        is_shown = live and all(row.live for row in above)
        stands, should = placed.get(pk, set()), {f"section.{row.pk}" for row in above} if is_shown else set()
        if stands != should and (stands or f"article:{pk}" not in waiting):
            yield f"article:{pk}"
    for pk in Section.objects.child_of(section).order_by("path").values_list("pk", flat=True):
        yield f"section:{pk}"
    retracted = Retraction.objects.filter(article__path__startswith=section.path).order_by("article_id")
    for pk in retracted.values_list("article_id", flat=True):
        yield f"article:{pk}"


def follow_zone(_rests: Iterable[str]) -> Iterator[str]:
    """The paper's time zone may have changed: articles may belong to another day."""
    placed = Placement.objects.filter(list="all").order_by("article_id").values_list("article_id", flat=True)
    yield from follow_articles([str(pk) for pk in placed])
