"""The queue: Changes turned into due sheets, one row a sheet, and which of them are pressed next.

A step is a part of the queue that lands together: sheets of one lane, and of it the changed page itself, or other
leaves, or lists and the front, or feeds and fragments, or what goes. So an article is live before its lists are
rendered, no list leads to a page that is not there yet, and nothing goes while a list still leads to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from warraq.press.models import Change, DueSheet, KeyRead
from warraq.press.sheets import Lane, Order, Ref, kind_of, kinds
from warraq.press.watch import followed

STEP = 8
"""Sheets pressed between two looks at what editors did meanwhile: a tenth of a second, which is what one may wait."""
CHANGES = 500
"""Changes turned into due sheets in one transaction."""
LANDINGS = (Order.LEAF - 1, Order.LEAF, Order.FRONT, Order.FRAGMENT, Order.GOING)
"""The last order of each run of sheets that land together."""
RETRY_SECONDS = 30
"""First wait before a sheet that raised is tried again; doubled each time, an hour at most."""
IN_ONE_QUERY = 500


@transaction.atomic
def gather() -> int:
    """Turn Changes into due sheets; how many changes it took. Lists are brought up to date here."""
    changes = list(Change.objects.order_by("id")[:CHANGES])
    if not changes:
        return 0
    due: dict[Ref, DueSheet] = {}
    for lane in sorted({change.lane for change in changes}):
        part = [change for change in changes if change.lane == lane]
        changed = {change.key for change in part}
        cause = next((change.cause for change in part if change.cause), part[0].key)
        for ref in _touched(followed(sorted(changed))):
            sheet = due_sheet(ref, lane=lane, cause=cause)
            if f"{ref.kind}:{ref.ident}" in changed:
                # The page of the very thing that changed: its editor waits for it, and others are about to link to it.
                sheet.lane, sheet.order = Lane.EDITOR, Order.LEAF - 1
            due.setdefault(ref, sheet)
    enqueue(due.values())
    Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _touched(keys: set[str]) -> set[Ref]:
    """Sheets that read one of `keys`, and sheets that may come to be by them."""
    found: set[Ref] = set()
    ordered = sorted(keys)
    for start in range(0, len(ordered), IN_ONE_QUERY):
        rows = KeyRead.objects.filter(key__in=ordered[start : start + IN_ONE_QUERY])
        found |= {Ref(kind, ident) for kind, ident in rows.values_list("sheet__kind", "sheet__ident")}
    for kind in kinds():
        found |= {Ref(kind.name, ident) for key in ordered for ident in kind.coming(key)}
    return found


def due_sheet(ref: Ref, *, lane: int, cause: str) -> DueSheet:
    kind = kind_of(ref.kind)
    return DueSheet(
        kind=ref.kind,
        ident=ref.ident,
        lane=lane if lane == Lane.EDITOR else min(lane, kind.lane),
        order=kind.order,
        cause=cause[:200],
    )


def enqueue(sheets: Iterable[DueSheet]) -> None:
    """Make these due. One that waits already waits on in the better of its lanes: an editor's page is not put behind
    a press of the whole archive."""
    sheets = list(sheets)
    waiting = {(row.kind, row.ident): row.lane for row in _waiting(sheets)}
    for sheet in sheets:
        sheet.lane = min(sheet.lane, waiting.get((sheet.kind, sheet.ident), sheet.lane))
    DueSheet.objects.bulk_create(
        sheets,
        update_conflicts=True,
        unique_fields=["kind", "ident"],
        update_fields=["lane", "order", "cause", "not_before"],
        batch_size=100,
    )


def _waiting(sheets: list[DueSheet]) -> list[DueSheet]:
    idents = sorted({sheet.ident for sheet in sheets})
    found: list[DueSheet] = []
    for start in range(0, len(idents), IN_ONE_QUERY):
        found += DueSheet.objects.filter(ident__in=idents[start : start + IN_ONE_QUERY])
    return found


def next_step() -> list[DueSheet]:
    """The sheets that land together next; empty where none is due now."""
    now = timezone.now()
    due = list(DueSheet.objects.exclude(not_before__gt=now).order_by("lane", "order", "id")[:STEP])
    if not due:
        return []
    high = next(last for last in LANDINGS if due[0].order <= last)
    return [sheet for sheet in due if sheet.lane == due[0].lane and sheet.order <= high]


def retry(refs: Iterable[Ref], *, cause: str) -> None:
    """Make due again what failed without having been due: a picture that a page wanted."""
    sheets = [due_sheet(ref, lane=Lane.EDITOR, cause=cause) for ref in sorted(refs)]
    for sheet in sheets:
        sheet.failures, sheet.not_before = 1, timezone.now() + timedelta(seconds=RETRY_SECONDS)
    enqueue(sheets)


@transaction.atomic
def settle(due: list[DueSheet], *, failed: Collection[Ref], held: Collection[Ref]) -> None:
    """Take what was pressed off the queue; what failed is tried again later, what goes waits until lists are done."""
    DueSheet.objects.filter(pk__in=[sheet.pk for sheet in due if _ref(sheet) not in {*failed, *held}]).delete()
    going = DueSheet.objects.filter(pk__in=[sheet.pk for sheet in due if _ref(sheet) in held])
    going.update(order=Order.GOING)
    lists = [kind.name for kind in kinds() if kind.order > Order.LEAF]
    going.filter(kind__in=lists).update(lane=Lane.TAIL)  # every page of the archive may lead to a section
    for sheet in due:
        if _ref(sheet) in failed:
            wait = min(RETRY_SECONDS * 2**sheet.failures, 3600)
            sheet.failures += 1
            sheet.not_before = timezone.now() + timedelta(seconds=wait)
            sheet.save(update_fields=["failures", "not_before"])


def _ref(sheet: DueSheet) -> Ref:
    return Ref(sheet.kind, sheet.ident)
