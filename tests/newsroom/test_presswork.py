"""The press screen, and what the first screen says of the press."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from warraq.newsroom.models import Ranking, Role
from warraq.newsroom.presswork import cause_in_words, length
from warraq.newsroom.services import add_author
from warraq.newsroom.sheets.articles import ArticleSheet
from warraq.press.models import Change, DueSheet, Run
from warraq.press.sheets import Lane

pytestmark = pytest.mark.django_db
SCREEN, NOW, AGAIN = (reverse(f"newsroom_press{name}") for name in ("", "_now", "_again"))


@pytest.fixture
def at_work(settings, tmp_path) -> None:
    settings.WARRAQ_READY = tmp_path / "pressroom.ready"
    settings.WARRAQ_READY.touch()


@pytest.fixture
def enter(front_page, section, client):
    """`enter(role)`: somebody of this desk, whose newsroom speaks English; `section-editor` is of the one section."""

    def come(role: str) -> Client:
        user = get_user_model().objects.create_user(role, password="كلمة سر طويلة")
        of = section if role == "section-editor" else None
        user.groups.add(Role.objects.get(role=role, section=of).group)
        UserProfile.objects.create(user=user, preferred_language="en")
        client.force_login(user)
        return client

    return come


@pytest.fixture
def stuck(make_article, press_all, monkeypatch):
    """An article that cannot be rendered, beside one that is pressed."""
    article, _other = make_article("<b>البن</b> العالق"), make_article("غيره")
    make = ArticleSheet.make

    def fail_at_it(self, ident, row, clock):
        if ident == str(article.pk):
            raise ValueError("قالب مكسور")
        return make(self, ident, row, clock)

    monkeypatch.setattr(ArticleSheet, "make", fail_at_it)
    press_all()
    return article


def test_an_idle_press_says_so(enter, at_work, press_all):
    press_all()
    page = enter("chief-editor").get(SCREEN).content.decode()
    for words in (
        "Nothing: every page that was to be made was made.", "No run is under way",
        "Nothing: readers see everything that was published.", "None.",
    ):  # fmt: skip
        assert words in page
    assert "Try again now" not in page
    assert "is not running" not in page


def test_what_failed_is_told_by_its_headline_with_the_error(enter, at_work, stuck):
    page = enter("administrator").get(SCREEN).content.decode()
    assert "&lt;b&gt;البن&lt;/b&gt; العالق" in page
    assert "ValueError: قالب مكسور" in page
    assert "failed 1 time" in page
    assert re.search(r"tried again at \d\d:\d\d", page)
    assert "غيره" not in page


def test_what_waits_is_told_by_who_waits_for_it(enter, at_work, front_page):
    Change.objects.all().delete()
    DueSheet.objects.create(kind="article", ident="1", lane=Lane.EDITOR, order=10)
    DueSheet.objects.create(kind="article", ident="2", lane=Lane.TAIL, order=10)
    DueSheet.objects.create(kind="article", ident="3", lane=Lane.TAIL, order=10)
    page = enter("chief-editor").get(NOW)
    assert [row.count for row in page.context["press"].lanes] == [1, 2]
    assert "What was just published" in page.content.decode()


def test_runs_are_told_with_their_progress_and_their_cause(enter, at_work, section):
    ended = timezone.now() - timedelta(hours=1)
    Run.objects.create(cause=f"save section {section.pk}", total=300, finished_at=ended)
    run = Run.objects.create(cause="templates", total=4)
    DueSheet.objects.create(kind="article", ident="1", lane=Lane.TAIL, order=10, run=run)
    page = enter("chief-editor").get(NOW).content.decode()
    assert '<progress max="4" value="3"' in page
    assert "3 of 4 pages" in page
    assert "A new version of Warraq" in page
    assert "section «أخبار» was changed" in page


def test_the_changing_part_leaves_messages_for_the_page_that_shows_them(enter, at_work, stuck):
    client = enter("administrator")
    client.post(AGAIN)
    assert "Try again now" in client.get(NOW).content.decode()
    assert "1 failure is tried again now." in client.get(SCREEN).content.decode()


def test_administrators_have_what_failed_tried_again(enter, at_work, stuck, press_all, monkeypatch, tree):
    client = enter("administrator")
    monkeypatch.undo()
    assert press_all().sheets_written == 0, "its next attempt is half a minute away"
    assert client.post(AGAIN)["location"] == SCREEN
    press_all()
    assert "العالق" in (tree / "pages" / "news" / str(stuck.pk) / "index.html").read_text()
    page = client.get(SCREEN).content.decode()
    assert "العالق" not in page
    assert "Try again now" not in page


def test_editors_of_a_section_look_and_do_not_decide(enter, at_work, stuck):
    client = enter("section-editor")
    page = client.get(SCREEN).content.decode()
    assert "العالق" in page
    assert "Try again now" not in page
    assert client.post(AGAIN).status_code in (302, 403)
    assert DueSheet.objects.get(failures=1).not_before is not None


@pytest.mark.parametrize("role", ["writer", "moderator"])
def test_who_publishes_nothing_has_no_press_screen(enter, at_work, stuck, role):
    client = enter(role)
    home = client.get("/admin/").content.decode()
    assert SCREEN not in home
    assert "could not be made" not in home
    for answer in (client.get(SCREEN), client.get(NOW), client.post(AGAIN)):
        assert answer.status_code in (302, 403)
        assert "العالق" not in answer.content.decode()


def test_trying_again_is_asked_for_from_the_newsroom_only(enter, at_work, stuck):
    assert enter("administrator").get(AGAIN).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(get_user_model().objects.get(username="administrator"))
    assert strict.post(AGAIN).status_code == 403
    assert DueSheet.objects.get(failures=1).not_before is not None


def test_the_first_screen_is_silent_where_all_is_well(enter, at_work, press_all):
    press_all()
    assert 'id="press-news"' not in enter("chief-editor").get("/admin/").content.decode()


def test_the_first_screen_tells_of_failures_of_long_runs_and_of_a_press_that_stands_still(
    enter, at_work, stuck, settings
):
    client = enter("chief-editor")
    Run.objects.create(cause="press --all", total=10)
    page = client.get("/admin/").content.decode()
    assert "1 page could not be made" in page
    assert "10 of 10 pages" in page
    assert "is not running" not in page
    settings.WARRAQ_READY.unlink()
    assert "The pressroom is not running" in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("press --all", "The whole paper is pressed anew"),
        ("comments approved", "Comments were decided"),
        ("ranking read day", "A ranking changed"),
        ("save papersettings 1", "The paper's settings were changed"),
        ("save author 999999", "author «999999» was changed"),
        ("delete nothing 5", "delete nothing 5"),
        ("save author x", "save author x"),
        ("of another room", "of another room"),
    ],
)
def test_causes_are_told_in_words_and_strange_ones_as_they_are(db, cause, words):
    with translation.override("en"):
        assert cause_in_words(cause) == words


def test_a_cause_names_its_row(make_article):
    with translation.override("en"):
        assert cause_in_words(f"save author {add_author(name='سلمى').pk}") == "author «سلمى» was changed"
        assert cause_in_words(f"move {make_article('البن').pk}") == "«البن» was moved"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "1 second"), (89, "89 seconds"), (120, "2 minutes"), (7200, "2 hours")]
)
def test_lengths_of_time_are_told_in_their_greatest_unit(seconds, words):
    with translation.override("en"):
        assert length(timedelta(seconds=seconds)) == words


def test_old_rankings_are_an_alarm_on_the_first_screen(enter, at_work, make_article, press_all):
    make_article()
    press_all()
    client, now = enter("chief-editor"), timezone.now()
    row = Ranking.objects.create(kind="read", window="day", since=now, until=now - timedelta(minutes=119), items=[])
    assert 'id="press-news"' not in client.get("/admin/").content.decode()
    Ranking.objects.filter(pk=row.pk).update(until=now - timedelta(minutes=121))
    assert "The rankings are old" in client.get("/admin/").content.decode()
