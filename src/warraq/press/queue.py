"""The queue: Changes turned into due sheets, one row a sheet, and which of them are pressed next.

A step is a part of the queue that lands together: sheets of one lane, and of it the changed page itself, or other
leaves, or lists and the front, or feeds and fragments, or what goes. So an article is live before its lists are
rendered, no list leads to a page that is not there yet, and nothing goes while a list still leads to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from warraq.press import claims
from warraq.press.errors import told
from warraq.press.models import IN_ONE_QUERY, Change, DueSheet, KeyRead, Run, rows_of
from warraq.press.sheets import Lane, Order, Ref, kind_of, kinds
from warraq.press.watch import followed

STEP = 8
"""Sheets pressed between two looks at what editors did meanwhile: a tenth of a second, which is what one may wait."""
LONG_STEP = 48
"""The same where much of the archive is on the way."""
MUCH = 600
"""Sheets from which on other processes render ahead: two seconds, in which they have started."""
CHANGES = 500
"""Changes turned into due sheets in one transaction."""
LANDINGS = (Order.LEAF - 1, Order.LEAF, Order.FRONT, Order.FRAGMENT, Order.GOING)
"""The last order of each run of sheets that land together."""
RETRY_SECONDS = 30
"""First wait before a sheet that raised is tried again; doubled each time, an hour at most."""
REST_SECONDS = 0.5
"""A page that changed in place does so again after this at the earliest: a burst of edits presses it a few times."""
LONGEST_WAIT_SECONDS = 3600
"""Whoever is to wait longer than this waits because the clock was put back, and does not."""
RUN = 200
"""Sheets that become due at once and are then shown as one run with its progress."""
DUE = connection.ops.quote_name(DueSheet._meta.db_table)
ENQUEUE = f"""
    INSERT INTO {DUE} (kind, ident, lane, "order", cause, asked, thorough, run_id, failures, error, claimed_by)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 0, '', '')
    ON CONFLICT (kind, ident) DO UPDATE SET
        lane = CASE WHEN excluded.lane < {DUE}.lane THEN excluded.lane ELSE {DUE}.lane END,
        "order" = excluded."order", cause = excluded.cause, asked = excluded.asked,
        thorough = {DUE}.thorough OR excluded.thorough, run_id = COALESCE(excluded.run_id, {DUE}.run_id),
        not_before = CASE WHEN {DUE}.failures > 0 THEN NULL ELSE {DUE}.not_before END
"""  # noqa: S608  a name of ours


class Due(NamedTuple):
    """What is to be written down of a sheet that becomes due."""

    ref: Ref
    lane: int
    order: int
    cause: str


def due_sheet(ref: Ref, *, lane: int, cause: str) -> Due:
    kind = kind_of(ref.kind)
    return Due(ref, lane if lane == Lane.EDITOR else min(lane, kind.lane), kind.order, cause[:200])


@transaction.atomic
def gather() -> int:
    """Turn Changes into due sheets, editors' first; how many changes it took. Lists are brought up to date here."""
    if not claims.take_turn():
        return 0  # another process does it at this moment
    changes = list(Change.objects.exclude(_waits(timezone.now())).order_by("lane", "id")[:CHANGES])
    if not changes:
        return 0
    due: dict[Ref, Due] = {}
    failed: dict[str, str] = {}
    for lane in sorted({change.lane for change in changes}):
        part = [change for change in changes if change.lane == lane]
        changed = {change.key for change in part}
        cause = next((change.cause for change in part if change.cause), part[0].key)
        found, errors = followed(sorted(changed))
        failed |= errors
        claims.note_gathered(found)
        for ref in sorted(_touched(found)):
            sheet = due_sheet(ref, lane=lane, cause=cause)
            if f"{ref.kind}:{ref.ident}" in changed:
                # The page of the very thing that changed: its editor waits for it, and others are about to link to it.
                is_one_of_many = lane == Lane.TAIL and len(part) > STEP  # which came at once: nobody waits
                sheet = sheet._replace(lane=Lane.EDITOR, order=sheet.order if is_one_of_many else Order.LEAF - 1)
            due.setdefault(ref, sheet)
    enqueue(due.values())
    Change.objects.filter(pk__in=[change.pk for change in changes if change.key not in failed]).delete()
    for change in changes:
        if change.key in failed:
            _set_aside(change, failed[change.key])
    return len(changes)


def _touched(keys: set[str]) -> set[Ref]:
    """Sheets that read one of `keys`, and sheets that may come to be by them."""
    found: set[Ref] = set()
    ordered = sorted(keys)
    for start in range(0, len(ordered), IN_ONE_QUERY):
        rows = KeyRead.objects.filter(key__in=ordered[start : start + IN_ONE_QUERY])
        found |= {Ref(kind, ident) for kind, ident in rows.values_list("sheet__kind", "sheet__ident").iterator()}
    for kind in kinds():
        found |= {Ref(kind.name, ident) for key in ordered for ident in kind.coming(key)}
    return found


@transaction.atomic(savepoint=False)
def enqueue(sheets: Collection[Due], *, thorough: bool = False) -> None:
    """Make these due. One that waits already waits on in the better of its lanes: an editor's page is not put behind
    a press of the whole archive. What rests after it was pressed rests on; what failed is tried at once. Many sheets,
    or a `thorough` press, are shown as one run. All of an archive is plain rows here, never objects: it may be much."""
    run, favourites = _begin_run(sheets, thorough=thorough), set[Ref]()
    if run is not None:
        favourites = {Ref(kind.name, ident) for kind in kinds() for ident in kind.hot()}
    asked, run_id = uuid.uuid4().hex, run.pk if run else None
    rows = [
        (*ref, Lane.FRONT if lane == Lane.TAIL and ref in favourites else lane, order, cause, asked, thorough, run_id)
        for ref, lane, order, cause in sheets
    ]
    with connection.cursor() as cursor:
        cursor.executemany(ENQUEUE, rows)


def _begin_run(sheets: Collection[Due], *, thorough: bool) -> Run | None:
    """A run where so many become due that are in none yet. Readers' favourites then come first where nothing else
    depends on the order: in the long tail no page moves."""
    if not thorough:
        if len(sheets) < RUN:
            return None
        known = DueSheet.objects.exclude(run=None).values_list("kind", "ident")
        in_runs = {Ref(kind, ident) for kind, ident in known.iterator()}
        if sum(sheet.ref not in in_runs for sheet in sheets) < RUN:
            return None
    cause = next((sheet.cause for sheet in sheets), "")
    return Run.objects.create(cause=cause, total=len(sheets), thorough=thorough)


def _set_aside(change: Change, error: str) -> None:
    """What follows from a change could not be found: it is looked for again later."""
    change.not_before = timezone.now() + _wait(change.failures)
    change.failures += 1
    change.error = error
    change.save(update_fields=["not_before", "failures", "error"])


def _wait(failures: int) -> timedelta:
    return timedelta(seconds=min(RETRY_SECONDS * 2 ** min(failures, 10), LONGEST_WAIT_SECONDS))


def _waits(now: datetime) -> Q:
    return Q(not_before__gt=now, not_before__lte=now + timedelta(seconds=LONGEST_WAIT_SECONDS))


def next_step(*, is_long: bool = False, patient: bool = False) -> list[DueSheet]:
    """The sheets that land together next; empty where none is due now. `is_long`: more of the long tail at once;
    `patient`: what rests is left to rest."""
    now = timezone.now()
    due = DueSheet.objects.exclude(_waits(now) if patient else _waits(now) & Q(failures__gt=0))
    if claims.are_shared():
        return claims.claim_step(due, now, most=LONG_STEP, size=_size, landings=LANDINGS)
    step = _step_of(list(due.order_by("lane", "order", "id")[:LONG_STEP]))
    if step and step[0].order == Order.GOING:
        return [sheet for sheet in step if not (patient and _is_led_to(sheet, now))]
    return step[: _size(step, is_long=is_long)]


def coming(*, besides: Collection[Ref], steps: int) -> list[Ref]:
    """What is pressed in so many steps after `besides`, as it looks now, where so much is due that others should render
    it already; else nothing. Several pressing processes render ahead of themselves by their number."""
    if not steps or claims.are_shared() or not DueSheet.objects.all()[MUCH : MUCH + 1].exists():
        return []
    due = DueSheet.objects.exclude(_waits(timezone.now())).exclude(order=Order.GOING).order_by("lane", "order", "id")
    rows = due.values_list("kind", "ident")[: len(besides) + steps * LONG_STEP]
    return [ref for kind, ident in rows if (ref := Ref(kind, ident)) not in besides]


def _size(step: list[DueSheet], *, is_long: bool = False) -> int:
    """How many land together: few where an editor may be waiting, many where much of the archive is on the way."""
    is_much = len(step) == LONG_STEP and step[0].order >= Order.LEAF
    return LONG_STEP if is_much or (is_long and step and step[0].lane == Lane.TAIL) else STEP


def _step_of(due: list[DueSheet]) -> list[DueSheet]:
    if not due:
        return []
    high = next(last for last in LANDINGS if due[0].order <= last)
    return [sheet for sheet in due if sheet.lane == due[0].lane and sheet.order <= high]


def _is_led_to(sheet: DueSheet, now: datetime) -> bool:
    """Whether a page that rests, and was due before `sheet` was to go, may lead to it still."""
    return DueSheet.objects.filter(_waits(now), failures=0, pk__lt=sheet.pk).exists()


def retry(failed: Mapping[Ref, Exception], *, cause: str) -> None:
    """Make due again what failed without having been due: a picture that a page wanted."""
    enqueue([due_sheet(ref, lane=Lane.EDITOR, cause=cause) for ref in sorted(failed)])
    for sheet in rows_of(DueSheet.objects.all(), failed):
        _put_off(sheet, failed[_ref(sheet)])


@transaction.atomic
def settle(
    due: list[DueSheet], *, failed: Mapping[Ref, Exception], held: Collection[Ref], resting: Collection[Ref]
) -> None:
    """Take what was pressed off the queue; what failed is tried again later, what goes waits until lists are done, and
    what changed a moment ago rests. What was asked for once more meanwhile stays due."""
    done = [sheet for sheet in due if _ref(sheet) not in {*failed, *held, *resting}]
    for asked in sorted({sheet.asked for sheet in done}):
        DueSheet.objects.filter(pk__in=[sheet.pk for sheet in done if sheet.asked == asked], asked=asked).delete()
    going = DueSheet.objects.filter(pk__in=[sheet.pk for sheet in due if _ref(sheet) in held])
    going.update(order=Order.GOING)
    lists = [kind.name for kind in kinds() if kind.order > Order.LEAF]
    going.filter(kind__in=lists).update(lane=Lane.TAIL)  # every page of the archive may lead to a section
    rest = timezone.now() + timedelta(seconds=REST_SECONDS)
    DueSheet.objects.filter(pk__in=[sheet.pk for sheet in due if _ref(sheet) in resting]).update(not_before=rest)
    for sheet in due:
        if _ref(sheet) in failed:
            _put_off(sheet, failed[_ref(sheet)])
    claims.free(due)


def _put_off(sheet: DueSheet, error: Exception) -> None:
    """It failed: it is tried again later."""
    sheet.not_before = timezone.now() + _wait(sheet.failures)
    sheet.failures += 1
    sheet.error = told(error)
    sheet.save(update_fields=["failures", "not_before", "error"])


def finished_runs() -> list[Run]:
    """Runs that are not over yet and of which nothing is due any more, but for what failed."""
    return [run for run in Run.objects.filter(finished_at=None).order_by("pk") if not _goes_on(run)]


def _goes_on(run: Run) -> bool:
    return run.due.filter(failures=0).exists()


def _ref(sheet: DueSheet) -> Ref:
    return Ref(sheet.kind, sheet.ident)
