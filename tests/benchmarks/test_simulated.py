"""The simulated traffic is what it says it is, and its truth is the truth."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from statistics import median

import pytest
import simulated
from readers import CARRIERS_ADDRESSES, ROBOTS, People
from simulated import DAY, HOUR, REPEAT, Sent, Traffic

from warraq.front.robots import Robots
from warraq.newsroom.models import Window
from warraq.newsroom.rankings.services import window_of

UNTIL = datetime(2026, 10, 1, 18, tzinfo=UTC).timestamp()
TRAFFIC = Traffic(until=UNTIL, days=12, articles_a_day=20, reads_a_day=1_000)


@pytest.fixture(scope="module")
def told():
    return simulated.stories(TRAFFIC)


@pytest.fixture(scope="module")
def sent(told):
    return simulated.sent(TRAFFIC, told)


def view(at: float, *, article: int = 1, person: int = 1, kind: str = "read", address: str = "10.0.0.1") -> Sent:
    return Sent(at, article, address, "agent", kind, person)


def test_a_person_reads_an_article_once_in_half_an_hour():
    times = [0, 10, REPEAT - 1, REPEAT, REPEAT + 5, 3 * REPEAT]
    kept = simulated.honest_reads(view(at, kind="reload" if at else "read") for at in times)
    assert [one.at for one in kept] == [0, REPEAT, 3 * REPEAT]


def test_neither_another_person_nor_another_article_is_a_repeat():
    both = [view(0), view(1, person=2), view(2, article=2), view(3)]
    assert simulated.honest_reads(both) == both[:3]


def test_what_no_person_read_is_no_truth():
    kinds = [view(0, kind="robot"), view(1, kind="prefetch"), view(2, kind="attack")]
    assert simulated.honest_reads([*kinds, view(3)]) == [view(3)]


@pytest.mark.parametrize("window", Window.values)
def test_the_truth_of_a_window_has_the_hours_that_the_paper_counts(window):
    now = datetime(2026, 10, 1, 17, 40, tzinfo=UTC)
    since, until = (moment.timestamp() for moment in window_of(window, now))
    reads = [view(since - 1), view(since, article=2), view(until - 1, article=2), view(until)]
    assert simulated.by_article(reads, since, until) == {2: 2}


def test_an_address_counts_once_for_each_article():
    reads = [view(0), view(1, person=2), view(2, person=3), view(3, address="10.0.0.2"), view(4, article=2)]
    assert simulated.by_address(reads, 0, 10) == {1: 2, 2: 1}


def test_popularity_is_zipfs(told):
    shares = sorted((story.share for story in told), reverse=True)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] / shares[31] == pytest.approx(32**TRAFFIC.exponent)
    assert 0.6 <= TRAFFIC.exponent <= 0.8


def test_articles_come_through_the_day_and_are_read_after_that(told, sent):
    assert len(told) == 240
    assert {int(story.published % DAY // HOUR) for story in told} == set(range(4, 20))
    published = {story.ident: story.published for story in told}
    assert all(one.at > published[one.article] for one in sent)
    assert [one.at for one in sent] == sorted(one.at for one in sent)
    assert sent[-1].at < UNTIL


def test_half_of_the_reads_come_within_six_and_a_half_hours_and_nine_tenths_within_a_day_and_some(told):
    published = {story.ident: story.published for story in told}
    reads = simulated.clicks(TRAFFIC, told)
    ages = sorted(at - published[ident] for at, ident in reads if published[ident] < UNTIL - 5 * DAY)
    assert median(ages) / HOUR == pytest.approx(6.5, rel=0.1)
    assert ages[len(ages) * 9 // 10] / HOUR == pytest.approx(28.5, rel=0.1)


def test_more_is_read_in_the_evening_than_before_dawn(told):
    hours = Counter(int(at % DAY // HOUR) for at, _ident in simulated.clicks(TRAFFIC, told))
    assert hours[18] > 3 * hours[2]


def test_the_spike_is_a_hundred_times_the_usual(told, sent):
    story, start, extra = simulated.spiked(TRAFFIC, told)
    usual = story.share * TRAFFIC.reads / 2 / simulated.MEDIAN_HOURS
    assert extra == pytest.approx(100 * usual, abs=1)
    inside = [one for one in sent if one.article == story.ident and one.kind == "read" and 0 <= one.at - start < HOUR]
    assert len(inside) >= extra
    assert story.published < start


def test_the_same_seed_is_the_same_traffic(told, sent):
    assert simulated.sent(TRAFFIC, simulated.stories(TRAFFIC)) == sent


def test_each_kind_has_its_share(sent):
    number = Counter(one.kind for one in sent)
    assert number["robot"] == round(TRAFFIC.reads * TRAFFIC.robots)
    assert number["reload"] / number["read"] == pytest.approx(TRAFFIC.reloads / TRAFFIC.forgetful, rel=0.6)
    assert number["prefetch"] / number["read"] == pytest.approx(TRAFFIC.prefetches, rel=0.15)


def test_a_reload_is_no_read_of_its_own(sent):
    honest = Counter(one.kind for one in simulated.honest_reads(sent))
    assert honest["reload"] == 0
    assert honest["read"] == sum(one.kind == "read" for one in sent)


def test_each_load_of_a_page_sends_another_word_where_the_script_does(sent):
    loads = [one.load for one in sent if one.kind in simulated.HONEST]
    assert len(set(loads)) == len(loads)
    assert not any(one.load for one in sent if one.kind == "robot")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6])
def test_the_crowd_behind_the_carrier_is_its_share_on_one_network(share):
    people = People(count=2_000, carrier=share, seed=3)
    addresses = [people.address(person, day=5) for person in range(1, 2_001)]
    behind = [address for address in addresses if address.startswith("198.51.100.")]
    assert len(behind) == 2_000 * share
    assert len(set(behind)) == (CARRIERS_ADDRESSES if share else 0)
    homes = Counter(address for address in addresses if not address.startswith("198.51.100."))
    assert max(homes.values()) <= 40
    assert sum(size < 2 for size in homes.values()) <= 1, "the last home may have found no more people"


def test_half_of_the_homes_have_their_network_to_themselves():
    people = People(count=2_000, carrier=0.0, seed=3)
    homes = Counter(home.rpartition(".")[0] for home in set(people.homes[1:]))
    assert max(homes.values()) == 8
    assert sum(count == 1 for count in homes.values()) == pytest.approx(homes.total() / 2, abs=2)


def test_most_behind_the_carrier_have_the_same_agent():
    people = People(count=2_000, carrier=0.6, seed=3)
    ((_agent, number),) = Counter(people.agents[1:1201]).most_common(1)
    assert number > 0.7 * 1200


def test_the_front_knows_the_robots_and_takes_nobody_else_for_one():
    people, robots = People(count=40, carrier=0.3, seed=3), Robots()
    assert {robots.reason({"HTTP_USER_AGENT": agent}) for agent in ROBOTS} == {"robot"}
    assert {robots.reason({"HTTP_USER_AGENT": agent}) for agent in people.agents[1:]} == {None}
