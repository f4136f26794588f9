"""Whose turn it is where few can be served at once: who asked least.

Of a flood from some hundred networks a reader who asks now and then notices little: who asks often leaves one place
free, and comes after whoever waits. Of one from thousands, each of which asks seldom, everybody is told to come again.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from warraq.front import answers, posts
from warraq.front.errors import Refusal
from warraq.front.posts import Address
from warraq.language.messages import gettext as _

SELDOM, PERIOD = 5, 10.0
"""So many times in so many seconds, on the average, nobody is told to come again as long as a place comes free soon."""
MOST: Final = 6 * SELDOM
"""Times that are held against who asks without end: after a minute of rest they are forgotten."""
PATIENCE: Final = 0.25
"""Seconds that one of these waits for a place."""
FREE, OFTEN = 1, 1
"""Places that who asks often leaves free, and how many of them wait: a carrier's readers, who share an address."""
ROOM: Final = 20_000
"""Networks remembered; further ones count as one."""


class Turns:
    """At most `places` inside at once, and `waiting` who wait for one; each of them holds a thread of the server."""

    def __init__(self, places: int, waiting: int) -> None:
        """Of those who wait, one may be of who asks often."""
        self._free = places
        self._room = {True: max(0, waiting - OFTEN), False: min(waiting, OFTEN)}
        self._waiting = {True: 0, False: 0}
        """Whether they ask seldom → how many wait."""
        self._asked: dict[bytes, tuple[float, float]] = {}
        self._swept = 0.0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def enter(self, address: Address | None) -> Iterator[None]:
        """Raises Refusal where there is no place, or others come first. Who has no address is held to nothing."""
        with self._changed:
            if not self._take(is_seldom=address is None or self._note(address) <= SELDOM):
                raise Refusal(answers.UNAVAILABLE, _("Many search at once. Try again in a moment."))
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def _take(self, *, is_seldom: bool) -> bool:
        def may_enter() -> bool:
            return self._free > 0 if is_seldom else self._free > FREE and not self._waiting[True]

        has_place = may_enter() and not self._waiting[is_seldom]
        if not has_place and not self._wait(may_enter, is_seldom=is_seldom):
            return False
        self._free -= 1
        return True

    def _wait(self, may_enter: Callable[[], bool], *, is_seldom: bool) -> bool:
        """Whether a place came free in time."""
        if self._waiting[is_seldom] >= self._room[is_seldom]:
            return False
        self._waiting[is_seldom] += 1
        try:
            return self._changed.wait_for(may_enter, PATIENCE)
        finally:
            self._waiting[is_seldom] -= 1

    def _note(self, address: Address) -> float:
        """How often the network has asked lately: one more each time, and one less each second or two."""
        now = time.monotonic()
        network = posts.network_of(address)
        if network not in self._asked and len(self._asked) >= ROOM:
            self._forget(now)
            network = network if len(self._asked) < ROOM else b""
        times = min(MOST, self._left(network, now) + 1)
        self._asked[network] = times, now
        return times

    def _left(self, network: bytes, now: float) -> float:
        times, at = self._asked.get(network, (0.0, now))
        return max(0.0, times - (now - at) * SELDOM / PERIOD)

    def _forget(self, now: float) -> None:
        """Who rested; looked for now and then, for it takes milliseconds."""
        if now - self._swept < PERIOD:
            return
        self._swept = now
        self._asked = {network: noted for network, noted in self._asked.items() if self._left(network, now)}
