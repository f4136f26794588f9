"""The staff's report of reads."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.readership.conftest import record
from warraq.newsroom.models import Role
from warraq.readership import selectors, services

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
