"""Killed at every call, and every call failing: a scene played once for each place where the fault can strike."""

from __future__ import annotations

import random
import signal
from collections.abc import Collection, Sequence
from itertools import pairwise

from tests.faults import striking
from tests.faults.figures import Tally
from tests.faults.nursery import End
from tests.faults.stage import Stage
from tests.faults.striking import Point

FULL = {"openat", "write", "pwrite64", "mkdir", "rename", "ftruncate", "fallocate"}
"""Calls that a full disk refuses."""
SYNCS = {"fsync", "fdatasync", "syncfs"}
BROKEN = {"openat", "write", "pwrite64", *SYNCS, "rename", "unlink", "mkdir", "rmdir"}
"""Calls that a disk which fails refuses."""


DATABASE = "/paper.sqlite3>"
FOLDER = "/database>"


def is_let_pass(point: Point, following: Point | None) -> bool:
    """Whether SQLite itself goes on where this sync fails: of the database, and of its log just before, when it takes
    the log into it (failing that, it keeps the log); and of the folder in which it made the log."""
    is_checkpoint = "-wal>" in point.was and following is not None and DATABASE in following.was
    return DATABASE in point.was or FOLDER in point.was or is_checkpoint


def some(points: Sequence[Point], most: int | None) -> list[Point]:
    """All of them, or `most` that are spread over the run, the same ones every time."""
    if most is None or most >= len(points):
        return list(points)
    chosen = random.Random(7).sample(range(len(points)), most)
    return [points[number] for number in sorted(chosen)]


def kill_everywhere(
    stage: Stage,
    scene: str,
    calls: Collection[str] = striking.CALLS,
    *,
    most: int | None = None,
    plant: str = "",
) -> Tally:
    """The scene, killed at each of these calls that changes or syncs a file; at `most` of them, if given."""
    recorded = stage.record(scene, plant=plant)
    points = [point for point in recorded.points if point.call in calls]
    tally = Tally(f"kill {scene}", len(points))
    for point in some(points, most):
        case = stage.strike(scene, recorded, point.kill(), plant=plant)
        tally.add(case, f"{point.call} {point.nth} {point.was}", struck=case.end.signal == signal.SIGKILL)
    return tally


def fail_everywhere(
    stage: Stage,
    scene: str,
    error: str,
    calls: Collection[str],
    *,
    lasting: bool = False,
    most: int | None = None,
    plant: str = "",
) -> Tally:
    """The scene with each of these calls failing once, or where it is `lasting` from then on until the process ends."""
    recorded = stage.record(scene, plant=plant)
    points = [point for point in recorded.points if point.call in calls]
    following = dict(pairwise(recorded.points))
    tally = Tally(f"{error}{' lasting' if lasting else ''} {scene}", len(points))
    for point in some(points, most):
        expression = point.fail_from_here(error) if lasting else point.fail(error)
        case = stage.strike(scene, recorded, expression, plant=plant)
        told = _told(case.end)
        tally.told[told] += 1
        if point.call in SYNCS and told == "done" and not is_let_pass(point, following.get(point)):
            case.faults.append(f"a failed sync was taken for a success: {point}")
        if told.startswith("ended with"):
            case.faults.append(f"the process {told}")
        tally.add(case, f"{point.call} {point.nth} {point.was}", struck=True)
    return tally


def _told(end: End) -> str:
    """What the process that met the error said of it, without numbers and names of files."""
    if "refused" in end.said:
        return "StoreError: " + end.said["refused"].split(": '")[0]
    if "raised" in end.said:
        return str(end.said["raised"]).split(": '")[0]
    return "done" if end.said.get("done") else f"ended with {end.signal or end.code}"
