"""Doctor: each check can fail, says what to do, and never keeps the others from being made."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import namedtuple
from pathlib import Path

import pytest

from tests.papers import Demo
from tests.processes import answer, free_ports, warraq
from warraq.config.paper import PaperConfig, load
from warraq.operations import doctor, machine
from warraq.operations.backup import LAST
from warraq.search.engine import Document, Writer

NAMES = {
    *("versions", "sqlite", "cards", "rights", "address", "disk", "clock", "database", "migrations", "backup"),
    *("front", "newsroom", "pressroom", "django", "pages", "press", "spools", "index", "rankings"),
}


def test_a_new_paper_is_well(demo: Demo) -> None:
    front, newsroom = free_ports()
    variables = {"WARRAQ_FRONT__PORT": str(front), "WARRAQ_NEWSROOM__PORT": str(newsroom)}

    checks = answer("doctor", "--paper", demo.folder, **variables)["checks"]

    assert {check["name"] for check in checks} == NAMES
    assert [check for check in checks if not check["ok"]] == []
    assert all(set(check) == {"name", "ok", "says"} and check["says"] for check in checks)


def test_what_is_wrong_is_told_in_one_go(paper: Path) -> None:
    (paper / "pressed" / "pages" / "index.html").write_text("مزوّر")
    for file in (paper / "pressed" / "pages" / "_" / "errors").iterdir():
        file.unlink()
    (paper / "secret").chmod(0o644)
    (paper / "spool" / "reads").mkdir(exist_ok=True)
    (paper / "spool" / "reads" / "1.log.damaged").write_bytes(b"?")

    result = warraq("doctor", "--paper", paper)

    assert result.returncode == 1
    bad = {line.split()[1].rstrip(":") for line in result.stdout.splitlines() if line.startswith("BAD")}
    assert bad >= {"rights", "spools"}
    assert "chmod 600" in result.stdout


def test_a_damaged_database_is_told_and_what_needs_it_is_left(paper: Path) -> None:
    with (paper / "database" / "paper.sqlite3").open("r+b") as file:
        file.seek(100)
        file.write(os.urandom(8000))

    result = warraq("doctor", "--paper", paper, "--json")

    assert result.returncode == 1
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert not checks["database"]["ok"]
    assert "pages" not in checks
    assert checks["disk"]["ok"]


@pytest.fixture
def config(demo: Demo, tmp_path: Path) -> PaperConfig:
    """A paper's folder without its pages."""
    for name in ("warraq.toml", "secret"):
        shutil.copy2(demo.folder / name, tmp_path / name)
    (tmp_path / "run").mkdir()
    return load(tmp_path, {})


def test_a_check_that_raises_is_a_check_that_failed() -> None:
    def broken() -> tuple[bool, str]:
        raise OSError("القرص لا يجيب")

    checks = doctor.examine([("broken", broken), ("good", lambda: (True, "سليم"))])

    assert [check.ok for check in checks] == [False, True]
    assert "القرص لا يجيب" in checks[0].says


def test_a_disk_that_is_nearly_full_is_bad(config: PaperConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _folder: usage(10**12, 10**12 - 10**8, 10**8))

    ok, says = machine.disk(config.folder)

    assert not ok
    assert "0.1 GB" in says
    assert "Make room" in says


def test_a_clock_that_was_reset_is_bad(config: PaperConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.clock(config.folder)[0]

    monkeypatch.setattr(machine, "DRIFT_SECONDS", float("inf"))
    monkeypatch.setattr(machine.time, "time", lambda: 86_400.0)

    assert not machine.clock(config.folder)[0]


def test_a_clock_that_differs_from_the_disk_s_is_bad(config: PaperConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = time.time() + 3600
    monkeypatch.setattr(machine.time, "time", lambda: ahead)

    ok, says = machine.clock(config.folder)

    assert not ok
    assert "3600 s apart" in says


def test_a_paper_that_was_not_backed_up_for_a_week_is_bad(config: PaperConfig) -> None:
    assert machine.last_backup(config)[0], "it is new"

    week_ago = time.time() - 8 * 86_400
    os.utime(config.secret_file, (week_ago, week_ago))
    assert not machine.last_backup(config)[0]

    (config.run / LAST).write_text(json.dumps({"file": "/mnt/نسخة.tar", "at": time.time() - 3600, "bytes": 1}))
    ok, says = machine.last_backup(config)
    assert ok
    assert "it is not there any more" in says

    (config.run / LAST).write_text(json.dumps({"file": "/mnt/نسخة.tar", "at": week_ago, "bytes": 1}))
    assert not machine.last_backup(config)[0]


def test_a_paper_for_others_that_does_not_know_its_address_is_told(demo: Demo) -> None:
    known = load(demo.folder, {})
    assert known.front.origin.startswith("http://127.0.0.1:")
    assert machine.address(known)[0]
    front = known.front.model_copy(update={"origin": "", "host": "0.0.0.0"})
    ok, says = machine.address(known.model_copy(update={"front": front}))
    assert not ok
    assert "front.origin" in says


def test_an_index_that_misses_an_article_is_told(paper: Path) -> None:
    index = paper / "index"
    shutil.rmtree(index)
    with Writer(index) as writer:
        writer.put([Document(id=1, url="/news/1/", title="البن")])
        writer.commit()

    checks = {
        check["name"]: check for check in json.loads(warraq("doctor", "--paper", paper, "--json").stdout)["checks"]
    }

    assert not checks["index"]["ok"]
    assert "1" in checks["index"]["says"]
