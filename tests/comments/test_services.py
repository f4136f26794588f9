"""What becomes of comments: rules, decisions, and what the press hears of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.comments.conftest import record
from warraq.comments import services
from warraq.comments.models import Comment, Decision, Rule, State, Verdict
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article
from warraq.press import services as press
from warraq.press.models import Change

pytestmark = pytest.mark.django_db


def take_in(*records: bytes) -> list[Comment]:
    services.take_in_records(records=records, received_at=timezone.now())
    return list(Comment.objects.order_by("pk"))


def rule_of(comment: Comment) -> str:
    return comment.decisions.get(verdict=Verdict.REFUSED, by=None).rule


def test_a_comment_on_a_closed_article_is_refused_with_its_reason(make_article):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    (comment,) = take_in(record(article))
    assert (comment.state, rule_of(comment)) == (State.REFUSED, Rule.CLOSED)


def test_a_comment_on_a_draft_is_refused(make_article):
    (comment,) = take_in(record(make_article(published=False)))
    assert (comment.state, rule_of(comment)) == (State.REFUSED, Rule.UNPUBLISHED)


def test_a_comment_in_a_section_that_is_closed_is_refused(make_article, section):
    article = make_article()
    section.unpublish()
    (comment,) = take_in(record(article))
    assert rule_of(comment) == Rule.UNPUBLISHED


def test_a_comment_on_no_article_is_kept_and_refused(front_page):
    (comment,) = take_in(record(999_999, "إلى من؟"))
    assert (comment.article_id, comment.text, rule_of(comment)) == (None, "إلى من؟", Rule.UNKNOWN)


def test_a_comment_without_an_article_cannot_be_published(front_page, make_user):
    comments = take_in(record(999_999))
    assert services.approve(comments=comments, by=make_user("moderator")) == 0
    assert Comment.objects.get().state == State.REFUSED


@pytest.mark.parametrize(
    ("reason", "rule"), [("honeypot", Rule.HONEYPOT), ("robot", Rule.ROBOT), ({"x": 1}, Rule.ROBOT)]
)
def test_what_the_front_found_suspicious_is_refused(make_article, reason, rule):
    (comment,) = take_in(record(make_article(), r=reason))
    assert (comment.state, rule_of(comment)) == (State.REFUSED, rule)


def test_a_text_of_controls_alone_is_refused(make_article):
    (comment,) = take_in(record(make_article(), "\u202e\u200f \x07"))
    assert rule_of(comment) == Rule.EMPTY


def test_an_answer_keeps_what_it_answers_only_within_its_article(make_article):
    here, elsewhere = make_article("هنا"), make_article("هناك")
    (first,) = take_in(record(here))
    take_in(
        record(here, "جواب", parent=first.pk),
        record(elsewhere, "غريب", parent=first.pk),
        record(here, "لا أحد", parent=10**9),
    )
    parents = dict(Comment.objects.values_list("text", "parent_id"))
    assert (parents["جواب"], parents["غريب"], parents["لا أحد"]) == (first.pk, None, None)


def test_a_batch_of_comments_costs_a_fixed_number_of_queries(make_article, django_assert_num_queries):
    article = make_article()
    records = [record(article, f"تعليق {number}") for number in range(40)]
    with django_assert_num_queries(6):  # a savepoint, ids known, articles, whether public, the rows, its release
        assert services.take_in_records(records=records, received_at=timezone.now()) == 40


def test_approval_is_written_down_and_announced_once_for_an_article(make_article, make_user):
    article, moderator = make_article(), make_user("moderator")
    comments = take_in(record(article, "أول"), record(article, "ثان"))
    Change.objects.all().delete()
    assert services.approve(comments=comments, by=moderator) == 2
    assert list(Change.objects.values_list("key", "lane")) == [(f"comments:{article.pk}", 0)]
    assert set(Decision.objects.values_list("comment_id", "verdict", "by")) == {
        (comment.pk, "approved", moderator.pk) for comment in comments
    }
    assert services.approve(comments=comments, by=moderator) == 0


def test_refusing_what_readers_never_saw_announces_nothing(make_article, make_user):
    comments = take_in(record(make_article()))
    Change.objects.all().delete()
    services.refuse(comments=comments, by=make_user("moderator"), reason=" إعلان\u202e ")
    assert not Change.objects.exists()
    assert Decision.objects.get().reason == "إعلان"


def test_an_approved_comment_comes_onto_the_pressed_page_and_a_refused_one_goes(make_article, make_user, tree):
    article, moderator = make_article(), make_user("chief-editor")
    comments = take_in(record(article, "هذا <b>رأيي</b> & كفى", name="نور"))
    press.press_pending()
    page = tree / "pages" / "news" / str(article.pk) / "index.html"
    assert "رأيي" not in page.read_text()
    services.approve(comments=comments, by=moderator)
    press.press_pending()
    assert "هذا &lt;b&gt;رأيي&lt;/b&gt; &amp; كفى" in page.read_text()
    services.refuse(comments=comments, by=moderator)
    press.press_pending()
    assert "رأيي" not in page.read_text()
    services.approve(comments=comments, by=moderator)
    press.press_pending()
    assert "رأيي" in page.read_text()
    assert press.verify().drift == ()
    assert [row.verdict for row in Decision.objects.order_by("pk")] == ["approved", "refused", "approved"]


def test_a_comment_leaves_other_pages_alone(make_article, make_user, tree):
    one, other = make_article("الأول"), make_article("الثاني")
    press.press_pending()
    comments = take_in(record(one))
    services.approve(comments=comments, by=make_user("moderator"))
    assert press.press_pending().sheets_rendered == 1
    assert "أحسنتم" not in (tree / "pages" / "news" / str(other.pk) / "index.html").read_text()


def test_deleting_an_article_deletes_its_comments(make_article):
    article = make_article()
    take_in(record(article), record(article))
    article.delete()
    assert not Comment.objects.exists()


def test_a_comment_written_by_another_way_waits_too(make_article):
    at = timezone.now() - timedelta(days=3)
    first = services.write_comment(article=make_article(), name="أبو سند\u202e", text="راجعوا التاريخ", at=at)
    answer = services.write_comment(article=first.article, name="المحرر", text="صدقت", at=at, parent=first)
    assert (first.state, first.name, first.sent_at, answer.parent) == (State.PENDING, "أبو سند", at, first)


def test_a_retracted_articles_comments_do_not_come_in(make_article):
    article = make_article()
    newsroom.retract(article=article, by=None, reason="خطأ في الخبر")
    (comment,) = take_in(record(article))
    assert rule_of(comment) == Rule.UNPUBLISHED
