"""What the pressroom does for readership, again and again."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from warraq.readership import services, standings
from warraq.readership.models import SpoolCursor
from warraq.readership.services import fold_day, forget, take_in_records
from warraq.spool import Batch, SpoolReader

log = logging.getLogger(__name__)

BATCH = 5_000
"""Reads counted in one transaction: a tenth of a second, for which an editor's save may have to wait."""


def take_in() -> int:
    """Take in the next batch of spooled reads; how many records it held. Call it until that is 0.

    The counts and how far was read are kept in one transaction; only then are segments removed, and after them their
    cursors. Killed in between, nothing is lost and nothing counts twice.
    """
    standings.advance(now=timezone.now())
    spool = SpoolReader(settings.WARRAQ_SPOOL / "reads")
    before = _cursors()
    batch = spool.read(before, limit=BATCH)
    moved = {name: position for name, position in batch.cursors.items() if before.get(name) != position}
    if moved:
        with services.networks.unless_it_fails(), transaction.atomic():
            if _cursors() != before:
                return 0  # somebody else took them in the meantime
            now = timezone.now()
            take_in_records(records=batch.records, now=now)
            if len(batch.records) < BATCH:  # nothing older waits, so that no repeat is missed
                forget(now=now)
            SpoolCursor.objects.bulk_create(
                (SpoolCursor(segment=name, position=position) for name, position in moved.items()),
                update_conflicts=True,
                unique_fields=["segment"],
                update_fields=["position"],
            )
    _report_damage(spool, batch)
    _clear(spool, {**before, **batch.cursors})
    return len(batch.records)


def fold() -> int:
    """Fold the hours of the oldest day that no ranking needs any more; 1 if there was one. Called now and then."""
    return int(fold_day(now=timezone.now()))


def _cursors() -> dict[str, int]:
    return dict(SpoolCursor.objects.values_list("segment", "position"))


def _report_damage(spool: SpoolReader, batch: Batch) -> None:
    """Put damaged segments aside for a person, once their sound records are taken in."""
    if batch.damaged:
        spool.set_aside(batch.damaged)
    aside = [name for name in batch.damaged if not (spool.folder / name).exists()]
    if aside or batch.skipped:
        log.error("reads: %d damaged records were left out; segments put aside: %s", batch.skipped, aside)


def _clear(spool: SpoolReader, cursors: dict[str, int]) -> None:
    """Remove segments that are taken in, then their cursors: the other way round a kill would count them again."""
    done = spool.finished(cursors)
    if done:
        spool.remove(done)
        gone = [name for name in done if not (spool.folder / name).exists()]
        SpoolCursor.objects.filter(segment__in=gone).delete()
