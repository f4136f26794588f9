"""A crowd behind one address counts, a script behind one does not."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from warraq.readership import networks
from warraq.readership.networks import ALONE, CROWD, FAMILY, Networks


def counted(known: Networks, article: int, network: str, times: int, hour: int = 0) -> int:
    return sum(known.judge(hour, article, network).counts for _ in range(times))


def test_a_script_adds_what_an_office_may():
    known = Networks()
    assert counted(known, 7, "script", 100_000) == ALONE
    assert counted(known, 7, "script", 5, hour=23) == 0
    assert counted(known, 7, "script", 100, hour=24) == ALONE  # the next day


def test_a_carriers_readers_all_count():
    known, chance = Networks(), Random(1)
    story = [7] * 7_000 + [chance.randrange(100, 200) for _ in range(3_000)]
    chance.shuffle(story)
    refused = sum(not known.judge(0, article, "carrier").counts for article in story)
    assert refused < 30


def test_networks_do_not_know_each_other():
    known = Networks()
    counted(known, 7, "script", 100)
    assert counted(known, 7, "other", 3) == 3
    assert counted(known, 8, "script", 3) == 3


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("abc")), max_size=300))
def test_lone_reads_are_the_most_that_one_network_added_beyond_what_was_expected(sent):
    known = Networks()
    lone = dict.fromkeys((1, 2, 3), 0)
    reads: dict[tuple[int, str], int] = {}
    for article, network in sent:
        verdict = known.judge(5, article, network)
        reads[article, network] = reads.get((article, network), 0) + verdict.counts
        lone[article] += verdict.lone
    for (article, network), number in reads.items():
        others = sum(count for (other, whose), count in reads.items() if whose == network and other != article)
        assert number <= ALONE + CROWD * others
        assert lone[article] <= max(count for (one, _), count in reads.items() if one == article)
        if not others and number > FAMILY:
            assert lone[article] >= number
    assert lone == {article: known._lone[0, article] for article in lone}


def test_who_reads_others_only_to_look_like_a_crowd_has_read_alone():
    known, chance = Networks(), Random(2)
    for number in range(3_000):  # honest: each article is read by one in twenty, from everywhere
        known.judge(0, chance.randrange(20), f"home {number}")
    lone = 0
    for _ in range(1_000):
        lone += known.judge(0, 7, "script").lone
        known.judge(0, 8 + chance.randrange(12), "script")
    assert lone > 800


def test_a_crowd_that_reads_like_others_has_read_nothing_alone():
    known, chance = Networks(), Random(3)
    told = []
    for number in range(6_000):
        article = min(int(chance.expovariate(0.2)), 40)
        told.append(known.judge(0, article, "carrier" if number % 2 else f"home {number}"))
    assert sum(one.lone for one in told) < 150
    assert all(one.counts for one in told[100:])


def test_what_is_unsaid_is_judged_again():
    known = Networks()
    counted(known, 7, "script", 5)
    try:
        with known.unless_it_fails():
            counted(known, 7, "script", 100)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    with known.unless_it_fails():
        assert counted(known, 7, "script", 100) == ALONE - 5
    assert counted(known, 7, "script", 1) == 0
    assert known._lone[0, 7] == ALONE


def test_memory_is_bounded_and_lets_go_of_past_days_and_of_the_least(monkeypatch):
    monkeypatch.setattr(networks, "ROOM", 3)
    known = Networks()
    counted(known, 7, "script", ALONE, hour=24 * 9)
    counted(known, 7, "before", ALONE, hour=24 * 8)
    counted(known, 7, "long ago", ALONE, hour=24 * 7)
    for number in range(10):
        known.judge(24 * 9, number + 100, "reader")
    known.forget(24 * 9 + 5)
    assert counted(known, 7, "script", 5, hour=24 * 9) == 0
    assert counted(known, 7, "before", 5, hour=24 * 8) == 0
    assert counted(known, 7, "long ago", 5, hour=24 * 7) == 5
    assert len(known._reads) <= 4
    assert len(known._all) <= 4
