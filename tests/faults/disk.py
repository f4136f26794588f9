"""A disk that really fills up: a small tmpfs under the paper, or under its pressed folder alone; a pressroom at work.

An editor edits while it is full; then room is made, and nobody does anything else.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults import stage as stages
from tests.faults.load import Ear, Worker
from tests.faults.nursery import Nursery
from tests.faults.reading import Readers, Versions, files_of, public_paths

MEGABYTES = 64
FULL_SECONDS = 4.0
"""How long the disk is full: the pressroom fails and tries again meanwhile."""
PATIENCE_SECONDS = 60.0
SCENES = ("publish", "unpublish", "retract", "move", "delete")


def why_not() -> str:
    """Why no disk can be filled on this machine; empty where it can."""
    if os.geteuid() != 0:
        return "mounting a tmpfs needs root"
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run(["mount", "-t", "tmpfs", "none", name], capture_output=True, text=True)
        if done.returncode:
            return f"a tmpfs cannot be mounted: {done.stderr.strip()}"
        subprocess.run(["umount", name], check=True)
    return ""


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A disk of 64 MB at `at`, a folder whose content is kept."""
    kept = at.with_name(at.name + "-kept")
    at.rename(kept)
    at.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", str(at)], check=True)
    try:
        shutil.copytree(kept, at, dirs_exist_ok=True)
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)
        at.rmdir()
        kept.rename(at)


def fill(disk: Path) -> Path:
    """Take all the room there is; the file to remove for having it back."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def play(template: Path, scene: str, *, pressed_alone: bool, plant: str = "") -> dict[str, Any]:
    """The scene on a full disk; what readers got, what the editor and the operator were told, what became of it."""
    with tempfile.TemporaryDirectory(prefix="warraq-full-") as name:
        place = Path(name)
        paper = place / "paper"
        shutil.copytree(template, paper)
        log, ear = place / "nursery.log", Ear(place / "ear")
        with small_disk(paper / "pressed" if pressed_alone else paper) as disk:
            editor = Nursery(paper, clock="running")
            pressroom = Worker("pressroom", paper, ear, plant=plant)
            try:
                pressroom.start()
                time.sleep(0.5)
                return _play(disk, paper, scene, editor, pressroom) | {"operator_told": _told(log)}
            finally:
                pressroom.close()
                editor.close()
                ear.close()


def _play(disk: Path, paper: Path, scene: str, editor: Nursery, pressroom: Worker) -> dict[str, Any]:
    readers, paths = Readers(paper), public_paths(paper / "pressed")
    before = readers.everything(paths)[0]
    versions = Versions(before)
    versions.see(before)
    ballast = fill(disk)
    editor.fork("edit", scene)
    told = editor.go().said
    faults: list[str] = []
    reads, until = 0, time.monotonic() + FULL_SECONDS
    while time.monotonic() < until:
        found, torn = readers.everything(paths)
        changed = [path for path, answer in found.items() if versions.judge(path, answer) == "wrong"]
        # Where the pressed folder has a little room left, a page may be the new one; never half of one.
        faults += [*torn, *(f"{path} is {found[path].status}" for path in changed if found[path].status in {0, 500})]
        reads += 3 * len(paths)
        time.sleep(0.1)
    ballast.unlink()
    if not told.get("acknowledged"):
        editor.do("edit", scene)  # as the editor does who was told to try again
    started = time.monotonic()
    said: dict[str, Any] = {"waiting": 1}
    while said["waiting"] or said["drift"]:
        if time.monotonic() - started > PATIENCE_SECONDS:
            faults.append(f"{PATIENCE_SECONDS} s after there was room: {said}")
            break
        said = editor.do("look").said
    seconds = time.monotonic() - started
    faults += readers.everything(public_paths(paper / "pressed"))[1]
    left = [name for name in files_of(paper / "pressed") if name.startswith(".")]
    return {
        "reads": reads,
        "editor_told": told.get("raised") or "acknowledged",
        "recovered_seconds": round(seconds, 3),
        "left": left,
        "faults": faults + pressroom.faults,
    }


def _told(log: Path) -> list[str]:
    """The errors in the pressroom's log, each once: without time, how often, and the folder's name."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    words = (line.partition(" ERROR ")[2] for line in lines)
    return sorted({re.sub(r" \(\d+ times running\); again in \d+ s|: '/.*| /\S+", "", word) for word in words if word})


def figures() -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="warraq-small-paper-") as name:
        template = Path(name) / "paper"
        stages.make(template, clock="running")
        return {
            f"{scene}, {'pressed folder' if alone else 'whole paper'} full": play(template, scene, pressed_alone=alone)
            for scene in SCENES
            for alone in (True, False)
        }
