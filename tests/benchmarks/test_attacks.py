"""The attacker has the addresses and sends the reads that are said of him; and his gains are counted right."""

from __future__ import annotations

from collections import Counter

import pytest
from attacks import Attack, attack
from measures import gained, in_order, likeness, place, target

from warraq.front.posts import Senders, network_of


@pytest.mark.parametrize(
    ("addresses", "is_spread", "networks"),
    [(1, False, 1), (100, False, 1), (100, True, 100), (10_000, False, 40), (10_000, True, 10_000)],
)
def test_addresses_fill_few_networks_or_have_one_each(addresses, is_spread, networks):
    plan, senders = Attack(addresses, is_spread, has_noise=False, target=9), Senders(())
    found = [senders.address({"REMOTE_ADDR": plan.address(number)}) for number in range(addresses)]
    assert len(set(found)) == addresses
    assert None not in found
    assert len({network_of(address) for address in found}) == networks


def test_a_plain_attacker_reads_nothing_else():
    plan = Attack(100, True, has_noise=False, target=9)
    sent = attack(plan, since=100, until=200, others=[1, 2], reads=500)
    assert {one.article for one in sent} == {9}
    assert len({one.address for one in sent}) == 100
    assert len({one.load for one in sent}) == 500
    assert all(100 <= one.at <= 200 for one in sent)


def test_noise_goes_to_others_and_takes_nothing_from_the_target():
    sent = attack(Attack(1, False, has_noise=True, target=9), since=0, until=9, others=[1, 2], reads=500)
    number = Counter(one.article for one in sent)
    assert number[9] == 500
    assert number[1] + number[2] == 500


def test_ties_go_to_the_newer_article():
    assert list(in_order({1: 5, 2: 7, 3: 5})) == [2, 3, 1]


def test_places_and_what_is_gained_of_those_that_are_shown():
    scores = in_order({ident: 100 - ident for ident in range(1, 61)})
    assert [place(scores, ident) for ident in (1, 60, 99)] == [1, 60, 61]
    assert [target(scores, where) for where in (1, 20, None)] == [1, 20, 60]
    assert gained(50, 3) == {"before": 50, "after": 3, "gained": 47, "gained in the first ten": 8}
    assert gained(50, 20)["gained in the first ten"] == 0
    assert gained(5, 2)["gained in the first ten"] == 3


def test_a_ranking_is_as_like_the_truth_as_its_order():
    truth = in_order({ident: 100 - ident for ident in range(1, 61)})
    same = likeness({ident: 3 * count for ident, count in truth.items()}, truth)
    assert (same["Spearman"], same["Kendall, top 100"], same["of the true top 10"]) == (1, 1, 10)
    swapped = likeness(in_order({ident: ident for ident in truth}), truth)
    assert (swapped["Spearman"], swapped["of the true top 10"]) == (-1, 0)
