"""Which lists an article stands in, one article after the other or many together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from warraq.newsroom import placing, services
from warraq.newsroom.manuscripts import Manuscript
from warraq.newsroom.models import Article, ListCount, Placement
from warraq.newsroom.placing import PAGE

pytestmark = pytest.mark.django_db

THEN = datetime(2024, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def paper(section) -> list[int]:
    """Fifty articles that stand in their lists, in two sections, of two authors, with two tags."""
    sections = [section, services.open_section(slug="coast", title="الساحل", parent=section)]
    authors = [services.add_author(name=name) for name in ("هدى", "سالم")]
    told = [
        Manuscript(
            section=sections[number % 2],
            headline=f"خبر {number}",
            authors=authors[: number % 3],
            tags=["قهوة", "بحر"][: number % 3],
            published=THEN + timedelta(hours=9 * number),
        )
        for number in range(50)
    ]
    idents = services.write_articles(manuscripts=told)
    placing.follow_articles([str(ident) for ident in idents[:45]])
    return idents


def shake(idents: list[int]) -> None:
    """Some go, some come, some are of another day, of another author, of another section, and one is there no more."""
    Article.objects.filter(pk__in=idents[:21]).update(live=False)
    Article.objects.filter(pk__in=idents[22:25]).update(first_published_at=THEN)
    Article.objects.get(pk=idents[26]).signatures.all().delete()
    services.move(
        article=Article.objects.get(pk=idents[28]), section=Article.objects.get(pk=idents[29]).get_parent().specific
    )
    Article.objects.get(pk=idents[30]).delete()


def state() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    placed = Placement.objects.order_by("list", "number").values_list("list", "number", "article_id", "at")
    return list(placed), list(ListCount.objects.order_by("list").values_list("list", "given", "standing"))


def test_many_get_the_numbers_and_keys_of_one_after_the_other(paper):
    shake(paper)
    order = [str(ident) for ident in reversed(paper)]

    def singly() -> Iterable[str]:
        return {key for ident in order for key in placing.follow_articles([ident])}

    first, second = (undone(follow) for follow in (singly, lambda: placing.follow_articles(order)))
    assert first == second
    assert len(first[0]) > 50


def undone(follow: Callable[[], Iterable[str]]) -> tuple[set[str], object]:
    """The keys that `follow` gives and the lists that it leaves, which are then as they were."""
    point = transaction.savepoint()
    found = set(follow()), state()
    transaction.savepoint_rollback(point)
    return found


def test_an_archive_page_comes_with_its_first_article_and_goes_with_its_last(section):
    told = [Manuscript(section=section, headline=f"خبر {n}", published=THEN) for n in range(PAGE + 1)]
    *first, last = map(str, services.write_articles(manuscripts=told))
    name = f"list:section.{section.pk}:page"
    assert f"{name}:1:exists" in placing.follow_articles(first)
    assert f"{name}:2:exists" in placing.follow_articles([last])
    Article.objects.filter(pk__in=first[1:]).update(live=False)
    assert f"{name}:1:exists" not in placing.follow_articles(first)
    Article.objects.filter(pk=first[0]).update(live=False)
    assert f"{name}:1:exists" in placing.follow_articles(first)


def test_what_stands_where_it_should_changes_nothing(paper):
    idents = [str(ident) for ident in paper]
    assert placing.follow_articles(idents)
    before = state()
    assert (placing.follow_articles(idents), state()) == (set(), before)


def test_an_article_of_another_time_moves_within_its_lists(paper):
    later = THEN + timedelta(minutes=1)
    Article.objects.filter(pk=paper[0]).update(first_published_at=later)
    assert "list:all:head" in placing.follow_articles([str(paper[0])])
    assert set(Placement.objects.filter(article_id=paper[0]).values_list("at", flat=True)) == {later}


def test_how_many_stand_in_a_list_is_known(paper):
    shake(paper)
    placing.follow_articles([str(ident) for ident in paper])
    counted = dict(Placement.objects.order_by().values_list("list").annotate(models.Count("pk")))
    assert {row.list: row.standing for row in ListCount.objects.filter(standing__gt=0)} == counted
    assert ListCount.objects.filter(standing=0).exists()


def test_a_month_is_there_from_its_first_article_to_its_last(section):
    told = [Manuscript(section=section, headline=f"خبر {n}", published=THEN) for n in range(2)]
    first, last = map(str, services.write_articles(manuscripts=told))
    assert "months" in placing.follow_articles([first])
    assert {"months", "months:counts"} & placing.follow_articles([last]) == {"months:counts"}
    for ident, is_last in ((first, False), (last, True)):
        Article.objects.filter(pk=ident).update(live=False)
        assert ("months" in placing.follow_articles([ident])) == is_last


def test_the_month_hears_of_an_article_in_another_section(paper):
    article = Article.objects.get(pk=paper[0])
    services.move(article=article, section=services.open_section(slug="sport", title="رياضة"))
    assert "list:month.2024-05:head" in placing.follow_articles([str(article.pk)])


def test_no_number_is_given_twice(paper):
    ident = str(paper[44])
    before = Placement.objects.get(list="all", article_id=ident).number
    for is_live in (False, True):
        Article.objects.filter(pk=ident).update(live=is_live)
        placing.follow_articles([ident])
    assert Placement.objects.get(list="all", article_id=ident).number == before + 1


def test_together_they_take_fewer_statements(paper):
    with CaptureQueriesContext(connection) as queries:
        placing.follow_articles([str(ident) for ident in paper])
    five_come_into_lists = 5 * 2 * 10
    assert len(queries) < five_come_into_lists
