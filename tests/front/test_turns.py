"""Who asks seldom comes before who asks often, and waits for a moment where no place is free."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from warraq.front import turns
from warraq.front.errors import Refusal
from warraq.front.turns import PERIOD, SELDOM, Turns

READER, LOOP, OTHER, THIRD = map(ipaddress.ip_address, ("192.0.2.1", "198.51.100.1", "2001:db8::1", "203.0.113.1"))


def ask(line: Turns, address: turns.Address | None) -> bool:
    try:
        with line.enter(address):
            return True
    except Refusal:
        return False


@contextmanager
def waiting(line: Turns, address: turns.Address, *, is_seldom: bool) -> Iterator[list[bool]]:
    """Somebody who waits; at the end whether they came in."""
    came: list[bool] = []
    thread = threading.Thread(target=lambda: came.append(ask(line, address)))
    thread.start()
    while not line._waiting[is_seldom]:
        time.sleep(0.001)
    yield came
    thread.join()


def free_a_place(line: Turns) -> None:
    with line._changed:
        line._free += 1
        line._changed.notify_all()


def until(came: list[bool]) -> None:
    while not came:
        time.sleep(0.001)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.02)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 30)


@pytest.mark.usefixtures("impatient")
def test_as_long_as_there_are_places_everybody_may_ask_as_often_as_they_like() -> None:
    line = Turns(2, 0)
    assert all(ask(line, LOOP) for _ in range(SELDOM * 10))
    with line.enter(READER):
        assert not ask(line, LOOP), "the last place is left to who asks seldom"
        with line.enter(OTHER):
            assert not ask(line, READER)
    assert ask(line, LOOP)


@pytest.mark.usefixtures("patient")
def test_who_asks_seldom_waits_for_a_place_and_only_so_many_do() -> None:
    line = Turns(1, 2)
    with line.enter(OTHER), waiting(line, READER, is_seldom=True) as came:
        assert not ask(line, THIRD), "one waits already"
        free_a_place(line)
        until(came)
    assert came == [True]


@pytest.mark.usefixtures("patient")
def test_a_carrier_whose_readers_share_an_address_waits_too_behind_who_asks_seldom() -> None:
    line = Turns(2, 3)
    for _ in range(SELDOM):
        line._note(LOOP)
    with line.enter(OTHER), line.enter(THIRD), waiting(line, LOOP, is_seldom=False) as carrier:
        assert not ask(line, LOOP), "one of them waits already"
        with waiting(line, READER, is_seldom=True) as reader:
            free_a_place(line)
            until(reader)
            assert not carrier, "one place is left free"
        free_a_place(line)
    assert (reader, carrier) == ([True], [True])


@pytest.mark.usefixtures("impatient")
def test_nobody_waits_for_longer_than_a_moment() -> None:
    line = Turns(0, 3)
    begun = time.monotonic()
    assert not ask(line, READER)
    assert turns.PATIENCE <= time.monotonic() - begun < 5
    assert line._waiting == {True: 0, False: 0}


@pytest.mark.usefixtures("impatient")
def test_what_goes_wrong_inside_frees_the_place() -> None:
    line = Turns(1, 2)
    with pytest.raises(ZeroDivisionError), line.enter(READER):
        _ = 1 / 0
    assert ask(line, READER)


def test_who_has_no_address_is_held_to_nothing() -> None:
    line = Turns(1, 0)
    assert all(ask(line, None) for _ in range(SELDOM * 10))


def test_asking_wears_off_and_who_asks_without_end_stays_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(turns.time, "monotonic", lambda: now)
    line = Turns(1, 1)
    assert [line._note(READER) for _ in range(3)] == [1, 2, 3]
    assert max(line._note(LOOP) for _ in range(1000)) == turns.MOST
    now += PERIOD / SELDOM
    assert line._note(READER) == 3
    now += PERIOD
    assert line._note(READER) == 1
    assert line._note(LOOP) > SELDOM
    now += 2 * PERIOD * turns.MOST / SELDOM
    assert line._note(LOOP) == 1


def test_memory_of_networks_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(turns.time, "monotonic", lambda: now)
    monkeypatch.setattr(turns, "ROOM", 2)
    line = Turns(1, 1)
    assert [line._note(address) for address in (READER, LOOP, OTHER, THIRD)] == [1, 1, 1, 2]
    now += PERIOD
    assert [line._note(address) for address in (OTHER, LOOP)] == [1, 1]
    assert len(line._asked) == 2
