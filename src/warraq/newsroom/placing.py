"""Placing: which lists each published article stands in, kept up to date one article at a time.

Called by the press inside the transaction that takes a Change, for the keys `article:<id>`, `section:<id>` and
`zone`. Returns the membership keys of the lists that the article came into, left, or moved in.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Iterator

from django.db.models import F

from warraq.newsroom.models import Article, ListCount, PaperSettings, Placement, Retraction, Section

PAGE = 20
"""Articles on an archive page, and on the head of a list."""


def page_of(number: int) -> int:
    """The archive page, from 1 for the oldest, that holds a placement's number."""
    return (number - 1) // PAGE + 1


def is_public(article: Article) -> bool:
    """Whether readers may see it: published, and so is each section above it."""
    above = Section.objects.ancestor_of(article)
    is_dated = article.first_published_at is not None
    return bool(article.live) and is_dated and all(above.values_list("live", flat=True))


def lists_of(article: Article) -> list[str]:
    """The names of the lists that a published article stands in."""
    zone = zoneinfo.ZoneInfo(PaperSettings.load().time_zone)
    day = article.first_published_at.astimezone(zone).date()
    names = ["all", f"day.{day:%Y-%m-%d}", f"month.{day:%Y-%m}"]
    names += [
        f"section.{pk}" for pk in Section.objects.ancestor_of(article).order_by("path").values_list("pk", flat=True)
    ]
    names += [f"author.{pk}" for pk in dict.fromkeys(article.signatures.values_list("author_id", flat=True))]
    names += [f"tag.{pk}" for pk in sorted(article.tagged_items.values_list("tag_id", flat=True))]
    return names


def follow_article(ident: str) -> Iterator[str]:
    """Bring one article's placements up to date; the membership keys that changed."""
    article = Article.objects.filter(pk=ident).first()
    wanted = lists_of(article) if article and is_public(article) else []
    rows = {row.list: row for row in Placement.objects.filter(article_id=ident)}
    for name in sorted(set(rows) - set(wanted)):
        row = rows[name]
        row.delete()
        yield from _keys(name, row.number)
        yield from _existence(name, row.number)
    for name in wanted:
        assert article is not None  # noqa: S101  `wanted` is empty without one
        row = rows.get(name) or Placement(list=name, article=article)
        if row.pk is None or row.at != article.first_published_at:
            row.number = row.number or _next_number(name)
            row.at = article.first_published_at
            yield from _keys(name, row.number)
            if row.pk is None:
                yield from _existence(name, row.number)
            row.save()


def _next_number(name: str) -> int:
    count, _made = ListCount.objects.get_or_create(list=name)
    ListCount.objects.filter(pk=count.pk).update(given=F("given") + 1)
    count.refresh_from_db()
    return int(count.given)


def _existence(name: str, number: int) -> Iterable[str]:
    """Called while the article is not in the list: whether its archive page is there changes with it alone."""
    page = page_of(number)
    if not Placement.objects.filter(list=name, number__range=(PAGE * (page - 1) + 1, PAGE * page)).exists():
        yield f"list:{name}:page:{page}:exists"


def _keys(name: str, number: int) -> Iterable[str]:
    yield f"list:{name}:head"
    yield f"list:{name}:page:{page_of(number)}"
    if name.startswith("month."):
        yield "months"


def follow_section(ident: str) -> Iterator[str]:
    """A section was renamed, moved, published or closed: some of its articles may stand elsewhere now.

    Only those are looked at one by one; a new name alone moves none. A section that is gone took its articles with it;
    each announced itself. What has no sheet while a section above it is closed, and stands in no list either, is named
    here: sections below it, and the notices of retracted articles.
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
    for pk, path, live in articles.values_list("pk", "path", "live"):
        above = [sections[path[:end]] for end in range(step, len(path), step) if path[:end] in sections]
        is_shown = live and all(row.live for row in above)
        if placed.get(pk, set()) != ({f"section.{row.pk}" for row in above} if is_shown else set()):
            yield from follow_article(str(pk))
            yield f"article:{pk}"
    for pk in Section.objects.child_of(section).order_by("path").values_list("pk", flat=True):
        yield f"section:{pk}"
    retracted = Retraction.objects.filter(article__path__startswith=section.path).order_by("article_id")
    for pk in retracted.values_list("article_id", flat=True):
        yield f"article:{pk}"


def follow_zone(_rest: str) -> Iterator[str]:
    """The paper's time zone may have changed: articles may belong to another day."""
    for pk in Placement.objects.filter(list="all").order_by("article_id").values_list("article_id", flat=True):
        yield from follow_article(str(pk))
