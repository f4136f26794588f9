"""The place where a small paper is struck again and again: a fresh copy for each case, and what must hold after it."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import processes
from tests.faults import striking
from tests.faults.nursery import End, Nursery
from tests.faults.reading import Reader, Readers, Versions, files_of, public_paths
from warraq.front.changes import TRUSTED_SECONDS
from warraq.press import layout

FAST = Path("/dev/shm")
"""Where copies are cheap; what a kill leaves does not depend on the disk."""
LATER = 3600.0
"""Seconds after a fault at which the pressroom is started again: whatever was put off is due by then."""


def make(paper: Path, *, clock: str = "standing") -> None:
    """The small paper, pressed. Slow: do it once."""
    processes.done("init", paper)
    settings = paper / "warraq.toml"
    text = settings.read_text(encoding="utf-8").replace("# grace_days = 7", "grace_days = 0")
    settings.write_text(text, encoding="utf-8")
    nursery = Nursery(paper, clock=clock)
    try:
        nursery.do("furnish")
    finally:
        nursery.close()


@dataclass
class Recorded:
    """A scene played without a fault: `before` and `after` are all files of the pressed folder."""

    versions: Versions
    before: dict[str, bytes]
    after: dict[str, bytes]
    points: list[striking.Point]


@dataclass
class Case:
    """What one fault did. `faults` is empty where all that must hold does."""

    end: End
    reads: Counter[str]
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    """Until everything was pressed after the restart."""
    recovered: dict[str, Any] = field(default_factory=dict)
    left: int = 0
    """Files that nobody asked for, after the restart."""


class Stage:
    def __init__(self, template: Path, place: Path) -> None:
        self.paper = place / "paper"
        self.template = template
        self._log = place / "log"
        self.set_up("")
        self.nursery = Nursery(self.paper)

    @property
    def pressed(self) -> Path:
        return self.paper / "pressed"

    def set_up(self, scene: str) -> None:
        """The paper as it is before the scene."""
        shutil.rmtree(self.paper, ignore_errors=True)
        shutil.copytree(self.template, self.paper)
        if scene == "press_all":
            self._spoil()

    def _spoil(self) -> None:
        """As an operator finds it who restores half a disk: pages written over, missing, and foreign."""
        pages = self.pressed / layout.PAGES
        articles = sorted(pages.glob("news/*/index.html"))
        for number, page in enumerate((pages / layout.INDEX, pages / "news" / layout.INDEX, *articles)):
            for file in (page, *(page.with_name(page.name + suffix) for suffix in layout.ENCODINGS.values())):
                file.unlink(missing_ok=True)
            if number % 2 == 0:
                page.write_text("<p>نسخة فاسدة</p>", encoding="utf-8")
        (pages / "foreign").mkdir()
        (pages / "foreign" / layout.INDEX).write_text("<p>لم نطبعها</p>", encoding="utf-8")

    def record(self, scene: str, *, plant: str = "") -> Recorded:
        """Play the scene undisturbed: once step by step for what readers may see, once traced for where to strike.

        A planted bug takes part in the last alone.
        """
        self.set_up(scene)
        before = files_of(self.pressed)
        ends = [public_paths(self.pressed)]
        self.nursery.do("run", scene)
        after = files_of(self.pressed)
        ends.append(public_paths(self.pressed))
        versions = self._watch(scene, ends[0] | ends[1])
        self.set_up(scene)
        pid = self.nursery.fork("run", scene, plant=plant)
        with striking.attached(pid, log=self._log):
            self.nursery.go()
        return Recorded(versions, before, after, striking.points(self._log, below=self.paper))

    def _watch(self, scene: str, paths: set[str]) -> Versions:
        self.set_up(scene)
        readers = Readers(self.paper)
        versions = Versions(readers.everything(paths)[0])
        versions.see(versions.before)
        self.nursery.do("edit", scene)
        if scene != "press_all":
            while self.nursery.do("step").said["waiting"]:
                versions.see(readers.everything(paths)[0])
        else:
            self.nursery.do("run", scene)
        versions.see(readers.everything(paths)[0])
        return versions

    def strike(self, scene: str, recorded: Recorded, *expressions: str, plant: str = "") -> Case:
        """The scene with a fault in it, a reader reading all the while; then a restart, and what became of it."""
        self.set_up(scene)
        readers = Readers(self.paper)
        versions = recorded.versions
        pid = self.nursery.fork("run", scene, plant=plant)
        with striking.attached(pid, *expressions):
            reader = Reader(readers, versions, versions.touched)
            reader.start()
            end = self.nursery.go()
            reader.stop()
        case = Case(end, reader.counts, [f"while it ran, {wrong}" for wrong in reader.wrong])
        case.faults += [f"as it lay, {fault}" for fault in self.faults_at_rest(readers, versions)]
        # A press of everything is asked for by the press itself: once it changed a page, it must go to its end.
        is_asked = end.said.get("acknowledged") and (scene != "press_all" or self._has_begun(recorded))
        self._recover(case, recorded, may_be_old=not is_asked)
        case.faults += [f"in the end, {fault}" for fault in self.faults_at_rest(readers, versions)]
        return case

    def faults_at_rest(self, readers: Readers, versions: Versions) -> list[str]:
        """Every page, nobody writing: whole, one in all its forms, and one of its versions.

        Where a fault came between a page and the telling of it, a front believes what it saw for a moment longer.
        """
        time.sleep(1.5 * TRUSTED_SECONDS)
        found, torn = readers.everything(versions.before)
        wrong = [f"{path}: {answer}" for path, answer in found.items() if versions.judge(path, answer) == "wrong"]
        return torn + wrong

    def _has_begun(self, recorded: Recorded) -> bool:
        public = (layout.PAGES, layout.GONE, layout.MOVED)
        return any(
            recorded.before.get(name) != data
            for name, data in files_of(self.pressed).items()
            if name.startswith(public)
        )

    def _recover(self, case: Case, recorded: Recorded, *, may_be_old: bool) -> None:
        """Start again; the tree must become what it becomes without a fault, or where that `may_be_old`, stay."""
        said = self.nursery.do("recover", clock=LATER).said
        case.recovered, case.seconds = said, said["seconds"]
        files = files_of(self.pressed)
        stayed = may_be_old and files == recorded.before
        if said["waiting"] or said["integrity"] != "ok" or (said["drift"] and not stayed):
            case.faults.append(f"after the restart {said}")
        if stayed or files == recorded.after:
            return
        case.left = len(files.keys() - recorded.after.keys() - (recorded.before.keys() if may_be_old else set()))
        differ = sorted(name for name in {*files, *recorded.after} if files.get(name) != recorded.after.get(name))
        case.faults.append(f"after the restart the tree is another: {differ[:8]}; said {case.end.said}")

    def close(self) -> None:
        self.nursery.close()


@contextmanager
def stage(template: Path) -> Iterator[Stage]:
    """A stage in memory; nothing is left of it."""
    base = FAST if FAST.is_dir() else None
    place = Path(tempfile.mkdtemp(prefix="warraq-faults-", dir=base))
    made = Stage(template, place)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(place, ignore_errors=True)
