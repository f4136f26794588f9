"""Everything but the front is killed: the paper reads on, no link is dead, comments and reads are still taken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from urllib.request import Request, urlopen

import pytest

from tests.flow.conftest import Paper, environment, free_port


@pytest.fixture(scope="module")
def front_alone(demonstration):
    """The front as the only process of the paper."""
    port = free_port()
    words = ["serve", "--only", "front", "--paper", str(demonstration), "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "warraq", *words], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    server.stdout.readline()
    yield Paper(demonstration, f"http://127.0.0.1:{port}/", "", server)
    server.send_signal(signal.SIGTERM)
    server.wait(30)


def test_every_page_answers_and_no_link_is_dead(front_alone, demonstration):
    database = demonstration / "database"
    aside = database.rename(demonstration / "database-elsewhere")  # not even the file is there
    try:
        found = front_alone.crawl()
    finally:
        aside.rename(database)
    assert len(found) > 150
    assert {path: status for path, status in found.items() if status != 200} == {}


def test_comments_and_reads_are_taken_meanwhile(front_alone, demonstration):
    before = sum(file.stat().st_size for file in (demonstration / "spool").rglob("*.log"))
    request = Request(
        f"{front_alone.readers}_/read?id=1", data=b"", headers={"User-Agent": "Mozilla/5.0 (X11) Firefox/128.0"}
    )
    assert urlopen(request, timeout=10).status == 204
    time.sleep(0.3)
    assert sum(file.stat().st_size for file in (demonstration / "spool").rglob("*.log")) > before


def test_the_front_knows_no_django(front_alone):
    """Its process has loaded no module of Django's, nor opened the database."""
    family = [front_alone.supervisor.pid]
    family += [
        int(pid)
        for pid in subprocess.run(["pgrep", "-P", str(family[0])], capture_output=True, text=True).stdout.split()
    ]
    for pid in family:
        opened = [os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
        assert not [name for name in opened if "sqlite" in name]
        with open(f"/proc/{pid}/maps") as maps:
            assert "sqlite" not in maps.read()
