"""The day's salt, the same on every front: agreed on through the stream, where one is set, and kept in the spool.

It is done beside the front, today's before the front starts and tomorrow's ahead of time, so that no reader's request
ever waits for it. Where the server is away each front makes its own, and a reader of two fronts counts twice that day.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import threading
import time

from warraq.config.paper import PaperConfig
from warraq.front.visitors import SALT_BYTES, Salts
from warraq.spool.errors import StreamAway
from warraq.spool.stream import Stream

TIMEOUT_SECONDS = 1.0
"""A front that starts waits so long for a server that is away."""
LOOK_SECONDS = 300.0
log = logging.getLogger(__name__)


def agree(config: PaperConfig, stream: Stream, day: dt.date, *, now: dt.datetime) -> None:
    """Keep the salt of `day` that all fronts have; one that is kept already is offered, and stays. Raises StreamAway;
    OSError where it cannot be kept."""
    salts = Salts(config.spool / "salt")
    found = salts.found(day)
    ends = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC)
    offered = found or secrets.token_bytes(SALT_BYTES)
    salt = stream.agree(f"salt:{day.isoformat()}", offered, seconds=max(60, int((ends - now).total_seconds())))
    if found is None and len(salt) == SALT_BYTES:
        salts.keep(day, salt)


def keep_agreed(config: PaperConfig) -> None:
    """Agree on today's salt, and on each tomorrow's in a thread of its own from now on."""
    if not config.fronts.stream:
        return
    stream = Stream(config.fronts.stream, paper=config.fronts.paper, timeout_seconds=TIMEOUT_SECONDS)
    _try(config, stream, days=0)
    threading.Thread(target=_go_on, args=(config, stream), name="salts", daemon=True).start()


def _go_on(config: PaperConfig, stream: Stream) -> None:
    while True:
        _try(config, stream, days=1)
        _try(config, stream, days=0)
        time.sleep(LOOK_SECONDS)


def _try(config: PaperConfig, stream: Stream, *, days: int) -> None:
    now = dt.datetime.now(dt.UTC)
    try:
        agree(config, stream, now.date() + dt.timedelta(days=days), now=now)
    except (StreamAway, OSError) as error:
        log.warning("no salt was agreed on: %s", error)
