"""Several processes press one paper in PostgreSQL: no sheet twice, and what a dead one had claimed is freed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.postgresql import Server, server
from tests.processes import done

__all__ = ["server"]

MAKE = """
from datetime import UTC, datetime
from warraq.newsroom import services
from warraq.press.services import press_pending

section = services.open_section(slug="news", title="أخبار")
authors = [services.add_author(name=f"كاتب {number}") for number in range(6)]
for number in range(48):
    article = services.write_article(
        section=section, headline=f"خبر {number}", body=[("paragraph", "<p>كان البن ينزل من الجبال.</p>")],
        authors=[authors[number % 6]], tags=[f"وسم {number % 9}"],
    )
    services.publish(article=article, at=datetime(2026, 11, 1 + number % 20, 6, tzinfo=UTC))
"""
CLAIM = """
from warraq.press.queue import gather, next_step
gather()
print(len(next_step()))
"""
PRESS = """
import json, time
from warraq.press import claims, rendering, services
from warraq.press.models import Change, DueSheet
from warraq.press.sheets import kind_of

rendered, real = [], rendering.render
rendering.render = lambda ref: rendered.append(ref) or real(ref)
freed = claims.free_dead()
until = time.monotonic() + 120
while (Change.objects.exists() or DueSheet.objects.exists()) and time.monotonic() < until:
    services.press_pending(limit_steps=1)
print(json.dumps({"freed": freed, "rendered": [list(ref) for ref in rendered if not kind_of(ref.kind).on_demand]}))
"""
VERIFY = "import json; from warraq.press.services import verify; print(json.dumps(verify().drift))"


def shell(folder: Path, code: str) -> str:
    return done("manage", "--paper", folder, "shell", "--no-imports", "-c", code)


def begin(folder: Path, code: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "warraq", "manage", "--paper", folder, "shell", "--no-imports", "-c", code]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})


def end(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, err[-3000:]
    return json.loads(out)


def test_three_press_at_once_and_none_presses_what_another_does(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "صحيفة"
    done("init", folder, "--database", server.make("several"))
    shell(folder, MAKE)
    assert int(shell(folder, CLAIM)) > 0  # by a process that ends without pressing them
    workers = [begin(folder, PRESS) for _each in range(3)]
    found = [end(process) for process in workers]
    assert sum(one["freed"] for one in found) > 0
    rendered = [tuple(ref) for one in found for ref in one["rendered"]]
    assert sum(bool(one["rendered"]) for one in found) > 1
    first = [ref for ref in rendered if ref[0] == "article"]
    assert len(first) == len(set(first)) == 48
    assert json.loads(shell(folder, VERIFY)) == []


def test_the_pressroom_has_workers_that_end_with_it(server: Server, tmp_path: Path) -> None:
    folder = tmp_path / "صحيفة"
    done("init", folder, "--database", server.make("workers"))
    command = [sys.executable, "-m", "warraq", "serve", "--paper", folder, "--only", "pressroom"]
    pressroom = subprocess.Popen(command, env={**os.environ, "WARRAQ_PRESS__WORKERS": "3"}, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while len(workers_of(pressroom.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        workers = workers_of(pressroom.pid)
        assert len(workers) == 2
        shell(folder, MAKE)
        while json.loads(shell(folder, WAITING)) and time.monotonic() < until + 60:
            time.sleep(0.2)
        assert json.loads(shell(folder, VERIFY)) == []
    finally:
        pressroom.kill()
        pressroom.wait()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


WAITING = "import json; from warraq.press.selectors import waiting; print(json.dumps(waiting()))"


def workers_of(pid: int) -> list[int]:
    """Children of a process that press; not the one that multiprocessing keeps for itself."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text()]
