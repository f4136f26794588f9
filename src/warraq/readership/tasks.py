"""What the pressroom does for readership, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warraq.newsroom.cursors import RowCursors
from warraq.readership import services, standings
from warraq.readership.models import SpoolCursor
from warraq.readership.services import fold_day, forget, take_in_records
from warraq.spool.taking import Intake, Taken

BATCH = 5_000
"""Reads counted in one transaction: a tenth of a second, for which an editor's save may have to wait."""


class _Cursors(RowCursors):
    """What is taken back in the database is taken back in the memory of networks."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with services.networks.unless_it_fails(), transaction.atomic():
            yield


def intake() -> Intake:
    return Intake(settings.WARRAQ_SPOOL, "reads", settings.WARRAQ_SPOOL_PAPER, _Cursors(SpoolCursor))


def take_in() -> int:
    """Count the next spooled reads, of whichever front; how many records there were. Call it until that is 0."""
    standings.advance(now=timezone.now())
    return intake().take_in(_count, limit=BATCH)


def _count(taken: Taken) -> None:
    take_in_records(records=taken.records, now=timezone.now())
    if taken.complete is not None:  # nothing older waits, so that no repeat is missed
        forget(now=taken.complete)


def fold() -> int:
    """Fold the hours of the oldest day that no ranking needs any more; 1 if there was one. Called now and then."""
    return int(fold_day(now=timezone.now()))
