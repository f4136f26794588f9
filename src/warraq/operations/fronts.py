"""What the pressroom takes over from further fronts, and what doctor says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from warraq.comments import tasks as comments
from warraq.config.paper import PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations.beside import Beside
from warraq.operations.rounds import Task
from warraq.readership import tasks as readership
from warraq.spool.inbox import COMPLETE, NUMBER
from warraq.spool.shipping import fetch
from warraq.spool.stream import Stream
from warraq.spool.taking import Intake

LOOK_SECONDS = 0.2
SILENT, GONE = timedelta(hours=1), timedelta(days=7)
"""A front sends something every few minutes. One that is silent for an hour may have a fault, or its files are not
carried; one that is for a week was taken down."""


def intakes() -> tuple[Intake, ...]:
    return comments.intake(), readership.intake()


def fetched(config: PaperConfig) -> Beside:
    """While it is entered, parcels come out of the stream into the inbox, where one is set."""
    tasks = [Task("parcels of further fronts", Fetch(config))] if config.fronts.stream else []
    return Beside(tasks, look_seconds=LOOK_SECONDS)


@dataclass(frozen=True)
class Known:
    """A further front as this pressroom knows it. `taken`: number of its last parcel that was; `missing`: of the one
    that others wait for, if any; `complete`: all that it acknowledged by then is here."""

    kind: str
    front: str
    taken: int
    missing: int | None
    complete: datetime


def known() -> list[Known]:
    found = []
    for intake in intakes():
        cursors = intake.cursors.load()
        missing = intake.inbox.missing(cursors)
        names = {name.removeprefix(NUMBER) for name in cursors if name.startswith(NUMBER)} | missing.keys()
        found += [
            Known(
                intake.kind,
                front,
                cursors.get(NUMBER + front, 0),
                missing.get(front),
                datetime.fromtimestamp(cursors.get(COMPLETE + front, 0) / 1000, UTC),
            )
            for front in sorted(names)
        ]
    return found


def skip_missing(front: str) -> dict[str, int]:
    """Give up parcels of `front` that others wait for; kind → number of the one that is taken in next. Empty where none
    is missing."""
    given_up = {}
    for intake in intakes():
        with intake.cursors.transaction():
            cursors = intake.cursors.load()
            if front in intake.inbox.missing(cursors):
                taken = cursors.get(NUMBER + front, 0)
                following = min(number for number in intake.inbox.numbers()[front] if number > taken)
                intake.cursors.save({NUMBER + front: following - 1})
                given_up[intake.kind] = following
    return given_up


def check() -> tuple[bool, str]:
    """Every further front's parcels come, none is missing, and none was put aside."""
    for intake in intakes():
        for name in intake.inbox.aside():
            text = _(
                "{file} is no parcel of this paper, or a damaged one, and was put aside. Bring it again from its "
                "front's spool/outbox, or remove it."
            )
            return False, text.format(file=intake.inbox.folder / name)
    fronts = known()
    for one in fronts:
        if one.missing is not None:
            text = _(
                "{kind} of the front {front}: parcel {missing} is missing, and later ones wait for it. Bring it from "
                "that front's spool/outbox. If it is lost: warraq fronts --skip {front}"
            )
            return False, text.format(kind=one.kind, front=one.front, missing=one.missing)
    now = timezone.now()
    heard = [one for one in fronts if now - one.complete < GONE]
    for one in heard:
        if now - one.complete > SILENT:
            text = _(
                "{kind} of the front {front}: nothing came since {since:%Y-%m-%d %H:%M} UTC. Look at that machine: "
                "warraq doctor"
            )
            return False, text.format(kind=one.kind, front=one.front, since=one.complete)
    return True, _("{count} further fronts send what their readers sent.").format(
        count=len({one.front for one in heard})
    )


class Fetch:
    """Fetches what comes next, and confirms what is kept."""

    def __init__(self, config: PaperConfig) -> None:
        self._stream = Stream(config.fronts.stream, paper=config.fronts.paper)

    def __call__(self) -> int:
        return sum(fetch(intake.inbox, self._stream, intake.cursors.load()) for intake in intakes())
