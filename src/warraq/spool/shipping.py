"""Sending an outbox's parcels by the stream, and taking them out of it: both sides, each a step that may be repeated.

The outbox is the one truth. A parcel leaves it when the pressroom has confirmed its number, which it does after the
commit that keeps what the parcel holds.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from itertools import islice

from warraq.spool.inbox import NUMBER, Inbox
from warraq.spool.outbox import Outbox
from warraq.spool.parcels import LARGEST
from warraq.spool.stream import WINDOW, Stream

AT_ONCE, TOGETHER = 4, 8
"""Parcels of one front, and fronts, that are fetched in one go: that much is in memory."""
log = logging.getLogger(__name__)


class Sender:
    """Sends one outbox's parcels. Every call is one step; after an error the next one begins from what is there."""

    def __init__(self, outbox: Outbox, stream: Stream) -> None:
        self._outbox = outbox
        self._stream = stream
        self._sent: int | None = None
        """The last number that this process put into the stream; None before it did."""

    def look(self) -> bool:
        """Forget what is confirmed; whether there is room for more parcels. Raises StreamAway, OSError."""
        state = self._outbox.state
        held = self._stream.look(self._outbox.kind, state.front)
        self._outbox.confirm(held.confirmed)
        if self._outbox.state.front != state.front:
            self._sent = None
            return False
        waiting = self._outbox.waiting()
        known = [number for number in waiting if self._sent is not None and number <= self._sent]
        if self._sent is None or held.parcels != len(known):
            self._begin_again(waiting)
        return len(waiting) < WINDOW

    def send(self) -> int:
        """Put what waits into the stream, as far as it has room; how many parcels. Raises StreamAway, OSError."""
        waiting = self._outbox.waiting()[:WINDOW]
        numbers = [number for number in waiting if self._sent is not None and number > self._sent]
        if numbers:
            self._put(numbers)
        return len(numbers)

    def _begin_again(self, waiting: list[int]) -> None:
        """The stream holds something else than what was put there: its server was started anew, or lost some."""
        if self._sent is not None:
            log.warning("%s: the stream lost parcels; %d are sent again", self._outbox.kind, len(waiting))
        self._sent = 0
        self._put(waiting[:WINDOW], anew=True)

    def _put(self, numbers: list[int], *, anew: bool = False) -> None:
        found = {number: data for number in numbers if (data := self._outbox.data(number)) is not None}
        sent, self._sent = self._sent, None  # where it fails it is unknown what arrived
        self._stream.send(self._outbox.kind, self._outbox.state.front, found, anew=anew)
        self._sent = max([sent or 0, *numbers])


def fetch(inbox: Inbox, stream: Stream, cursors: Mapping[str, int]) -> int:
    """Confirm what `cursors` say is kept, and put what comes next into the inbox; how many parcels.

    Raises StreamAway, OSError.
    """
    known = stream.fronts(inbox.kind)
    taken = {front: cursors.get(NUMBER + front, 0) for front in known}
    behind = {front: number for front, number in taken.items() if number != known[front]}
    if behind:
        stream.confirm(inbox.kind, behind)
    there = inbox.numbers()
    wanted = {front: _next(taken[front], there.get(front, set())) for front in known}
    wanted = {front: numbers for front, numbers in wanted.items() if numbers.start <= taken[front] + WINDOW}
    some = iter(wanted.items())
    arrived = 0
    while together := dict(islice(some, TOGETHER)):
        for front, entries in stream.read(inbox.kind, together, most=AT_ONCE).items():
            arrived += _put(inbox, stream, front, entries)
    return arrived


def _put(inbox: Inbox, stream: Stream, front: str, entries: list[tuple[int, bytes]]) -> int:
    for arrived, (number, data) in enumerate(entries):
        if not inbox.put(front, number, data):
            stream.drop(inbox.kind, front, number)
            return arrived
    return len(entries)


def _next(taken: int, there: set[int]) -> range:
    """The first numbers after `taken` that are not `there`."""
    number = taken + 1
    while number in there:
        number += 1
    return range(number, min((later for later in there if later > number), default=LARGEST))
