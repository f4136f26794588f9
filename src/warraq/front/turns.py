"""Whose turn it is where few can be served at once: who asked least.

Of a flood from some hundred networks a reader who asks now and then notices little: who asks often leaves one place
free, and is told to come again while somebody waits.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
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
FREE: Final = 1
"""Places that who asks often leaves free."""
ROOM: Final = 20_000
"""Networks remembered; further ones count as one."""


class Turns:
    """At most `places` inside at once, and `waiting` who wait for one; each of them holds a thread of the server."""

    def __init__(self, places: int, waiting: int) -> None:
        self._free = places
        self._room = waiting
        self._waiting = 0
        self._asked: dict[bytes, tuple[float, float]] = {}
        self._swept = 0.0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def enter(self, address: Address | None) -> Iterator[None]:
        """Raises Refusal where there is no place, or others come first."""
        with self._changed:
            if not self._take(is_seldom=self._note(address) <= SELDOM):
                raise Refusal(answers.UNAVAILABLE, _("Many search at once. Try again in a moment."))
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()

    def _take(self, *, is_seldom: bool) -> bool:
        if self._free > (0 if is_seldom else FREE) and (is_seldom or not self._waiting):
            self._free -= 1
            return True
        if not is_seldom or self._waiting >= self._room:
            return False
        self._waiting += 1
        try:
            has_place = self._changed.wait_for(lambda: self._free > 0, PATIENCE)
        finally:
            self._waiting -= 1
        self._free -= has_place
        return has_place

    def _note(self, address: Address | None) -> float:
        """How often the network has asked lately: one more each time, and one less each second or two."""
        now = time.monotonic()
        network = posts.network_of(address) if address else b""
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
