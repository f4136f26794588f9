"""A day's salt is one for all workers, and gone the day after."""

from __future__ import annotations

import datetime as dt
import ipaddress
import multiprocessing
import stat
import threading
from pathlib import Path

import pytest

from warraq.front.visitors import SALT_BYTES, Salts, Visitors

TODAY = dt.date(2026, 11, 24)
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC).timestamp()
ADDRESS = ipaddress.ip_address("192.0.2.7")


def test_workers_that_start_together_agree(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as workers:
        salts = workers.map(salt_of_today, [tmp_path / "salt"] * 16)
    assert len(set(salts)) == 1
    assert len(salts[0]) == SALT_BYTES


def salt_of_today(folder: Path) -> bytes:
    return Salts(folder).of(TODAY)


def test_threads_agree(tmp_path: Path) -> None:
    salts, got = Salts(tmp_path), []
    threads = [threading.Thread(target=lambda: got.append(salts.of(TODAY))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1


def test_a_restart_keeps_the_days_salt_and_only_we_can_read_it(tmp_path: Path) -> None:
    assert Salts(tmp_path).of(TODAY) == Salts(tmp_path).of(TODAY)
    [file] = tmp_path.iterdir()
    assert (file.name, stat.S_IMODE(file.stat().st_mode)) == ("2026-11-24", 0o600)


def test_the_next_day_has_another_and_the_old_one_is_destroyed(tmp_path: Path) -> None:
    salts = Salts(tmp_path)
    first, second = salts.of(TODAY), salts.of(TODAY + dt.timedelta(days=1))
    assert first != second
    assert [file.name for file in tmp_path.iterdir()] == ["2026-11-25"]


def test_a_worker_whose_clock_is_behind_leaves_tomorrows_salt(tmp_path: Path) -> None:
    ahead = Salts(tmp_path).of(TODAY + dt.timedelta(days=1))
    Salts(tmp_path).of(TODAY)
    assert Salts(tmp_path).of(TODAY + dt.timedelta(days=1)) == ahead


@pytest.mark.parametrize("torn", [b"", b"short"])
def test_a_salt_that_a_power_cut_tore_keys_nothing(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "2026-11-24").write_bytes(torn)
    assert len(Salts(tmp_path).of(TODAY)) == SALT_BYTES


def test_the_day_changes_at_midnight_utc(tmp_path: Path) -> None:
    visitors = Visitors(tmp_path)
    midnight = dt.datetime(2026, 11, 25, tzinfo=dt.UTC).timestamp()
    assert visitors.hashes(ADDRESS, "ء", 1, NOON) == visitors.hashes(ADDRESS, "ء", 1, midnight - 0.001)
    assert visitors.hashes(ADDRESS, "ء", 1, midnight - 0.001) != visitors.hashes(ADDRESS, "ء", 1, midnight)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.200", True),
        ("192.0.2.7", "192.0.3.7", False),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::1", True),
        ("2001:db8:1:2::3", "2001:db8:2:2::3", False),
    ],
)
def test_a_network_is_a_24_or_a_48(tmp_path: Path, one: str, other: str, same: bool) -> None:
    visitors = Visitors(tmp_path)
    networks = [visitors.hashes(ipaddress.ip_address(text), "", 1, NOON)[1] for text in (one, other)]
    assert (networks[0] == networks[1]) is same


def test_a_hash_is_no_unkeyed_one(tmp_path: Path) -> None:
    here, there = Visitors(tmp_path / "a"), Visitors(tmp_path / "b")
    assert set(here.hashes(ADDRESS, "", 1, NOON)).isdisjoint(there.hashes(ADDRESS, "", 1, NOON))
