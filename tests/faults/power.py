"""Power cuts: a newsroom and its press on a recorded disk, and what is left of their work at random moments.

The recorder is a tool beside the checkout; see its README. It runs `power_workload`, and `ask_power` as its checker,
which asks this process.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from tests import processes
from tests.faults.reading import Readers, files_of, public_paths
from tests.faults.stage import LATER, Stage

ROOT = Path(__file__).parents[2]
WHOLE, LOST, TORN = 0, 1, 2
"""What the checker's exit says."""


def recorder() -> Path:
    """The recorder's program; it need not exist."""
    shared = Path(os.environ.get("WARRAQ_SHARED") or ROOT.parent / "shared")
    return shared / "tools" / "power-cut" / "power_cut.py"


def why_not() -> str:
    """Why no power can be cut on this machine; empty where it can."""
    if not recorder().exists():
        return "no tools/power-cut in WARRAQ_SHARED or beside the checkout"
    if os.geteuid() != 0 or not Path("/dev/fuse").exists() or not Path("/dev/loop-control").exists():
        return "cutting the power needs root, /dev/fuse and loop devices"
    if not find_spec("mfusepy") or not shutil.which("fusermount3") or not shutil.which("mkfs.ext4"):
        return "cutting the power needs mfusepy, libfuse2, fuse3 and e2fsprogs"
    return ""


@dataclass
class Checker:
    """Looks at a disk after a cut. `trees` are the pressed folder's files after each edit of an undisturbed run."""

    stage: Stage
    trees: list[dict[str, bytes]]
    pages_alone: bool
    """The database was spared: pages older than it are no fault, a press cannot put them right."""
    slowest_seconds: float = 0.0
    reads: int = 0

    def check(self, mount: Path, tokens: list[str]) -> tuple[int, str]:
        """Verdict and why. The paper is looked at in a copy, so that the disk stays as it was."""
        acked = max(map(int, tokens), default=0)
        shutil.rmtree(self.stage.paper, ignore_errors=True)
        shutil.copytree(mount / "paper", self.stage.paper)
        allowed = self.trees[acked : acked + 2]
        checks = (self._files, self._readers) if self.pages_alone else (self._files, self._readers, self._restart)
        for check in checks:
            verdict, why = check(allowed, self.trees[:acked])
            if verdict != WHOLE:
                return verdict, f"{acked} acknowledged: {why}"
        return WHOLE, ""

    def _files(self, allowed: list[dict[str, bytes]], older: list[dict[str, bytes]]) -> tuple[int, str]:
        """Each file is as it was after the last acknowledged edit, or as the next one makes it."""
        files = files_of(self.stage.pressed)
        for name in sorted({*files, *allowed[0]}):
            data = files.get(name)
            if name.startswith(".staging/") or data in [tree.get(name) for tree in allowed]:
                continue
            is_old = data is None or data in [tree.get(name) for tree in older]
            return (LOST if is_old else TORN), f"{name} is {'older or absent' if is_old else 'torn'}"
        return WHOLE, ""

    def _readers(self, allowed: list[dict[str, bytes]], _older: object) -> tuple[int, str]:
        """Each page is one page in all its forms."""
        paths = public_paths(self.stage.pressed)
        torn = Readers(self.stage.paper).everything(paths)[1]
        self.reads += 3 * len(paths)
        return (TORN, torn[0]) if torn else (WHOLE, "")

    def _restart(self, allowed: list[dict[str, bytes]], _older: object) -> tuple[int, str]:
        """A press that is started again brings the tree to one of the two, and the database is whole."""
        said = self.stage.nursery.do("recover", clock=LATER * 2).said
        self.slowest_seconds = max(self.slowest_seconds, said["seconds"])
        if said["integrity"] != "ok":
            return TORN, f"the database: {said['integrity']}"
        files = files_of(self.stage.pressed)
        if said["drift"] or said["waiting"] or files not in allowed:
            differ = [name for name in {*files, *allowed[0]} if files.get(name) != allowed[0].get(name)]
            return LOST, f"after a restart {said}, and {sorted(differ)[:6]} differ"
        return WHOLE, ""


class Check(Protocol):
    """Looks at a disk after a cut."""

    def check(self, mount: Path, tokens: list[str]) -> tuple[int, str]:
        """Verdict and why; `tokens` were acknowledged before the cut."""


@contextmanager
def _answering(checker: Check, address: Path) -> Iterator[None]:
    """Answers checkers' questions at `address`, one after the other."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(address))
        door.listen()

        def answer() -> None:
            while True:
                try:
                    line, _address = door.accept()
                except OSError:
                    return
                with line, line.makefile("rw") as words:
                    asked = json.loads(words.readline())
                    try:
                        verdict, why = checker.check(Path(asked["mount"]), asked["acked"])
                    except Exception as error:
                        verdict, why = TORN, f"it cannot even be looked at: {error!r}"
                    words.write(json.dumps([verdict, why]) + "\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield
        finally:
            door.shutdown(socket.SHUT_RDWR)
            thread.join(30)


def cut(stage: Stage, cuts: int, *, plant: str = "", pages_alone: bool = False, seed: int = 7) -> dict[str, Any]:
    """Record the workload, cut the power `cuts` times; the recorder's counts, and ours.

    With `pages_alone` the database lies on another disk that is spared.
    """
    place = stage.paper.parent
    dry, trees, database = (place / name for name in ("dry", "trees", "database"))
    for folder in (dry, trees, database):
        shutil.rmtree(folder, ignore_errors=True)
    trees.mkdir()
    environment = processes.environment(PYTHONHASHSEED="0", TMPDIR=str(place))
    environment["PYTHONPATH"] += os.pathsep + str(ROOT)
    run = [sys.executable, "-W", "ignore", "-m", "tests.faults.power_workload"]
    subprocess.run([*run, str(dry), str(stage.template), "--trees", str(trees)], check=True, env=environment)
    kept = sorted(trees.iterdir(), key=lambda folder: int(folder.name))
    checker = Checker(stage, [files_of(folder) for folder in kept], pages_alone)
    options = (["--plant", plant] if plant else []) + (["--database", str(database)] if pages_alone else [])
    workload = shlex.join([*run, "{mount}", str(stage.template), *options])
    counts = replay(checker, place, workload, environment=environment, cuts=cuts, megabytes=48, seed=seed)
    return counts | {"reads": checker.reads, "slowest_recovery_seconds": round(checker.slowest_seconds, 3)}


def replay(
    checker: Check, place: Path, workload: str, *, environment: dict[str, str], cuts: int, megabytes: int, seed: int
) -> dict[str, Any]:
    """Record a workload on a disk of that size and cut the power `cuts` times; what the recorder says."""
    address = place / "checker"
    address.unlink(missing_ok=True)
    check = shlex.join([sys.executable, "-S", str(Path(__file__).with_name("ask_power.py")), str(address)])
    command = [sys.executable, str(recorder()), "--cuts", str(cuts), "--size", str(megabytes), "--seed", str(seed)]
    command += ["--workload", workload, "--check", check + " {mount} {acked}"]
    with _answering(checker, address):
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    counts: dict[str, Any] = json.loads(done.stdout)
    return counts
