"""What readers and moderators see of comments."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from warraq.comments import selectors, services
from warraq.comments.models import Comment, State
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import PaperSettings, RankingKind
from warraq.newsroom.parts import parts_of
from warraq.newsroom.rankings.counters import Counted, count
from warraq.newsroom.selectors.papers import Clock
from warraq.press.recording import recording

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def say(make_article):
    """`say("نص", parent=…, minutes=…, state=…)`: a comment; minutes before now."""
    article = make_article()

    def make(
        text: str, *, minutes: float = 0, state: str = State.APPROVED, on=article, parent=None, name="سالم"
    ) -> Comment:
        at = NOW - timedelta(minutes=minutes)
        comment = services.write_comment(article=on, name=name, text=text, at=at, parent=parent)
        Comment.objects.filter(pk=comment.pk).update(state=state)
        return comment

    make.article = article
    return make


def thread(article) -> list:
    clock = Clock(PaperSettings.load())

    def told(piece) -> object:
        return (piece.paragraphs[0], [told(reply) for reply in piece.replies]) if piece.replies else piece.paragraphs[0]

    return [told(piece) for piece in selectors.thread(article.pk, clock=clock)]


def test_the_thread_has_approved_comments_alone_oldest_first(say):
    say("الأخير", minutes=1)
    say("الأول", minutes=9)
    say("ينتظر", state=State.PENDING)
    say("مرفوض", state=State.REFUSED)
    assert thread(say.article) == ["الأول", "الأخير"]


def test_deeper_answers_stand_under_the_first_comment_in_order_of_time(say):
    top = say("رأي", minutes=10)
    answer = say("رد", minutes=8, parent=top)
    say("رد الرد", minutes=5, parent=answer)
    say("رد آخر", minutes=7, parent=top)
    assert thread(say.article) == [("رأي", ["رد", "رد آخر", "رد الرد"])]


def test_an_approved_answer_to_a_refused_comment_is_not_lost(say):
    top = say("رأي", minutes=10)
    refused = say("شتيمة", minutes=9, parent=top, state=State.REFUSED)
    say("لا تشتم", minutes=8, parent=refused)
    alone = say("إعلان", minutes=7, state=State.REFUSED)
    say("هذا إعلان", minutes=6, parent=alone)
    assert thread(say.article) == [("رأي", ["لا تشتم"]), "هذا إعلان"]


def test_a_thread_takes_two_queries_however_long(say, django_assert_num_queries):
    for number in range(12):
        say(f"تعليق {number}")
    clock = Clock(PaperSettings.load())
    with django_assert_num_queries(2):
        assert len(selectors.thread(say.article.pk, clock=clock)) == 12


def test_every_line_of_a_comment_is_a_paragraph_and_a_nameless_reader_has_a_name(say):
    say("سطر\nآخر\n\nفقرة", name="")
    (piece,) = selectors.thread(say.article.pk, clock=Clock(PaperSettings.load()))
    assert piece.paragraphs == ("سطر", "آخر", "فقرة")
    assert piece.name


def test_the_part_counts_answers_and_records_its_key(say):
    top = say("رأي")
    say("رد", parent=top)
    with recording() as record:
        (part,) = [
            part for part in parts_of(say.article, Clock(PaperSettings.load())) if part.template == "comments/part.html"
        ]
    assert part.context["count"] == 2
    assert part.context["open"] is True
    assert part.context["article_id"] == say.article.pk
    assert f"comments:{say.article.pk}" in record.keys


def test_rankings_count_approved_comments_by_the_time_of_the_comment(say, make_article):
    other = make_article("أكثر نقاشاً")
    for minutes in (1, 59, 61):
        say("رأي", minutes=minutes)
    for minutes in (5, 10, 15):
        say("رأي", minutes=minutes, on=other)
    say("ينتظر", minutes=2, state=State.PENDING)
    hour = NOW - timedelta(hours=1)
    counted = sorted(count(RankingKind.COMMENT, hour, NOW + timedelta(minutes=1)))
    assert counted == [Counted(say.article.pk, 2), Counted(other.pk, 3)]
    assert count(RankingKind.COMMENT, NOW - timedelta(minutes=10), NOW - timedelta(minutes=5)) == [Counted(other.pk, 1)]


def test_the_queue_has_first_what_has_waited_longest_then_the_newest_decided(say, make_user):
    for text, minutes, state in [("ج", 3, "pending"), ("ب", 30, "approved"), ("ا", 9, "pending"), ("د", 2, "refused")]:
        say(text, minutes=minutes, state=state)
    user = make_user("moderator")
    assert [row.text for row in selectors.queue(user, state=selectors.EVERY)] == ["ا", "ج", "د", "ب"]
    assert [row.text for row in selectors.queue(user, state=State.REFUSED)] == ["د"]
    assert selectors.state_counts(user) == {"pending": 2, "approved": 1, "refused": 1, selectors.EVERY: 4}


def test_moderators_find_a_word_however_it_is_spelt(say, make_user):
    say("إنّ القَهْوَة أصلُها من المخا", name="أحمد")
    say("شيء آخر 2026")
    user = make_user("moderator")

    def found(query: str) -> int:
        return selectors.queue(user, state=selectors.EVERY, query=query).count()

    assert [found(query) for query in ("القهوه", "ان القهوة", "احمد", "٢٠٢٦")] == [1, 1, 1, 1]
    assert [found(query) for query in ("لا شيء كهذا", "%")] == [0, 0]


def test_rows_take_a_fixed_number_of_queries(say, make_user, django_assert_num_queries):
    moderator, clock = make_user("moderator"), Clock(PaperSettings.load())
    comments = [say(f"رأي {number}", state=State.PENDING) for number in range(10)]
    services.refuse(comments=comments[:5], by=moderator, reason="مكرر")
    with django_assert_num_queries(3):
        rows = selectors.queue_rows(comments, clock=clock)
    assert [row.id for row in rows] == [comment.pk for comment in comments]
    assert (rows[0].decided.by, rows[0].decided.why, rows[9].decided) == (moderator.get_username(), "مكرر", None)
    assert rows[0].url.endswith(f"/news/{say.article.pk}/#comments")


def test_the_article_of_a_comment_is_linked_only_where_readers_find_it(say):
    comment = say("رأي")
    newsroom.unpublish(article=say.article)
    (row,) = selectors.queue_rows([comment], clock=Clock(PaperSettings.load()))
    assert (row.headline, row.url) == (say.article.title, "")


def test_section_editors_see_the_comments_of_their_section_and_below(make_article, section, make_user):
    below = newsroom.open_section(slug="local", title="محليات", parent=section)
    apart = newsroom.open_section(slug="culture", title="ثقافة")
    for where in (section, below, apart):
        services.write_comment(article=make_article(section=where), name="", text=where.title, at=NOW)
    editor = make_user("section-editor", section)
    assert set(selectors.moderated_by(editor).values_list("text", flat=True)) == {"أخبار", "محليات"}
    assert selectors.waiting_for(editor) == 2
    assert selectors.moderates(editor)


def test_writers_decide_about_nothing(say, make_user):
    say("رأي", state=State.PENDING)
    writer = make_user("writer")
    assert not selectors.moderates(writer)
    assert selectors.waiting_for(writer) == 0


@pytest.mark.parametrize("role", ["moderator", "chief-editor", "administrator"])
def test_these_roles_decide_about_all_comments(say, make_user, role):
    say("رأي", state=State.PENDING)
    assert selectors.waiting_for(make_user(role)) == 1
