"""What an editor is told of what they did: true of what readers see."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from warraq.newsroom import services, telling
from warraq.newsroom.models import Article
from warraq.newsroom.sheets.articles import ArticleSheet
from warraq.press.services import press_pending

pytestmark = pytest.mark.django_db
LATER = timezone.now().replace(year=timezone.now().year + 1)


@pytest.fixture
def editor(front_page, client):
    """A superuser whose newsroom speaks English, as the messages in the code do."""
    user = get_user_model().objects.create_superuser("huda", password="كلمة سر طويلة")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


@pytest.fixture
def pressroom(settings, tmp_path, monkeypatch) -> SimpleNamespace:
    """One that works: whoever waits for it gives it its turn. With `is_busy` it never comes to what was done."""
    settings.WARRAQ_READY = tmp_path / "pressroom.ready"
    settings.WARRAQ_READY.touch()
    room = SimpleNamespace(is_busy=False, turns=0)

    def wait(_seconds: float) -> None:
        room.turns += 1
        if not room.is_busy:
            press_pending()

    monkeypatch.setattr(telling, "time", SimpleNamespace(monotonic=time.monotonic, sleep=wait))
    monkeypatch.setattr(telling, "WAIT_SECONDS", 5.0)
    return room


@pytest.fixture
def idle(settings, tmp_path, monkeypatch) -> None:
    """No pressroom works, and nobody may wait for one."""
    settings.WARRAQ_READY = tmp_path / "pressroom.ready"

    def wait(_seconds: float) -> None:
        raise AssertionError("an editor waits for a pressroom that does not run")

    monkeypatch.setattr(telling, "time", SimpleNamespace(monotonic=time.monotonic, sleep=wait))


def form(title: str, action: str = "publish", **fields: str) -> dict[str, str]:
    """Wagtail's form for an article, as a browser sends it."""
    data = {
        "title": title, "kicker": "", "standfirst": "", "photo": "", "photo_caption": "", "tags": "", "slug": "",
        "body": streamfield([("paragraph", rich_text("<p>نص</p>"))]),
        "signatures": inline_formset([]), "drawn_on": inline_formset([]), "corrections": inline_formset([]),
        "comments": inline_formset([]), "comments_open": "on",
        **fields,
    }  # fmt: skip
    return nested_form_data(data) | ({f"action-{action}": "1"} if action else {})


def told(client, path: str, data: dict[str, object]) -> tuple[str, str]:
    """The one message that comes of sending `data`: level and text."""
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer["location"])
    assert len(page.context["messages"]) == 1, [str(one) for one in page.context["messages"]]
    return next((one.level_tag, str(one)) for one in page.context["messages"])


def edit(article: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[article.pk])


def test_a_published_article_is_told_of_when_readers_see_it(editor, pressroom, make_article, client, tree, settings):
    article = make_article(published=False)
    level, text = told(client, edit(article), form("البن في المخا"))
    assert (level, pressroom.turns) == ("success", 1)
    assert "«البن في المخا» is published, and readers see it now." in text
    assert f'href="{settings.WARRAQ_READERS}/news/{article.pk}/"' in text
    assert "البن في المخا" in (tree / "pages" / "news" / str(article.pk) / "index.html").read_text()


def test_a_new_article_as_well_and_its_title_is_escaped(editor, pressroom, section, client):
    add = reverse("wagtailadmin_pages:add", args=["newsroom", "article", section.pk])
    level, text = told(client, add, form("<b>سوق</b>"))
    assert level == "success"
    assert "«&lt;b&gt;سوق&lt;/b&gt;» is published" in text


def test_without_a_pressroom_nothing_waits_and_nothing_is_promised(editor, idle, make_article, client):
    level, text = told(client, edit(make_article()), form("عنوان"))
    assert level == "warning"
    assert "The pressroom is not running" in text
    assert "View live" not in text


def test_a_busy_press_is_not_waited_for_for_long(editor, pressroom, make_article, client, monkeypatch):
    pressroom.is_busy = True
    monkeypatch.setattr(telling, "WAIT_SECONDS", 0.05)
    level, text = told(client, edit(make_article()), form("عنوان"))
    assert level == "warning"
    assert "as soon as the press reaches it" in text
    assert reverse("newsroom_press") in text


def test_a_page_at_which_the_press_fails_is_said_to_be_the_old_one(
    editor, pressroom, make_article, client, monkeypatch, press_all
):
    article = make_article()
    press_all()

    def fail(*_args: object) -> None:
        raise ValueError("قالب مكسور")

    monkeypatch.setattr(ArticleSheet, "make", fail)
    level, text = told(client, edit(article), form("عنوان جديد"))
    assert level == "error"
    assert "Readers still see the old one." in text
    assert "ValueError: قالب مكسور" in text
    assert reverse("newsroom_press") in text


def test_a_first_publication_that_fails_is_not_said_to_have_an_old_page(
    editor, pressroom, make_article, client, monkeypatch
):
    monkeypatch.setattr(ArticleSheet, "make", lambda *_args: 1 / 0)
    level, text = told(client, edit(make_article(published=False)), form("عنوان"))
    assert level == "error"
    assert "Readers do not see it yet." in text


def test_under_a_closed_section_nobody_is_told_that_readers_see_it(editor, pressroom, make_article, section, client):
    article = make_article(published=False)
    section.unpublish()
    level, text = told(client, edit(article), form("عنوان"))
    assert level == "warning"
    assert "a section above it is not published" in text


def test_what_is_taken_away_is_told_of_when_it_is_gone(editor, pressroom, make_article, client, tree, press_all):
    unpublished, deleted, retracted = make_article("الأول"), make_article("الثاني"), make_article("الثالث")
    press_all()
    for article, path, data, says in [
        (unpublished, reverse("wagtailadmin_pages:unpublish", args=[unpublished.pk]), {}, "«الأول» was taken off"),
        (deleted, reverse("wagtailadmin_pages:delete", args=[deleted.pk]), {}, "«الثاني» was deleted"),
        (retracted, reverse("newsroom_retract", args=[retracted.pk]), {"reason": "خطأ"}, "«الثالث» was retracted"),
    ]:
        level, text = told(client, path, data)
        assert level == "success"
        assert says in text
        assert not (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
        assert "View live" not in text


def test_what_still_lies_before_readers_is_not_said_to_be_gone(
    editor, pressroom, make_article, client, press_all, monkeypatch
):
    article = make_article()
    press_all()
    monkeypatch.setattr(telling, "WAIT_SECONDS", 0.3)

    def press_one_step(_seconds: float) -> None:
        press_pending(limit_steps=1)  # the page itself: it goes when no list leads to it any more
        time.sleep(0.4)

    monkeypatch.setattr(telling.time, "sleep", press_one_step)
    level, text = told(client, reverse("wagtailadmin_pages:unpublish", args=[article.pk]), {})
    assert level == "warning"
    assert "as soon as the press reaches it" in text


def test_a_moved_article_is_told_of_with_its_new_address(editor, pressroom, make_article, client, press_all, settings):
    article = make_article()
    press_all()
    other = services.open_section(slug="culture", title="ثقافة")
    level, text = told(client, reverse("wagtailadmin_pages:move_confirm", args=[article.pk, other.pk]), {})
    assert level == "success"
    assert "readers find it at its new address now" in text
    assert f'href="{settings.WARRAQ_READERS}/culture/{article.pk}/"' in text


def test_several_at_once_are_told_of_together(editor, pressroom, make_article, client):
    drafts = [make_article(f"مسودة {number}", published=False) for number in range(3)]
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    wanted = "&".join(f"id={draft.pk}" for draft in drafts)
    level, text = told(client, f"{path}?{wanted}&next=/admin/", {})
    assert level == "success"
    assert "Done for 3 pages, and readers see it." in text


def test_of_several_those_that_failed_are_counted(editor, pressroom, make_article, client, monkeypatch):
    drafts = [make_article(f"مسودة {number}", published=False) for number in range(3)]
    make = ArticleSheet.make

    def fail_at_one(self, ident, row, clock):
        if ident == str(drafts[1].pk):
            raise ValueError("قالب مكسور")
        return make(self, ident, row, clock)

    monkeypatch.setattr(ArticleSheet, "make", fail_at_one)
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    wanted = "&".join(f"id={draft.pk}" for draft in drafts)
    level, text = told(client, f"{path}?{wanted}&next=/admin/", {})
    assert level == "error"
    assert "Pages saved: 3; already as readers see them: 2. The press failed at 1 of them" in text


def test_the_last_yes_of_a_review_publishes_and_says_so(editor, pressroom, make_article, client, section):
    article = make_article(published=False)
    section.get_workflow().start(article, editor)
    fields = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    level, text = told(client, edit(article), form("بعد المراجعة", action="") | fields)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert level == "success"
    assert "is published, and readers see it now" in text


@pytest.mark.parametrize("action", ["submit", ""])
def test_drafts_and_reviews_keep_wagtails_words(editor, idle, make_article, client, action):
    _level, text = told(client, edit(make_article(published=False)), form("عنوان", action=action))
    assert "Page &#x27;عنوان&#x27; has been" in text


def test_a_scheduled_publication_keeps_wagtails_words(editor, idle, make_article, client):
    article = make_article(published=False)
    _level, text = told(client, edit(article), form("عنوان", go_live_at=f"{LATER:%Y-%m-%d %H:%M}"))
    assert not Article.objects.get(pk=article.pk).live
    assert "has been scheduled for publishing" in text


def test_a_draft_that_is_deleted_was_never_before_readers(editor, idle, make_article, client):
    article = make_article(published=False)
    _level, text = told(client, reverse("wagtailadmin_pages:delete", args=[article.pk]), {})
    assert "deleted." in text
    assert "readers" not in text


def test_what_else_is_to_be_said_is_still_said(rf: RequestFactory):
    request = rf.post("/")
    request.session = {}
    request._messages = SessionStorage(request)
    messages.warning(request, "شيء آخر")
    messages.success(request, "نُشر")
    telling._withdraw_the_last(request)
    messages.error(request, "لم يُطبع")
    request._messages.update(HttpResponse())
    assert [str(one) for one in SessionStorage(request)] == ["شيء آخر", "لم يُطبع"]
