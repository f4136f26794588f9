"""What an editor does takes the same statements in a large archive as in a small one, and none reads it all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.admin.site_summary import PagesSummaryItem

from warraq.newsroom import indexes, placing, services, tasks
from warraq.newsroom.home import PagesSummary
from warraq.newsroom.manuscripts import Manuscript
from warraq.newsroom.models import Article, Role, Section
from warraq.press.models import Change
from warraq.press.services import press_pending

pytestmark = pytest.mark.django_db

THEN = datetime(2024, 5, 4, 9, 30, tzinfo=UTC)
GROWING = {
    *("wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry", "wagtailcore_referenceindex"),
    *("wagtailsearch_indexentry", "taggit_tag", "newsroom_article", "newsroom_signature", "newsroom_articletag"),
    *("newsroom_attribution", "newsroom_placement", "newsroom_listcount", "warraq_comments_comment"),
    *("press_sheetrecord", "press_keyread", "press_want", "press_trace", "press_duesheet"),
}
"""Tables that an archive makes long, or a press of all of it."""
STOPS_SOON = "first_published_at", "due_sheet_queue"
"""Indexes that are gone down until a few rows were seen: the eight newest on the home screen, the next of the queue."""

Statement = tuple[str, Any]


@pytest.fixture
def grow(section) -> Callable[[int], None]:
    """`grow(count)` adds published articles, each with its author and a tag of its own."""
    author = services.add_author(name="هدى")

    def make(count: int) -> None:
        have = Article.objects.count()
        told = (
            Manuscript(
                section=section,
                headline=f"خبر {number}",
                body=[("paragraph", "<p>كان البن ينزل إلى المخا.</p>")],
                authors=[author],
                tags=[f"وسم {number}"],
                published=THEN + timedelta(minutes=number),
            )
            for number in range(have, have + count)
        )
        placing.follow_articles([str(ident) for ident in services.write_articles(manuscripts=told)])
        Change.objects.all().delete()

    return make


@pytest.fixture
def desk(admin_user, section) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


def edit_form(title: str, **more: str) -> dict[str, str]:
    """What the editor of an article sends, with a body of one sub-heading."""
    form = {
        "title": title,
        "slug": "",
        "kicker": "",
        "standfirst": "",
        "photo": "",
        "photo_caption": "",
        "tags": "وسم 3",
    }
    form |= {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading", "body-0-id": ""}
    form |= {"body-0-value": "عنوان فرعي", "comments_open": "on", "action-publish": "1"}
    for part in ("signatures", "drawn_on", "corrections", "comments"):
        form |= {f"{part}-TOTAL_FORMS": "0", f"{part}-INITIAL_FORMS": "0"}
        form |= {f"{part}-MIN_NUM_FORMS": "0", f"{part}-MAX_NUM_FORMS": "1000"}
    return form | more


def publish_alone(_desk: Client) -> None:
    section = Section.objects.get(slug="news")
    services.publish(article=services.write_article(section=section, headline="جديد", tags=["وسم 3"]))


def edit_on_screen(desk: Client) -> None:
    article = Article.objects.live().order_by("-first_published_at").first()
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert desk.get(address).status_code == 200
    answer = desk.post(address, edit_form("عنوان آخر", slug=article.slug))
    assert answer.status_code == 302
    assert "عنوان آخر" in desk.get(answer["Location"]).content.decode()


def create_on_screen(desk: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["newsroom", "article", Section.objects.get(slug="news").pk])
    assert desk.get(address).status_code == 200
    answer = desk.post(address, edit_form("مقال جديد"))
    assert answer.status_code == 302
    assert "مقال جديد" in desk.get(answer["Location"]).content.decode()


def come_home(desk: Client) -> None:
    assert desk.get(reverse("wagtailadmin_home")).status_code == 200


def look_for_what_is_due(_desk: Client) -> None:
    assert not tasks.is_due()


def press_a_publication(desk: Client) -> None:
    publish_alone(desk)
    press_pending()


DEEDS = [publish_alone, edit_on_screen, create_on_screen, come_home, look_for_what_is_due]


def statements(deed: Callable[[Client], None], desk: Client) -> list[Statement]:
    found: list[Statement] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        deed(desk)
    return found


def plans(found: list[Statement]) -> Iterator[tuple[str, str]]:
    """(step of the plan, statement) for each different statement."""
    for sql, params in {sql: params for sql, params in found if sql.startswith(("SELECT", "UPDATE", "DELETE"))}.items():
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            yield from ((row[3], sql) for row in cursor.fetchall())


def reads_all(step: str, sql: str) -> bool:
    """Whether a step of a plan goes through every row of a table that grows, or joins every page of a depth or of a
    part of the tree to another table where not one alone is asked for."""
    found = re.match(r"(SCAN|SEARCH) (\w+)", step)
    if found is None or found[2] not in GROWING:
        return False
    if found[1] == "SCAN":
        return not any(name in step for name in STOPS_SOON)
    return re.search(r"\(depth=\?\)|path>\?", step) is not None and " JOIN " in sql and not sql.endswith("LIMIT 1")


@pytest.mark.parametrize("deed", [*DEEDS, press_a_publication], ids=lambda deed: deed.__name__)
def test_no_deed_of_an_editor_reads_the_whole_archive(deed, desk, grow):
    grow(60)
    deed(desk)
    assert [(step, sql) for step, sql in plans(statements(deed, desk)) if reads_all(step, sql)] == []


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_the_number_of_statements_does_not_follow_the_archive(deed, desk, grow):
    grow(55)
    deed(desk)
    few = statements(deed, desk)
    grow(445)
    deed(desk)
    more = statements(deed, desk)
    assert len(more) <= len(few)


def test_the_pages_of_one_publication_do_not_follow_the_number_of_months(section, grow):
    def sheets() -> int:
        publish_alone(Client())
        return press_pending().sheets_rendered

    grow(40)
    press_pending()
    few = [sheets() for _ in range(2)][-1]
    told = (
        Manuscript(section=section, headline=f"شهر {number}", published=THEN - timedelta(days=31 * number))
        for number in range(1, 13)
    )
    services.write_articles(manuscripts=told)
    press_pending()
    assert [sheets() for _ in range(2)][-1] <= few + 1  # a numbered page may have begun


def test_the_home_screen_counts_pages_without_reading_them(desk, grow):
    grow(7)
    services.open_section(slug="coast", title="الساحل", parent=Section.objects.get(slug="news"))
    answer = desk.get(reverse("wagtailadmin_home"))
    items = (item(answer.wsgi_request).get_context_data({}) for item in (PagesSummaryItem, PagesSummary))
    wagtails, ours = ({**told, "root_page": told["root_page"].pk} for told in items)
    assert ours == wagtails
    assert ours["total_pages"] == 1 + 2 + 7  # front, sections, articles


def test_a_writer_sees_in_a_section_what_wagtail_lets_them_see(client, section, make_article, django_user_model):
    """The list of a section's articles is looked up another way than Wagtail does; it holds the same."""
    other = services.open_section(slug="sport", title="رياضة")
    mine, theirs = make_article("خبر من قسمي"), make_article("خبر من غيره", section=other)
    editor = django_user_model.objects.create_user("editor", password="x")
    editor.groups.add(Role.objects.get(role="section-editor", section=section).group)
    client.force_login(editor)
    assert mine.title in client.get(reverse("wagtailadmin_explore", args=[section.pk])).content.decode()
    answer = client.get(reverse("wagtailadmin_explore", args=[other.pk]))
    assert answer.status_code == 302 or theirs.title not in answer.content.decode()


def test_indexes_that_a_migration_of_others_dropped_are_there_again(db):
    def there() -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
            return {name for (name,) in cursor.fetchall()} & set(indexes.INDEXES)

    assert there() == set(indexes.INDEXES)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX newsroom_page_parent")
    call_command("migrate", verbosity=0)
    assert there() == set(indexes.INDEXES)
