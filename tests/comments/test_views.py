"""The moderators' screen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from warraq.comments import services
from warraq.comments.models import Comment, Decision, State
from warraq.newsroom import services as newsroom

pytestmark = pytest.mark.django_db
QUEUE, DECIDE = "/admin/comments/", "/admin/comments/decide/"


@pytest.fixture
def comments(make_article) -> list[Comment]:
    article = make_article("البن والميناء")
    return [
        services.write_comment(article=article, name=name, text=text, at=timezone.now())
        for name, text in [("رغد", "أحسنتم"), ("تسويق", '<script>alert("x")</script>')]
    ]


@pytest.fixture
def moderator(make_user, client):
    user = make_user("moderator")
    client.force_login(user)
    return user


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def test_the_queue_shows_what_waits_and_escapes_it(comments, moderator, client):
    page = client.get(QUEUE).content.decode()
    assert "رغد" in page
    assert "البن والميناء" in page
    assert f"/news/{comments[0].article_id}/#comments" in page
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page


def test_the_menu_tells_how_many_wait(comments, moderator, client):
    assert "(2)" in client.get("/admin/").content.decode()
    services.approve(comments=comments, by=moderator)
    assert "(2)" not in client.get("/admin/").content.decode()


def test_one_is_approved_and_then_refused_after_all(comments, moderator, client):
    answer = client.post(DECIDE, {"comments": comments[0].pk, "verdict": "approved", "next": QUEUE + "?state=pending"})
    assert (answer.status_code, answer["location"], states()) == (
        302,
        QUEUE + "?state=pending",
        ["approved", "pending"],
    )
    client.post(DECIDE, {"comments": comments[0].pk, "verdict": "refused", "reason": "مكرر"})
    assert states() == ["refused", "pending"]
    last = Decision.objects.order_by("pk").last()
    assert (last.by, last.reason) == (moderator, "مكرر")
    assert "مكرر" in client.get(QUEUE, {"state": "refused"}).content.decode()


def test_several_are_decided_at_once(comments, moderator, client):
    client.post(DECIDE, {"comments": [comment.pk for comment in comments], "verdict": "refused"})
    assert states() == ["refused", "refused"]


@pytest.mark.parametrize("sent", [
    {"verdict": "approved"},
    {"verdict": "approved", "comments": "x"},
    {"verdict": "approved", "comments": "999999"},
    {"verdict": "burned", "comments": "1"},
    {"comments": "1"},
])  # fmt: skip
def test_nonsense_decides_nothing_and_says_so(comments, moderator, client, sent):
    answer = client.post(DECIDE, sent, follow=True)
    assert states() == ["pending", "pending"]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_comment_among_the_ticked_that_is_not_theirs_stops_the_whole_decision(
    make_article, section, make_user, client
):
    apart = newsroom.open_section(slug="culture", title="ثقافة")
    mine, others = (
        services.write_comment(article=make_article(section=where), name="", text="رأي", at=timezone.now())
        for where in (section, apart)
    )
    client.force_login(make_user("section-editor", section))
    client.post(DECIDE, {"comments": [mine.pk, others.pk], "verdict": "approved"})
    assert states() == ["pending", "pending"]
    client.post(DECIDE, {"comments": [mine.pk], "verdict": "approved"})
    assert states() == ["approved", "pending"]


def test_reading_the_address_of_decisions_decides_nothing(comments, moderator, client):
    assert client.get(DECIDE, {"comments": comments[0].pk, "verdict": "approved"}).status_code == 405
    assert states() == ["pending", "pending"]


def test_a_decision_from_another_site_is_refused(comments, moderator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)
    assert strict.post(DECIDE, {"comments": comments[0].pk, "verdict": "approved"}).status_code == 403
    assert states() == ["pending", "pending"]


def test_nobody_is_sent_to_another_site_after_a_decision(comments, moderator, client):
    answer = client.post(DECIDE, {"comments": comments[0].pk, "verdict": "approved", "next": "https://evil.example/"})
    assert answer["location"] == QUEUE


def test_writers_and_strangers_are_kept_out(comments, make_user, client):
    assert client.get(QUEUE).status_code == 302
    client.force_login(make_user("writer"))
    for answer in (client.get(QUEUE), client.post(DECIDE, {"comments": comments[0].pk, "verdict": "approved"})):
        assert answer.status_code in (302, 403)
        assert "رغد" not in answer.content.decode()
    assert states() == ["pending", "pending"]


def test_a_search_says_what_it_was_and_finds_by_name(comments, moderator, client):
    page = client.get(QUEUE, {"q": "رَغَد", "state": "every"}).content.decode()
    assert "رغد" in page
    assert "تسويق" not in page


def test_pages_of_the_queue_keep_what_was_asked(make_article, moderator, client):
    article = make_article()
    for number in range(35):
        services.write_comment(article=article, name="", text=f"رأي {number}", at=timezone.now())
    page = client.get(QUEUE, {"state": State.PENDING, "q": "رأي", "p": "2"})
    assert len(page.context["rows"]) == 5
    assert "state=pending" in page.content.decode()
    assert client.get(QUEUE, {"p": "x", "state": "y", "q": "\x00"}).status_code == 200
