"""Everything but the front is killed: the paper reads on, no link is dead, comments and reads are still taken."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.flow.conftest import Paper, environment, free_port


@pytest.fixture(scope="module")
def front_alone(demonstration, tmp_path_factory):
    """The front as the only process of a copy of the paper that has no database."""
    folder = tmp_path_factory.mktemp("alone") / "paper"

    def not_the_fronts(inside: str, names: list[str]) -> set[str]:
        """Also leaves out the bell of the paper that is being served, which cannot be copied."""
        return {"run", "database", "media"}.intersection(names) if Path(inside) == demonstration else set()

    shutil.copytree(demonstration, folder, ignore=not_the_fronts)
    port = free_port()
    words = ["serve", "--only", "front", "--paper", str(folder), "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "warraq", *words], env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    server.stdout.readline()
    yield Paper(folder, f"http://127.0.0.1:{port}/", "", server)
    server.send_signal(signal.SIGTERM)
    server.wait(30)


def test_every_page_answers_and_no_link_is_dead(front_alone):
    found = front_alone.crawl()
    assert len(found) > 150
    assert {path: status for path, status in found.items() if status != 200} == {}


def test_reads_are_taken_meanwhile(front_alone):
    def size() -> int:
        return sum(file.stat().st_size for file in (front_alone.folder / "spool" / "reads").rglob("*.log"))

    before = size()
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    request = Request(f"{front_alone.readers}_/read?id=1", data=b"", headers={"User-Agent": agent})
    assert urlopen(request, timeout=10).status == 204
    assert size() > before


def test_the_front_is_one_process_family_without_django(front_alone):
    """Neither it nor its workers have mapped a library of the newsroom's (Pillow, lxml), which Django's apps load."""
    family = [front_alone.supervisor.pid]
    for pid in family:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        family += [int(child) for child in children]
        mapped = Path(f"/proc/{pid}/maps").read_text()
        assert "PIL/" not in mapped and "lxml/" not in mapped and "paper.sqlite3" not in mapped
