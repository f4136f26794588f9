"""The staff's look at figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.readership.conftest import record
from warraq.newsroom.models import PaperSettings, RankingExclusion, Role
from warraq.newsroom.selectors.papers import Clock
from warraq.newsroom.services import correct
from warraq.readership import figures, selectors, services, standings

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/reads/"


@pytest.fixture
def writer(front_page, client):
    user = get_user_model().objects.create_user("كاتبة", password="كلمة سر طويلة")
    user.groups.add(Role.objects.get(role="writer").group)
    client.force_login(user)
    return user


def test_the_report_orders_by_the_window_that_was_asked_for(make_article, writer, client):
    now = timezone.now()
    today, lately = make_article("خبر اليوم"), make_article("خبر الأسبوع <b>")
    services.seed_reads([(today.pk, now, 5), (lately.pk, now - timedelta(days=3), 1900), (lately.pk, now, 1)])
    page = client.get(REPORT)
    assert [(row.headline, row.day, row.week, row.month) for row in page.context["rows"]] == [
        ("خبر اليوم", 5, 5, 5), ("خبر الأسبوع <b>", 1, 1901, 1901),
    ]  # fmt: skip
    assert [row.headline for row in client.get(REPORT, {"by": "week"}).context["rows"]] == [
        "خبر الأسبوع <b>",
        "خبر اليوم",
    ]
    assert "خبر الأسبوع &lt;b&gt;" in page.content.decode()
    assert client.get(REPORT, {"by": "x"}).context["by"] == "day"


def test_the_report_says_what_was_set_aside_and_why(make_article, writer, client):
    article = make_article()
    services.take_in_records(
        records=[record(article, "a", r="robot"), record(article, "b", r="robot"), b"?"], now=timezone.now()
    )
    assert [count for _why, count in selectors.set_aside(now=timezone.now())] == [2, 1]
    assert client.get(REPORT).status_code == 200


def test_a_deleted_article_keeps_its_line(make_article, writer, client):
    article = make_article()
    services.seed_reads([(10_001, timezone.now(), 3), (article.pk, timezone.now(), 1)])
    assert "10001" in client.get(REPORT).content.decode()


def test_strangers_do_not_see_figures(front_page, client):
    assert client.get(REPORT).status_code == 302


def test_the_report_takes_a_fixed_number_of_queries(make_article, django_assert_num_queries):
    services.seed_reads([(make_article(f"خبر {number}").pk, timezone.now(), number + 1) for number in range(9)])
    with django_assert_num_queries(6):  # the window, its order, headlines, three windows
        assert len(selectors.report("week", now=timezone.now())) == 9


@pytest.fixture
def editor(front_page, client):
    user = get_user_model().objects.create_user("محرّرة", password="كلمة سر طويلة")
    user.groups.add(Role.objects.get(role="chief-editor").group)
    client.force_login(user)
    return user


def test_the_figures_tell_who_reads_now_when_what_rises_and_from_where(
    make_article, section, editor, client, press_all
):
    now = timezone.now()
    story, other = make_article("القصة"), make_article("غيرها")
    press_all()
    services.seed_reads([(story.pk, now - timedelta(hours=20), 48), (other.pk, now - timedelta(hours=30), 7)])
    standings.advance(now=now)
    services.take_in_records(
        records=[
            *(record(story, f"v{n}", now - timedelta(minutes=20), n=f"n{n}", h="t.me") for n in range(6)),
            *(record(story, f"w{number}", now - timedelta(minutes=1), n=f"m{number}") for number in range(4)),
            record(other, "x", now - timedelta(minutes=1)),
        ],
        now=now,
    )  # fmt: skip
    told = client.get(REPORT).context
    assert told["reading_now"] == 5
    assert [(row.article_id, row.count, row.times) for row in told["rising"]] == [(story.pk, 10, 10.0)]
    assert [(row.title, row.count) for row in told["sections"]] == [(section.title, 59)]
    assert [(row.title, row.count) for row in told["hosts"]] == [("تليجرام", 6)]
    assert sum(told["curves"]["hours"]["counts"]) == sum(told["curves"]["days"]["counts"]) == 66
    assert (told["last_day"], told["day_before"]) == (59, 7)
    assert client.get(REPORT + "now/").status_code == 200


def test_a_channel_is_all_its_hosts_and_applications(make_article):
    article, now = make_article(), timezone.now()
    hosts = [
        "t.me",
        "org.telegram.messenger",
        "www.google.com.sa",
        "news.google.com",
        "a.example",
        "www.google.evil.a",
    ]
    records = [record(article, f"v{n}", n=f"n{n}", h=host) for n, host in enumerate([*hosts, "web.telegram.org"])]
    services.take_in_records(records=records, now=now)
    found = figures.hosts("day", now=now)
    assert [(row.title, row.count) for row in found] == [
        ("تليجرام", 3), ("جوجل", 2), ("a.example", 1), ("www.google.evil.a", 1),
    ]  # fmt: skip
    assert figures.hosts("day", now=now, article_id=article.pk) == found


def test_days_whose_hours_were_folded_stay_in_the_curve(make_article, front_page):
    article, now = make_article(), timezone.now()
    services.seed_reads([(article.pk, now - timedelta(days=40), 3), (article.pk, now - timedelta(days=2), 4)])
    clock = Clock(PaperSettings.load())
    before = figures.by_day(now=now, clock=clock, days=60)
    assert services.fold_day(now=now)
    assert figures.by_day(now=now, clock=clock, days=60, article_id=article.pk) == before
    assert sum(point.count for point in before) == 7


def test_figures_are_taken_out_as_csv_that_runs_no_formula(make_article, editor, client):
    services.seed_reads([(make_article('=HYPERLINK("x")').pk, timezone.now(), 5)])
    answer = client.get(REPORT + "articles.csv")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    assert """"'=HYPERLINK(""x"")",5,5,5""" in text
    assert len(b"".join(client.get(REPORT + "hours.csv").streaming_content).splitlines()) == 49
    assert len(b"".join(client.get(REPORT + "days.csv").streaming_content).splitlines()) == 31
    assert client.get(REPORT + "hosts.csv").status_code == 200
    assert client.get(REPORT + "else.csv").status_code == 404


def test_writers_see_reads_and_neither_sources_nor_what_was_set_aside(make_article, writer, client):
    article = make_article()
    page = client.get(REPORT)
    assert page.status_code == 200
    assert "hosts" not in page.context
    assert "aside" not in page.context
    assert client.get(REPORT + "articles.csv").status_code == 302
    assert client.post(f"{REPORT}{article.pk}/exclude/", {"reason": "س"}).status_code == 302
    assert not RankingExclusion.objects.exists()


def test_an_articles_page_tells_its_curve_and_what_a_correction_brought(make_article, editor, client):
    article, now = make_article(), timezone.now()
    correct(article=article, by=None, text="الصواب كذا")
    services.seed_reads([(article.pk, now - timedelta(hours=2), 3), (article.pk, now, 4)])
    page = client.get(f"{REPORT}{article.pk}/")
    assert [(event.before, event.after) for event in page.context["events"]] == [(3, 4), (3, 4)]
    assert sum(page.context["curves"]["hours"]["counts"]) == 7
    assert "الصواب كذا" in page.content.decode()
    in_editor = client.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert "data-curve" in in_editor
    assert f"{REPORT}{article.pk}/" in in_editor


def test_an_article_that_nobody_could_read_has_no_figures_in_its_editor(make_article, editor, client):
    draft = make_article("مسودة", published=False)
    assert "data-curve" not in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()


def test_an_editor_leaves_an_article_out_with_a_reason_and_lets_it_in_again(make_article, editor, client):
    article = make_article()
    way = f"{REPORT}{article.pk}/exclude/"
    assert client.post(way, {"reason": " "}, follow=True).status_code == 200
    assert not RankingExclusion.objects.exists()
    client.post(way, {"reason": "حملة منظّمة"})
    assert RankingExclusion.objects.get().by == editor
    assert "حملة منظّمة" in client.get(f"{REPORT}{article.pk}/").content.decode()
    client.post(way, {"admit": "1"})
    assert not RankingExclusion.objects.exists()
