"""Fronts that reach the same server have the same salt of the day; one that does not has its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.valkey import valkey
from warraq.config.paper import PaperConfig, load
from warraq.front.visitors import SALT_BYTES, Salts
from warraq.operations import salts
from warraq.spool.stream import Stream

__all__ = ["valkey"]
NOW = dt.datetime(2026, 11, 28, 23, 0, tzinfo=dt.UTC)
TODAY, TOMORROW = NOW.date(), NOW.date() + dt.timedelta(days=1)


def front(folder: Path, url: str) -> PaperConfig:
    folder.mkdir()
    (folder / "warraq.toml").write_text("")
    return load(folder, {"WARRAQ_FRONTS__STREAM": url})


@pytest.fixture
def fronts(tmp_path, valkey) -> list[PaperConfig]:
    return [front(tmp_path / name, valkey.url) for name in ("west", "east")]


def salt(config: PaperConfig, day: dt.date) -> bytes:
    return Salts(config.spool / "salt").of(day)


def agree(config: PaperConfig, day: dt.date) -> None:
    salts.agree(config, Stream(config.fronts.stream, paper="paper"), day, now=NOW)


def test_fronts_agree_on_today_and_tomorrow(fronts, valkey):
    for config in fronts:
        agree(config, TODAY)
        agree(config, TOMORROW)
    for day in (TODAY, TOMORROW):
        assert len({salt(config, day) for config in fronts}) == 1
        assert len(salt(fronts[0], day)) == SALT_BYTES
    assert salt(fronts[0], TODAY) != salt(fronts[0], TOMORROW)
    assert 0 < valkey.ask("TTL", f"warraq:paper:salt:{TODAY}") <= 3600  # gone with the day


def test_a_salt_that_is_in_use_stays_and_is_offered(fronts):
    west, east = fronts
    own = salt(west, TODAY)
    agree(west, TODAY)
    agree(east, TODAY)
    assert salt(west, TODAY) == salt(east, TODAY) == own


def test_what_is_no_salt_is_not_taken(fronts, valkey):
    valkey.ask("SET", f"warraq:paper:salt:{TODAY}", "short")
    agree(fronts[0], TODAY)
    assert Salts(fronts[0].spool / "salt").found(TODAY) is None


def test_without_its_server_a_front_has_its_own_and_is_not_held_up(fronts, valkey):
    valkey.kill()
    for config in fronts:
        begun = dt.datetime.now()
        salts.keep_agreed(config)
        assert dt.datetime.now() - begun < dt.timedelta(seconds=3)
    assert len({salt(config, TODAY) for config in fronts}) == 2


def test_without_a_stream_nothing_is_asked(tmp_path):
    config = front(tmp_path / "front", "")
    salts.keep_agreed(config)
    assert not (config.spool / "salt").exists()
