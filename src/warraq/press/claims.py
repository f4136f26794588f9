"""Claims: several processes press one queue, none of them a sheet that another is at.

Only where the database is shared by processes that write at the same time (PostgreSQL). On SQLite one process at a
time presses, and there is nothing to claim. A claim is a lease: where its process dies it runs out, or is freed by
whoever sees that it died.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from warraq.press.models import DueSheet, GatheredKey, KeyRead, SheetRecord, rows_of
from warraq.press.processes import is_running
from warraq.press.sheets import Order, Ref

KEPT = timedelta(hours=1)
"""How long gathered keys are kept: longer than any rendering takes."""
LEASE = timedelta(seconds=60)
"""A step takes a tenth of a second, with many new pictures a few."""
TURN = 0x77617272
"""Number of the lock under which the queue is read and claimed ("warr")."""


def are_shared() -> bool:
    """Whether several processes may press at the same time."""
    return connection.vendor == "postgresql"


def worker() -> str:
    """This process, among all that press this paper."""
    return f"{socket.gethostname()}:{os.getpid()}"


def take_turn(*, wait: bool = False) -> bool:
    """Be the only one at the queue until the transaction ends; False where another is, unless it may `wait`."""
    if not are_shared():
        return True  # the writers' lock of the transaction itself
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_xact_lock(%s)", [TURN])
        return wait or bool(cursor.fetchone()[0])


@transaction.atomic
def claim_step(
    due: QuerySet[DueSheet], now: datetime, *, most: int, size: Callable[[list[DueSheet]], int], landings: Sequence[int]
) -> list[DueSheet]:
    """Claim the next sheets of `due` that may land now, whatever others are at: of up to `most` as many as `size` says.

    Within a lane nothing lands before what comes earlier in it did, and nothing goes while anything else is on the way.
    """
    take_turn(wait=True)
    held = set(DueSheet.objects.filter(claimed_until__gt=now).values_list("lane", "order"))
    free = due.filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
    for lane in sorted(set(free.values_list("lane", flat=True).distinct())):
        rows = list(free.filter(lane=lane).order_by("order", "id")[:most])
        high = next(last for last in landings if rows[0].order <= last)
        before = {order for at, order in held if at == lane or high == Order.GOING}
        resting = DueSheet.objects.filter(not_before__gt=now, failures=0, pk__lt=rows[0].pk)
        if any(order <= _floor(landings, high) for order in before) or (high == Order.GOING and resting.exists()):
            continue
        step = [row for row in rows if row.order <= high]
        step = step[: size(step)]
        claimed = DueSheet.objects.filter(pk__in=[row.pk for row in step])
        claimed.update(claimed_by=worker(), claimed_until=now + LEASE)
        return step
    return []


def _floor(landings: Sequence[int], high: int) -> int:
    """The last order of what lands before the sheets up to `high`."""
    return max((last for last in landings if last < high), default=-1)


def note_gathered(keys: Iterable[str]) -> None:
    """Write down which keys are looked up now, in that transaction. Whoever renders meanwhile compares."""
    if are_shared():
        GatheredKey.objects.filter(at__lt=timezone.now() - KEPT).delete()
        GatheredKey.objects.bulk_create(GatheredKey(key=key) for key in sorted(keys))


def last_gathered() -> int:
    """What was gathered last, for `overtaken`."""
    last = GatheredKey.objects.order_by("-pk").values_list("pk", flat=True).first() if are_shared() else None
    return last or 0


@transaction.atomic
def overtaken(refs: Iterable[Ref], *, since: int) -> set[Ref]:
    """Those of these sheets, just written down, that read what another process gathered after `since`: it could not
    know of them. Whoever gathers is waited for; who gathers later finds them."""
    if not are_shared():
        return set()
    take_turn(wait=True)
    new = GatheredKey.objects.filter(pk__gt=since)
    if not new.exists():
        return set()
    records = {record.pk: record.ref for record in rows_of(SheetRecord.objects.all(), refs)}
    read = KeyRead.objects.filter(sheet__in=list(records), key__in=new.values("key"))
    return {records[pk] for pk in read.values_list("sheet_id", flat=True).distinct()}


def free(sheets: Iterable[DueSheet]) -> None:
    """These sheets, where they are still due, are nobody's."""
    if are_shared():
        DueSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(claimed_by="", claimed_until=None)


def free_dead() -> int:
    """Free what processes of this machine claimed that run no longer; how many sheets."""
    if not are_shared():
        return 0
    freed = 0
    names = DueSheet.objects.exclude(claimed_by="").values_list("claimed_by", flat=True).distinct()
    for name in names:
        host, _sep, pid = name.rpartition(":")
        if host == socket.gethostname() and not is_running(int(pid)):
            freed += DueSheet.objects.filter(claimed_by=name).update(claimed_by="", claimed_until=None)
    return freed
