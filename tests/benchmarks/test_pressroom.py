"""Simulated reads go the way of real ones: front's records, pressroom's counts, the rankings' order."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from pressroom import Front, ranked_at, standing, take_in
from readers import REDUCED, ROBOTS
from simulated import Sent

from warraq.front import robots
from warraq.newsroom.models import Ranking
from warraq.readership import services
from warraq.readership.records import parse

PHONE = REDUCED.format(141)
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC).timestamp()


@pytest.fixture
def front(tmp_path, monkeypatch):
    monkeypatch.setattr(robots, "time", robots.time)  # put back afterwards
    return Front(tmp_path / "salts")


@pytest.fixture(autouse=True)
def _networks_that_read_nothing_yet(monkeypatch):
    if hasattr(services, "networks"):
        monkeypatch.setattr(services, "networks", type(services.networks)())


def view(article: int = 7, *, at: float = NOON, agent: str = PHONE, kind: str = "read", load: str = "a1") -> Sent:
    return Sent(at, article, "198.51.100.1", agent, kind, 1, load)


def test_a_record_is_what_the_pressroom_takes(front):
    record, visitor = front.record(view())
    read = parse(record, now=int(NOON * 1000) + 1, earliest=0)
    assert (read.article_id, read.at, read.visitor, read.reason) == (7, int(NOON * 1000), visitor, "")
    assert read.network


def test_people_who_look_alike_are_told_apart_by_the_random_word_alone(front):
    visitors = [front.record(view(load=load))[1] for load in ("a1", "b2", "a1", "")]
    assert visitors[0] == visitors[2]
    assert len(set(visitors)) == 3


def test_robots_and_prefetches_are_marked_by_the_front(front):
    marked = [front.record(view(agent=ROBOTS[0], kind="robot")), front.record(view(kind="prefetch"))]
    assert [json.loads(record)["r"] for record, _visitor in marked] == ["robot", "prefetch"]


def test_agents_come_as_fast_as_in_the_reads_own_time(front):
    judged = [
        json.loads(front.record(view(at=NOON + second, agent=f"{ROBOTS[0]} {number}"))[0]).get("r")
        for second in (0, 1)
        for number in range(100 * second, 100 * second + robots.NEW_AGENTS_A_SECOND + 10)
    ]
    assert judged.count("robot") == 2 * robots.NEW_AGENTS_A_SECOND


def test_what_counted_is_told_by_kind(front, make_article):
    article = make_article().pk
    sent = [
        view(article),
        view(article, at=NOON + 60, kind="reload"),
        view(article, at=NOON + 61, load="b2"),
        view(article, at=NOON + 62, agent=ROBOTS[0], kind="robot"),
        view(article, at=NOON + 3600, load="c3"),
    ]
    assert take_in(front, sent) == {"read": 3}
    assert list(ranked_at(NOON + 3600)["day"]) == [article]


def test_the_order_is_the_rankings_as_far_as_it_goes_and_then_the_counts(make_article):
    ids = [make_article(f"خبر {number}").pk for number in range(5)]
    now = datetime.fromtimestamp(NOON, UTC)
    services.seed_reads((ident, now, count) for ident, count in zip(ids, (9, 7, 5, 5, 2), strict=True))
    assert list(ranked_at(NOON)["week"]) == [ids[0], ids[1], ids[3], ids[2], ids[4]]
    Ranking.objects.filter(kind="read", window="week").update(items=[[ids[4], 2], [ids[1], 7]])
    scores = standing("week", now)
    assert list(scores) == [ids[4], ids[1], ids[0], ids[3], ids[2]]
    assert scores[ids[2]] == scores[ids[3]]
