"""One process that presses beside the pressroom. It is loaded before Django is set up."""

from __future__ import annotations

import logging
import time

from warraq.config.starting import set_up_django
from warraq.operations.stopping import Stopping
from warraq.press.pool import end_with

PAUSE_SECONDS = 0.05
"""Between two looks at an empty queue."""
LONGEST_PAUSE_SECONDS = 10.0

log = logging.getLogger(__name__)


def work(parent: int) -> None:
    """Press until SIGTERM, or until process `parent` is gone. The paper is the one that WARRAQ_PAPER names."""
    set_up_django()
    stopping = Stopping()
    end_with(parent)
    pause = PAUSE_SECONDS
    while not stopping():
        done = _press()
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS) if done is None else PAUSE_SECONDS
        if not done:
            time.sleep(pause)


def _press() -> int | None:
    """How many sheets were rendered; None where the press failed."""
    from django.db import close_old_connections  # noqa: PLC0415  see `work`

    from warraq.press.services import press_pending  # noqa: PLC0415

    try:
        return press_pending(limit_steps=1, patient=True).sheets_rendered
    except Exception:
        log.exception("a worker could not press; it tries again")
        return None
    finally:
        close_old_connections()
