"""The ledger: what lies in the pressed tree, what it read, and what was where before."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from warraq.press.models import KeyRead, SheetRecord, Trace, Want
from warraq.press.rendering import Rendered, template_version
from warraq.press.sheets import LEFTOVER, Page, Ref, kind_of
from warraq.press.store import digest_of


def records_of(refs: Iterable[Ref]) -> dict[Ref, SheetRecord]:
    """The records of those of `refs` that were pressed."""
    by_kind: dict[str, list[str]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.ident)
    found: dict[Ref, SheetRecord] = {}
    for kind, idents in by_kind.items():
        for start in range(0, len(idents), 500):
            part = SheetRecord.objects.filter(kind=kind, ident__in=idents[start : start + 500])
            found |= {record.ref: record for record in part}
    return found


def is_lived_at(path: str, *, besides: Collection[Ref], status: int | None = None) -> bool:
    """Whether a sheet other than `besides` lies at `path` (with that status, if given)."""
    rows = SheetRecord.objects.filter(path=path)
    return any(row.ref not in besides and status in (None, row.status) for row in rows)


@transaction.atomic
def reserve(rendered: Iterable[Rendered], records: dict[Ref, SheetRecord], *, cause: str) -> None:
    """Before anything lands, write down each path that a sheet comes to.

    Killed between landing and the ledger's last word, the press finds these rows, and a page that must go by then
    is found and removed.
    """
    now = timezone.now()
    for one in rendered:
        if one.page is None:
            continue
        record = records.get(one.ref)
        if record is None:
            records[one.ref] = SheetRecord.objects.create(
                kind=one.ref.kind,
                ident=one.ref.ident,
                path=one.page.path,
                status=one.page.status,
                pressed_at=now,
                cause=cause,
            )
        elif record.path != one.page.path and not kind_of(one.ref.kind).on_demand:
            Trace.objects.update_or_create(path=one.page.path, defaults={"kind": one.ref.kind, "ident": one.ref.ident})


def note_page(rendered: Rendered, page: Page, record: SheetRecord, *, cause: str, now: datetime) -> None:
    """Write down that `page` lies in the tree, if that is news."""
    digest = digest_of(page.body)
    new = (page.path, page.status, digest, template_version(), None)
    if (record.path, record.status, record.digest, record.template_version, record.orphaned_at) == new:
        return
    if record.path != page.path:
        leave_trace(record)
    if (record.digest, record.path, record.status) != (digest, page.path, page.status):
        record.pressed_at, record.cause = now, cause
    record.path, record.status, record.digest, record.template_version, record.orphaned_at = new
    record.save()


def note_reads(noted: list[tuple[Rendered, SheetRecord]]) -> set[Ref]:
    """Write down what these sheets read and want. Returns the on-demand sheets that some of them want no longer."""
    pks = [record.pk for _rendered, record in noted]
    old_keys: dict[int, dict[str, int]] = {pk: {} for pk in pks}
    for pk, sheet, key in KeyRead.objects.filter(sheet__in=pks).values_list("pk", "sheet_id", "key"):
        old_keys[sheet][key] = pk
    old_wants: dict[int, dict[Ref, int]] = {pk: {} for pk in pks}
    for row in Want.objects.filter(sheet__in=pks):
        old_wants[row.sheet_id][Ref(row.kind, row.ident)] = row.pk
    lost: set[Ref] = set()
    gone_keys, gone_wants, new_keys, new_wants = [], [], [], []
    for rendered, record in noted:
        keys, wants = old_keys[record.pk], old_wants[record.pk]
        gone_keys += [pk for key, pk in keys.items() if key not in rendered.record.keys]
        gone_wants += [pk for ref, pk in wants.items() if ref not in rendered.record.wants]
        new_keys += [KeyRead(sheet=record, key=key) for key in sorted(rendered.record.keys - keys.keys())]
        new_wants += [
            Want(sheet=record, kind=ref.kind, ident=ref.ident) for ref in sorted(rendered.record.wants - wants.keys())
        ]
        lost |= wants.keys() - rendered.record.wants
    KeyRead.objects.filter(pk__in=gone_keys).delete()
    Want.objects.filter(pk__in=gone_wants).delete()
    KeyRead.objects.bulk_create(new_keys, batch_size=500)
    Want.objects.bulk_create(new_wants, batch_size=500)
    return lost


def strike(record: SheetRecord) -> set[Ref]:
    """Write down that the sheet is gone. Returns the on-demand sheets that it wanted."""
    wanted = {Ref(row.kind, row.ident) for row in record.wants.all()}
    if kind_of(record.kind).leaves_trace:
        leave_trace(record)
    record.delete()
    return wanted


def leave_trace(record: SheetRecord) -> None:
    """Remember that this sheet was at its path. Where its kind leaves none, until its file there is removed."""
    if not kind_of(record.kind).on_demand:
        Trace.objects.update_or_create(path=record.path, defaults={"kind": record.kind, "ident": record.ident})


def leave_over(record: SheetRecord) -> None:
    """Keep the file of an on-demand sheet that gets another path, until the grace is over."""
    SheetRecord.objects.update_or_create(
        kind=LEFTOVER,
        ident=hashlib.sha256(record.path.encode()).hexdigest(),
        defaults={
            "path": record.path,
            "digest": record.digest,
            "template_version": record.template_version,
            "pressed_at": record.pressed_at,
            "orphaned_at": timezone.now(),
        },
    )


def orphan(refs: Iterable[Ref], *, now: datetime) -> None:
    """Mark those on-demand sheets that nothing wants any more."""
    for ref in refs:
        if not Want.objects.filter(kind=ref.kind, ident=ref.ident).exists():
            SheetRecord.objects.filter(kind=ref.kind, ident=ref.ident, orphaned_at=None).update(orphaned_at=now)


def adopt(refs: set[Ref]) -> None:
    """Take the mark from on-demand sheets that are wanted again."""
    marked = SheetRecord.objects.exclude(orphaned_at=None)
    again = [record.pk for record in marked if record.ref in refs]
    SheetRecord.objects.filter(pk__in=again).update(orphaned_at=None)
