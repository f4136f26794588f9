"""The attacker has the addresses and sends the reads that are said of him; and his gains are counted right."""

from __future__ import annotations

from collections import Counter

import pytest
from attacks import CARRIER, FEW, OWN, Attack, attack, plans
from measures import gained, in_order, likeness, place, target
from readers import People

from warraq.front.posts import Senders, network_of


@pytest.mark.parametrize(
    ("addresses", "where", "networks"),
    [(1, FEW, 1), (100, FEW, 1), (100, OWN, 100), (10_000, FEW, 40), (10_000, OWN, 10_000)],
)
def test_addresses_fill_few_networks_or_have_one_each(addresses, where, networks):
    plan, senders = Attack(addresses, where, noise=0, target=9), Senders(())
    found = [senders.address({"REMOTE_ADDR": plan.address(number)}) for number in range(addresses)]
    assert len(set(found)) == addresses
    assert None not in found
    assert len({network_of(address) for address in found}) == networks


def test_a_plain_attacker_reads_nothing_else():
    plan = Attack(100, OWN, noise=0, target=9)
    sent = attack(plan, since=100, until=200, others=[1, 2], reads=500)
    assert {one.article for one in sent} == {9}
    assert len({one.address for one in sent}) == 100
    assert len({one.load for one in sent}) == 500
    assert all(100 <= one.at <= 200 for one in sent)


def test_noise_goes_to_others_and_takes_nothing_from_the_target():
    sent = attack(Attack(1, FEW, noise=3, target=9), since=0, until=9, others=[1, 2], reads=500)
    number = Counter(one.article for one in sent)
    assert number[9] == 500
    assert number[1] + number[2] == 3 * 500


def test_an_attacker_behind_the_carrier_has_an_address_of_the_crowds():
    people = People(count=50, carrier=1.0, seed=3)
    crowd = {people.address(person, day=5) for person in range(1, 51)}
    assert Attack(1, CARRIER, noise=0, target=9).address(0) in crowd


def test_every_attacker_tries_every_target():
    found = plans([7, 8], noises=(0, 1), has_carrier=True)
    assert len(set(found)) == len(found) == 6 * 2 * 2
    assert not any(one.where == CARRIER for one in plans([7], noises=(0,), has_carrier=False))
    assert {(one.addresses, one.where) for one in found} >= {(1, FEW), (100, OWN), (10_000, FEW)}


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
