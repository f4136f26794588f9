"""What the pressroom does for readership, again and again."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from warraq.newsroom.cursors import RowCursors
from warraq.readership import standings
from warraq.readership.models import SpoolCursor
from warraq.readership.services import forget, take_in_records
from warraq.spool.taking import Intake, Taken

BATCH = 5_000
"""Reads counted in one transaction: a tenth of a second, for which an editor's save may have to wait."""


def intake() -> Intake:
    return Intake(settings.WARRAQ_SPOOL, "reads", settings.WARRAQ_SPOOL_PAPER, RowCursors(SpoolCursor))


def take_in() -> int:
    """Count the next spooled reads, of whichever front; how many records there were. Call it until that is 0."""
    standings.advance(now=timezone.now())
    return intake().take_in(_count, limit=BATCH)


def _count(taken: Taken) -> None:
    take_in_records(records=taken.records, now=timezone.now())
    if taken.complete is not None:  # nothing older waits, so that no repeat is missed
        forget(now=taken.complete)
