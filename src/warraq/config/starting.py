"""Django set up in a process of its own: the newsroom, the pressroom, a command, a process that renders."""

from __future__ import annotations

import gc

OBJECTS = (10_000, 20, 100)
"""How many new objects Python lets come together before it looks for garbage. Its own 700 are one query's: a sixth of
the time of a bulk write went into looking, and found nothing."""


def set_up_django() -> None:
    """Set Django up on the paper that `WARRAQ_PAPER` names; what is there then stays for good and is not looked at."""
    import django  # noqa: PLC0415  commands that read no database start without it

    django.setup()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OBJECTS)
