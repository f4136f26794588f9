"""Which key stands for a row, and which for a question that a row may answer one day: the one table of it.

A name that ends in `*` stands for any key that begins so. Of the names given one is enough. `None` says that nothing
need be recorded, with the reason beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from taggit.models import Tag
from wagtail.models import Locale, Page, Site

from tests.press.touched import Read, Where
from warraq.comments.models import Comment
from warraq.newsroom.models import (
    Article,
    ArticleTag,
    Attribution,
    Author,
    Breaking,
    Correction,
    Front,
    ListCount,
    PaperSettings,
    Photo,
    Placement,
    Ranking,
    RankingExclusion,
    Rendition,
    Retraction,
    Section,
    Signature,
    Slot,
    Source,
)
from warraq.newsroom.selectors.rankings import ranking_key

Names = tuple[str, ...] | None
UNCHANGING: tuple[type[Model], ...] = (ContentType, Locale, Site)
"""Nobody edits these."""


@dataclass(frozen=True)
class Rule:
    row: Callable[[Any], Names]
    """Keys of which one stands for a row."""
    asked: Callable[[Where], Iterable[Names]]
    """For each thing that a query asked about, keys of which one changes when another row comes to answer it."""


def _one(key: str) -> Rule:
    """A model of few rows that all stand under one key."""
    return Rule(lambda _row: (key,), lambda _where: [(key,)])


def _by_pk(prefix: str, column: str) -> Rule:
    """A model whose rows are asked for by their own number."""
    return Rule(lambda row: (f"{prefix}:{row.pk}",), lambda where: [(f"{prefix}:{value}",) for value in where[column]])


def _of(prefix: str, owner: str, column: str) -> Rule:
    """A model whose rows stand under the key of what they belong to."""
    return Rule(
        lambda row: (f"{prefix}:{getattr(row, owner)}",),
        lambda where: [(f"{prefix}:{value}",) for value in where[column]],
    )


def _page(row: Page) -> Names:
    kind = row.specific_class
    if kind is Article:
        return (f"article:{row.pk}",)
    if kind is Section:
        return (f"section:{row.pk}", "nav")
    return None  # the front and the root of the tree: no page shows anything of them, and they stay


def _asked_pages(where: Where) -> Iterable[Names]:
    if "page.path" in where:
        return []  # a place in the tree is one page's until that page or one above it moves, and says so
    there = Page.objects.filter(pk__in=where["page.id"])  # numbers are not given twice: one that is gone stays so
    return [_page(page) for page in there]


def _asked_sections(where: Where) -> Iterable[Names]:
    if "page.path" in where:
        return []  # as above
    if "section.page_ptr_id" in where:
        return [(f"section:{pk}", "nav") for pk in where["section.page_ptr_id"]]
    return [("nav",)]


def _asked_tags(where: Where) -> Iterable[Names]:
    if "tag.id" in where:
        return [(f"tag:{pk}",) for pk in where["tag.id"]]
    return [(f"article:{pk}",) for pk in where["articletag.content_object_id"]]


def _listed(row: ListCount | Placement) -> tuple[str, ...]:
    """A day's list comes, goes and grows with its month's."""
    names = [f"list:{row.list}:*"]
    if row.list.startswith("month."):
        names += ["months", "months:counts"]
    if row.list.startswith("day."):
        names.append(f"list:{row.list.replace('day.', 'month.')[:13]}:head")
    return tuple(names)


def _beginning(start: str) -> Names:
    """The key of all lists whose names begin so."""
    return ("months", "months:counts") if start == "month." else (f"list:{start.replace('day.', 'month.')[:13]}:head",)


def _asked_lists(where: Where) -> Iterable[Names]:
    if "listcount.list" in where:
        return [(f"list:{name}:*",) for name in where["listcount.list"]]
    return [_beginning(where["gte listcount.list"][0])]


def _placed(row: Placement) -> Names:
    return (*_listed(row), f"article:{row.article_id}")


def _asked_placements(where: Where) -> Iterable[Names]:
    if "lt placement.number" in where:
        return []  # numbers only grow: none comes below one that was given (decision 3)
    if "placement.article_id" in where:
        return [(f"article:{pk}",) for pk in where["placement.article_id"]]
    if "placement.list" in where:
        return [(f"list:{name}:*",) for name in where["placement.list"]]
    return [_beginning(where["startswith placement.list"][0])]


def _asked_rankings(where: Where) -> Iterable[Names]:
    section = where.get("ranking.section_id", [None])[0]
    return [(ranking_key(where["ranking.kind"][0], where["ranking.window"][0], section),)]


RULES: dict[type[Model], Rule] = {
    Article: _by_pk("article", "article.page_ptr_id"),
    ArticleTag: _of("article", "content_object_id", "articletag.content_object_id"),
    Attribution: _of("article", "article_id", "attribution.article_id"),
    Author: _by_pk("author", "author.id"),
    Breaking: _one("breaking"),
    Comment: _of("comments", "article_id", "comment.article_id"),
    Correction: _of("article", "article_id", "correction.article_id"),
    Front: _one("front"),
    ListCount: Rule(_listed, _asked_lists),
    Page: Rule(_page, _asked_pages),
    PaperSettings: _one("paper"),
    Photo: _by_pk("photo", "photo.id"),
    Placement: Rule(_placed, _asked_placements),
    Ranking: Rule(lambda row: (ranking_key(row.kind, row.window, row.section_id),), _asked_rankings),
    RankingExclusion: _of("article", "article_id", "rankingexclusion.article_id"),
    Rendition: _of("photo", "image_id", "rendition.image_id"),
    Retraction: _of("article", "article_id", "retraction.article_id"),
    Section: Rule(lambda row: (f"section:{row.pk}", "nav"), _asked_sections),
    Signature: _of("article", "article_id", "signature.article_id"),
    Slot: _one("front"),
    Source: _by_pk("source", "source.id"),
    Tag: Rule(lambda row: (f"tag:{row.pk}",), _asked_tags),
}


def holes(reads: Iterable[Read], keys: set[str]) -> Iterator[str]:
    """What was read without its key."""
    for read in reads:
        for model, pk in read.rows:
            names = _names_of(model, pk)
            if read.model is Placement and names is not None and model in {Article, Page}:
                # Read through a month's list: only in which section an article stands, which that list hears of.
                names = (*names, *(f"list:{name}:head" for name in read.where["placement.list"]))
            yield from _unless(names, keys, f"{model.__name__} {pk}")
        if read.model not in UNCHANGING:
            for names in _asked(read):
                yield from _unless(names, keys, f"which {read.model.__name__} has {read.where}")


def _asked(read: Read) -> Iterable[Names]:
    try:
        return list(RULES[read.model].asked(read.where))
    except KeyError as error:
        raise AssertionError(
            f"{read.model.__name__} by {sorted(read.where)}: say which key stands for it ({error})\n{read.sql}"
        ) from error


def _names_of(model: type[Model], pk: Any) -> Names:
    if model in UNCHANGING:
        return None
    assert model in RULES, f"{model.__name__}: say which key stands for it"
    return RULES[model].row(model._base_manager.get(pk=pk))


def _unless(names: Names, keys: set[str], what: str) -> Iterator[str]:
    if names is not None and not any(_is_among(name, keys) for name in names):
        yield f"{what}: none of {', '.join(names)}"


def _is_among(name: str, keys: set[str]) -> bool:
    return any(key.startswith(name[:-1]) for key in keys) if name.endswith("*") else name in keys
