"""What the pressroom says of further fronts, and how a person lets one go on."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.papers import Demo
from tests.processes import answer, done, free_ports, refusal, warraq
from warraq.config.paper import load
from warraq.operations import fronts, further, machine
from warraq.operations.doctor import examine
from warraq.readership import tasks
from warraq.spool import parcels
from warraq.spool.inbox import COPIED_SECONDS
from warraq.spool.parcels import Label

FRONT = "web-2-0123456789ab"


def put(spools: Path, number: int, *, complete: float | None = None, kind: str = "reads", paper: str = "paper") -> Path:
    label = Label(paper, kind, FRONT, number, int((time.time() if complete is None else complete) * 1000))
    file = spools / "inbox" / kind / parcels.file_name(FRONT, number)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(parcels.pack(label, []))
    return file


@pytest.fixture
def spools(settings, tmp_path, db, tree) -> Path:
    settings.WARRAQ_SPOOL = tmp_path / "spool"
    return settings.WARRAQ_SPOOL


def test_a_front_whose_parcels_come_is_well(spools):
    put(spools, 1)
    tasks.take_in()
    assert fronts.check()[0]
    (known,) = fronts.known()
    assert (known.kind, known.front, known.taken, known.missing) == ("reads", FRONT, 1, None)
    assert time.time() - known.complete.timestamp() < 60


def test_a_missing_parcel_is_named_until_it_comes_or_is_given_up(spools):
    for number in (1, 4, 5):
        put(spools, number)
    tasks.take_in()
    ok, says = fronts.check()
    assert not ok
    assert FRONT in says
    assert "2" in says
    assert fronts.skip_missing("web-9-0123456789ab") == {}
    assert fronts.skip_missing(FRONT) == {"reads": 4}
    assert fronts.skip_missing(FRONT) == {}
    tasks.take_in()
    assert fronts.known()[0].taken == 5
    assert fronts.check()[0]


def test_a_file_that_was_put_aside_is_named(spools):
    file = put(spools, 1, paper="another")
    os.utime(file, (0, time.time() - COPIED_SECONDS - 1))
    tasks.take_in()
    ok, says = fronts.check()
    assert not ok
    assert file.name in says


@pytest.mark.parametrize(("hours", "ok"), [(0.1, True), (2, False), (200, True)])
def test_a_front_that_falls_silent_is_missed_for_a_week(spools, hours, ok):
    put(spools, 1, complete=time.time() - hours * 3600)
    tasks.take_in()
    assert fronts.check()[0] is ok


def test_the_command_says_what_came_and_gives_up_what_is_lost(paper: Path):
    assert answer("fronts", "--paper", paper) == {"fronts": []}
    put(paper / "spool", 3, kind="comments")
    told = answer("fronts", "--paper", paper)["fronts"]
    assert [(one["kind"], one["front"], one["taken"], one["missing"]) for one in told] == [("comments", FRONT, 0, 1)]
    assert "parcel 1 is missing" in done("fronts", "--paper", paper)
    assert warraq("doctor", "--paper", paper).stdout.count(f"warraq fronts --skip {FRONT}") == 1
    done("fronts", "--paper", paper, "--skip", FRONT)
    assert answer("fronts", "--paper", paper)["fronts"][0]["taken"] == 2
    assert "Nothing of" in refusal("fronts", "--paper", paper, "--skip", FRONT)


def test_doctor_on_a_further_front_looks_at_what_is_there(demo: Demo, tmp_path: Path):
    folder = tmp_path / "front"
    (folder / "spool" / "outbox" / "reads").mkdir(parents=True)
    (folder / "warraq.toml").write_text("")
    shutil.copytree(demo.folder / "pressed", folder / "pressed")
    port = str(free_ports(1)[0])
    assert further.is_further(load(folder))
    assert not further.is_further(load(demo.folder))
    checks = answer("doctor", "--paper", folder, WARRAQ_FRONT__PORT=port)["checks"]
    assert {check["name"] for check in checks} == {
        *("versions", "rights", "address", "disk", "clock", "pages", "outbox", "front", "shipper"),
    }
    assert [check for check in checks if not check["ok"]] == []

    (folder / "warraq.toml").write_text('[fronts]\nstream = "redis://:geheim@127.0.0.1:1/0"\n')
    waiting = folder / "spool" / "outbox" / "reads" / parcels.file_name(FRONT, 1)
    waiting.write_bytes(b"x")
    os.utime(waiting, (0, time.time() - 2 * further.LONGEST_WAIT_SECONDS))
    shutil.rmtree(folder / "pressed")
    result = warraq("doctor", "--paper", folder, WARRAQ_FRONT__PORT=port)
    bad = {line.split()[1].rstrip(":") for line in result.stdout.splitlines() if line.startswith("BAD")}
    assert bad == {"rights", "pages", "outbox", "stream"}
    assert "geheim" not in result.stdout + result.stderr


def test_a_pressrooms_doctor_asks_the_server(demo: Demo):
    config = load(demo.folder, {"WARRAQ_FRONTS__STREAM": "redis://:geheim@127.0.0.1:1/0"})
    (check,) = [one for one in examine(machine.examinations(config)) if one.name == "stream"]
    assert not check.ok
    assert "geheim" not in check.says
