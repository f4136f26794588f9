"""The demonstration's moments, whenever it is made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.newsroom.models import PaperSettings
from warraq.operations.demo import content, moments

ADEN = ZoneInfo("Asia/Aden")
nows = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
TOLD = content.articles(datetime(2026, 3, 1, tzinfo=UTC))
TRAM = next(article for article in TOLD if article["number"] == 23)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ADEN)


@given(now=nows, article=st.sampled_from(TOLD))
def test_nothing_is_in_the_future_and_nothing_is_said_of_what_is_not_published(
    now: datetime, article: content.Table
) -> None:
    told = moments.dated(article, now)

    for later in (*told["corrections"], *told["comments"]):
        assert told["published"] <= later["moment"] <= now


@given(now=nows, article=st.sampled_from(TOLD))
def test_comments_keep_the_order_of_their_file_and_replies_follow(now: datetime, article: content.Table) -> None:
    comments = moments.dated(article, now)["comments"]

    assert all(one["moment"] <= other["moment"] for one, other in pairwise(comments))
    assert all(comments[one["reply_to"]]["moment"] <= one["moment"] for one in comments if "reply_to" in one)


@given(now=nows, article=st.sampled_from([article for article in TOLD if "at" in article]))
def test_an_article_with_an_hour_is_published_at_it_in_the_papers_zone(now: datetime, article: content.Table) -> None:
    published = moments.dated(article, now)["published"]

    assert published.astimezone(ADEN).strftime("%H:%M") == article["at"]
    assert abs((now - published) / timedelta(days=1) - article["days_ago"]) < 1


@given(now=nows)
def test_articles_come_in_the_order_of_their_publication(now: datetime) -> None:
    told = content.articles(now)

    assert all(one["published"] <= other["published"] for one, other in pairwise(told))
    assert {article["number"] for article in told} == {article["number"] for article in TOLD}


@pytest.mark.parametrize(
    ("now", "published"),
    [
        ("2026-03-01 21:50", "2026-03-01 07:10"),
        ("2026-03-01 07:10", "2026-03-01 07:10"),
        ("2026-03-01 07:09", "2026-02-28 07:10"),
        ("2026-03-01 00:50", "2026-02-28 07:10"),
    ],
)
def test_the_first_tram_never_runs_at_night(now: str, published: str) -> None:
    assert moments.dated(TRAM, at(now))["published"] == at(published)


def test_an_article_without_an_hour_is_counted_back_to_the_minute() -> None:
    flood = next(article for article in TOLD if article["number"] == 20)

    assert moments.dated(flood, at("2026-03-01 12:00:30"))["published"] == at("2026-03-01 11:17")


def test_the_hours_are_meant_in_the_zone_that_a_new_paper_has() -> None:
    assert moments.ZONE.key == PaperSettings._meta.get_field("time_zone").default
