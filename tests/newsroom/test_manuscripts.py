"""Many articles written at once are the articles that would have been written one by one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from tests.newsroom.fixtures import image_bytes
from warraq.newsroom import manuscripts, services
from warraq.newsroom.manuscripts import Manuscript
from warraq.newsroom.models import Article, Section
from warraq.press.models import Change
from warraq.search.models import IndexDue

pytestmark = pytest.mark.django_db

THEN = datetime(2024, 5, 4, 9, 30, tzinfo=UTC)
TREE_FIELDS = {"id", "page_ptr", "path", "slug", "url_path", "translation_key"}
"""What no two articles share, and the public address has none of but the id."""


@pytest.fixture
def staff(section) -> dict[str, Any]:
    """What manuscripts refer to."""
    return {
        "section": section,
        "authors": [services.add_author(name="هدى الأحمدي"), services.add_author(name="سالم بن عمر")],
        "sources": [services.add_source(name="وكالة الميناء", url="https://example.com/")],
        "photo": services.add_photo(title="سفينة", data=image_bytes(), name="ship.jpg"),
        "owner": User.objects.create_user("writer"),
    }


def facts(staff: dict[str, Any], number: int) -> dict[str, Any]:
    """A full article's fields: links, a photo in the text, tags in two spellings."""
    return {
        **staff,
        "headline": f"القهوة في المخا {number}",
        "kicker": "تاريخ",
        "standfirst": "كيف نزل البنّ من الجبال.",
        "body": [
            ("paragraph", '<p>كان <b>البن</b> ينزل إلى <a href="https://example.com/">المخا</a>.</p>'),
            ("heading", "الميناء"),
            ("image", {"photo": staff["photo"], "alt": "سفينة", "caption": "في الميناء"}),
            ("quotation", {"text": "قال", "speaker": "قبطان", "source": ""}),
        ],
        "tags": ["قهوة", "Mocha", "mocha", f"وسم {number % 3}"],
        "photo_caption": "سفينة ترسو",
    }


def one_by_one(told: dict[str, Any], published: datetime | None) -> Article:
    article = services.write_article(**told)
    return services.publish(article=article, by=told["owner"], at=published) if published else article


def at_once(told: dict[str, Any], published: datetime | None) -> Article:
    [ident] = services.write_articles(manuscripts=[Manuscript(**told, published=published)])
    return Article.objects.get(pk=ident)


def normal(value: Any, article: Article) -> Any:
    """A row's value without what no two articles share: their ids, the ids of their blocks, and the present."""
    text = re.sub(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", "UUID", str(value))
    text = re.sub(r"a-[0-9a-f]{12}\b|a-UUID", "SLUG", text)
    text = re.sub(r"2\d{3}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d+(\+00:00|Z)?", "NOW", text)
    text = re.sub(rf"\b{article.path}\b", "PATH", text)
    return re.sub(rf"\b{article.pk}\b", "PK", text)


def rows(article: Article, model: Any, without: set[str], /, **which: Any) -> list[dict[str, Any]]:
    """The rows of `model` that belong to an article, as text that may be compared."""
    names = [field.attname for field in model._meta.concrete_fields if field.name not in without]
    found = model._default_manager.filter(**which).order_by("pk").values(*names)
    return [{name: normal(value, article) for name, value in row.items()} for row in found]


def everything(article: Article) -> dict[str, Any]:
    """All that the database holds of an article."""
    whole = article.tagged_items.model, article.signatures.model, article.drawn_on.model
    of_page = {"base_content_type__model": "page", "object_id": str(article.pk)}
    references = rows(article, ReferenceIndex, {"id", "content_path", "content_path_hash"}, **of_page)
    revisions = {"id", "approved_go_live_at"}
    return {
        "article": rows(article, Article, TREE_FIELDS | {"latest_revision", "live_revision"}, pk=article.pk),
        "has revisions": (article.latest_revision_id, article.live_revision_id)
        == (article.get_latest_revision().pk, article.get_latest_revision().pk if article.live else None),
        "tags": rows(article, whole[0], {"id"}, content_object=article),
        "signatures": rows(article, whole[1], {"id"}, article=article),
        "sources": rows(article, whole[2], {"id"}, article=article),
        "revisions": rows(article, Revision, revisions, **of_page),
        "references": sorted(references, key=str),
        "paths": ReferenceIndex.objects.filter(**of_page).exclude(content_path="").count(),
        "log": rows(article, PageLogEntry, {"id", "revision"}, page=article.pk),
        "search": rows(article, IndexEntry, {"id"}, object_id=str(article.pk), content_type__model="article"),
        "heard by the press": Change.objects.filter(key=f"article:{article.pk}").exists(),
        "heard by the search": IndexDue.objects.filter(key=f"article:{article.pk}").exists(),
    }


@pytest.mark.parametrize("published", [THEN, None])
def test_the_rows_are_those_of_an_article_written_alone(staff, published):
    if connection.vendor == "postgresql":  # its index holds numbers of words, which must not look like an article's
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('wagtailcore_page', 'id'), 900000)")
    told = facts(staff, 1)
    alone, together = everything(one_by_one(told, published)), everything(at_once(told, published))
    assert alone["references"] and alone["revisions"] and alone["search"]
    for part, expected in alone.items():
        assert together[part] == expected, part


@pytest.mark.skipif(connection.vendor == "postgresql", reason="numbers that it gave out do not come back")
def test_the_pages_are_those_of_articles_written_alone(staff, press_all, settings, tmp_path):
    """The same paper twice: each article's number stands in its pages, so both are made on the same numbers."""
    told = [(facts(staff, number), THEN + timedelta(hours=number)) for number in range(25)]
    pages = []
    for make in (singly, together):
        settings.WARRAQ_PRESSED = tmp_path / make.__name__
        with undone():
            press_all()
            make(told)
            press_all()
            pages.append(pressed(settings.WARRAQ_PRESSED))
    assert len(pages[0]) > 50
    assert pages[0] == pages[1]


def singly(told: list[tuple[dict[str, Any], datetime]]) -> None:
    for one, at in told:
        one_by_one(one, at)


def together(told: list[tuple[dict[str, Any], datetime]]) -> None:
    services.write_articles(manuscripts=[Manuscript(**one, published=at) for one, at in told], at_once=10)


class undone:
    """Everything in the block is rolled back, the numbers that the database gives out included."""

    def __enter__(self) -> None:
        self.point = connection.savepoint()

    def __exit__(self, *_error: object) -> None:
        connection.savepoint_rollback(self.point)


def pressed(tree: Path) -> dict[str, bytes]:
    return {str(file.relative_to(tree)): file.read_bytes() for file in sorted(tree.rglob("*.html"))}


def test_pages_stand_in_the_tree_after_those_that_were_there(section, make_article):
    other = services.open_section(slug="sport", title="رياضة")
    make_article()
    told = [Manuscript(section=where, headline=f"خبر {n}") for n, where in enumerate([section, other, section])]
    idents = services.write_articles(manuscripts=told, at_once=2)
    make_article()
    parents = [Article.objects.get(pk=ident).get_parent().pk for ident in idents]
    assert parents == [section.pk, other.pk, section.pk]
    assert Page.find_problems() == ([], [], [], [], [])
    assert Section.objects.get(pk=section.pk).get_children_count() == 4


def test_an_article_written_at_once_is_edited_like_any_other(staff):
    article = at_once(facts(staff, 1), THEN)
    services.correct(article=article, by=None, text="الصواب غير ذلك.")
    services.move(article=article, section=services.open_section(slug="sport", title="رياضة"))
    services.retract(article=Article.objects.get(pk=article.pk), by=None, reason="سبب")
    assert not Article.objects.get(pk=article.pk).live


def test_a_draft_keeps_its_time_for_when_it_is_published(staff):
    [ident] = services.write_articles(manuscripts=[Manuscript(**facts(staff, 1), published=THEN, is_draft=True)])
    draft = Article.objects.get(pk=ident)
    assert (draft.live, draft.first_published_at) == (False, None)
    assert services.publish(article=draft).first_published_at == THEN


def test_a_key_is_written_once(section):
    told = [Manuscript(section=section, headline=f"خبر {n}", key=uuid.uuid4()) for n in range(3)]
    first = services.write_articles(manuscripts=told[:2])
    assert services.write_articles(manuscripts=told)[:2] == first
    assert Article.objects.count() == 3


def test_a_kill_leaves_whole_chunks_and_the_rest_is_written_by_the_next_call(section, monkeypatch):
    told = [Manuscript(section=section, headline=f"خبر {n}", published=THEN) for n in range(6)]
    log, calls = manuscripts._log, []

    def killed(sheaf: Any) -> None:
        calls.append(sheaf)
        if len(calls) == 2:
            raise KeyboardInterrupt
        log(sheaf)

    monkeypatch.setattr(manuscripts, "_log", killed)
    with pytest.raises(KeyboardInterrupt):
        services.write_articles(manuscripts=told, at_once=2)
    assert (Article.objects.count(), Revision.objects.filter(content_type__model="article").count()) == (2, 2)
    services.write_articles(manuscripts=told, at_once=2)
    assert sorted(Article.objects.values_list("title", flat=True)) == [f"خبر {n}" for n in range(6)]
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize("wrong", [{"headline": ""}, {"headline": "خ" * 256}, {"kicker": "ك" * 81}])
def test_what_is_refused_alone_is_refused_together_and_its_chunk_with_it(section, wrong):
    told = {"section": section, "headline": "خبر", **wrong}
    with pytest.raises(ValidationError):
        services.write_article(**told)
    before = Article.objects.count()
    with pytest.raises(ValidationError):
        services.write_articles(manuscripts=[Manuscript(section=section, headline="خبر"), Manuscript(**told)])
    assert Article.objects.count() == before


def test_the_number_of_statements_does_not_follow_the_number_of_articles(staff):
    services.write_articles(manuscripts=many(staff, 1))
    few, more = (statements(staff, count) for count in (5, 20))
    assert more <= few + 2


def many(staff: dict[str, Any], count: int) -> Iterator[Manuscript]:
    return (Manuscript(**facts(staff, 3 * number), published=THEN) for number in range(count))


def statements(staff: dict[str, Any], count: int) -> int:
    with CaptureQueriesContext(connection) as queries:
        services.write_articles(manuscripts=many(staff, count))
    return len(queries)
