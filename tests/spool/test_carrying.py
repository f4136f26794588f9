"""What docs/operating.md has an operator type carries parcels into an inbox, and copies what a front needs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.spool.kept import Room, outbox, packed, written

DOCS = Path(__file__).parents[2] / "docs" / "operating.md"


def typed(pattern: str, tmp_path: Path) -> None:
    """Run the line of the docs that holds `pattern`, with both machines' folders below `tmp_path`."""
    if shutil.which("rsync") is None:
        pytest.skip("no rsync is installed (Debian: apt-get install rsync)")
    (line,) = [line for line in DOCS.read_text().splitlines() if line.lstrip().startswith("rsync ") and pattern in line]
    line = line.replace("web2:/srv/front", f"{tmp_path}/front").replace("/srv/paper", f"{tmp_path}/paper")
    subprocess.run(["bash", "-c", line.replace("$kind", "reads")], check=True, timeout=60)


def test_parcels_are_moved_and_nothing_else_is(tmp_path):
    front, paper, room = tmp_path / "front" / "spool", tmp_path / "paper" / "spool", Room()
    (paper / "inbox" / "reads").mkdir(parents=True)
    for record in (b"a", b"b", b"c"):
        packed(front, [record])
        typed("--remove-source-files", tmp_path)
    written(front, [b"d"])
    (front / "outbox" / "reads" / ".5.new").write_bytes(b"a kill left it")
    typed("--remove-source-files", tmp_path)
    room.take_in_all(paper)
    assert room.records == [b"a", b"b", b"c"]
    assert outbox(front).waiting() == []
    assert outbox(front).pack() is False
    assert outbox(front).waiting() == [4]


def test_pages_are_copied_without_what_tells_of_changes(tmp_path):
    pressed = tmp_path / "paper" / "pressed"
    (pressed / "pages").mkdir(parents=True)
    (tmp_path / "front").mkdir()
    for name in ("pages/index.html", "pages/old.html", ".changes"):
        (pressed / name).write_text(name)
    typed("pressed", tmp_path)
    (pressed / "pages" / "old.html").unlink()
    typed("pressed", tmp_path)
    copied = {str(path.relative_to(tmp_path / "front")) for path in (tmp_path / "front").rglob("*") if path.is_file()}
    assert copied == {"pressed/pages/index.html"}
