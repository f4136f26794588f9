"""Who asks seldom comes before who asks often, and waits for a moment where no place is free."""

from __future__ import annotations

import ipaddress
import threading
import time

import pytest

from warraq.front import turns
from warraq.front.errors import Refusal
from warraq.front.turns import PERIOD, SELDOM, Turns

READER, LOOP, OTHER = map(ipaddress.ip_address, ("192.0.2.1", "198.51.100.1", "2001:db8::1"))


def ask(line: Turns, address: turns.Address) -> bool:
    try:
        with line.enter(address):
            return True
    except Refusal:
        return False


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.02)


@pytest.mark.usefixtures("impatient")
def test_as_long_as_there_are_places_everybody_may_ask_as_often_as_they_like() -> None:
    line = Turns(2, 0)
    assert all(ask(line, LOOP) for _ in range(SELDOM * 10))
    with line.enter(READER):
        assert not ask(line, LOOP), "the last place is left to who asks seldom"
        with line.enter(OTHER):
            assert not ask(line, READER)
    assert ask(line, LOOP)


def test_who_asks_seldom_waits_and_who_asks_often_does_not() -> None:
    line = Turns(1, 1)
    for _ in range(SELDOM - 1):
        assert ask(line, LOOP)
    came: list[bool] = []
    reader = threading.Thread(target=lambda: came.append(ask(line, READER)))
    with line.enter(LOOP):
        reader.start()
        while not line._waiting:
            time.sleep(0.001)
        assert not ask(line, LOOP)
        assert not ask(line, OTHER), "one waits already"
    reader.join()
    assert came == [True]


def test_a_place_that_is_free_is_the_waiting_readers() -> None:
    line = Turns(0, 1)
    for _ in range(SELDOM):
        ask(line, LOOP)
    reader = threading.Thread(target=lambda: ask(line, READER))
    reader.start()
    while not line._waiting:
        time.sleep(0.001)
    with line._changed:
        line._free = 2  # nobody was told of it yet
        with pytest.raises(Refusal), line.enter(LOOP):
            pass
        line._changed.notify()
    reader.join()


@pytest.mark.usefixtures("impatient")
def test_nobody_waits_for_longer_than_a_moment() -> None:
    line = Turns(0, 1)
    begun = time.monotonic()
    assert not ask(line, READER)
    assert turns.PATIENCE <= time.monotonic() - begun < 5
    assert line._waiting == 0


@pytest.mark.usefixtures("impatient")
def test_what_goes_wrong_inside_frees_the_place() -> None:
    line = Turns(1, 1)
    with pytest.raises(ZeroDivisionError), line.enter(READER):
        _ = 1 / 0
    assert ask(line, READER)


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
    assert [line._note(address) for address in (READER, LOOP, OTHER, OTHER, None)] == [1, 1, 1, 2, 3]
    now += PERIOD
    assert [line._note(address) for address in (OTHER, LOOP)] == [1, 1]
    assert len(line._asked) == 2
