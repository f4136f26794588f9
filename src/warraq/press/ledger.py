"""The ledger: what lies in the pressed tree, what it read, and what was where before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from warraq.press.models import KeyRead, SheetRecord, Trace, Want
from warraq.press.rendering import Rendered, template_version
from warraq.press.sheets import Page, Ref, kind_of
from warraq.press.store import digest_of


def records_of(refs: Iterable[Ref]) -> dict[Ref, SheetRecord]:
    """The records of those of `refs` that were pressed."""
    by_kind: dict[str, list[str]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.ident)
    found = {}
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
        elif record.path != one.page.path:
            Trace.objects.update_or_create(
                path=one.page.path, defaults={"kind": one.ref.kind, "ident": one.ref.ident}
            )


def note_page(rendered: Rendered, page: Page, record: SheetRecord | None, *, cause: str, now: datetime) -> set[Ref]:
    """Write down that `page` lies in the tree. Returns the on-demand sheets that it wants no longer."""
    digest = digest_of(page.body)
    if record is None:
        record = SheetRecord(kind=rendered.ref.kind, ident=rendered.ref.ident, pressed_at=now, cause=cause)
    elif record.path != page.path:
        leave_trace(record)
    if record.pk is None or record.digest != digest or record.path != page.path or record.status != page.status:
        record.pressed_at, record.cause = now, cause
    record.path, record.status, record.digest = page.path, page.status, digest
    record.template_version, record.orphaned_at = template_version(), None
    record.save()
    _replace_keys(record, rendered.record.keys)
    return _replace_wants(record, rendered.record.wants)


def _replace_keys(record: SheetRecord, keys: set[str]) -> None:
    old = set(record.keys_read.values_list("key", flat=True))
    if old - keys:
        record.keys_read.filter(key__in=old - keys).delete()
    KeyRead.objects.bulk_create(KeyRead(sheet=record, key=key) for key in sorted(keys - old))


def _replace_wants(record: SheetRecord, wants: set[Ref]) -> set[Ref]:
    rows = {Ref(row.kind, row.ident): row for row in record.wants.all()}
    lost = set(rows) - wants
    if lost:
        record.wants.filter(pk__in=[rows[ref].pk for ref in lost]).delete()
    Want.objects.bulk_create(Want(sheet=record, kind=ref.kind, ident=ref.ident) for ref in sorted(wants - set(rows)))
    return lost


def strike(record: SheetRecord) -> set[Ref]:
    """Write down that the sheet is gone. Returns the on-demand sheets that it wanted."""
    wanted = {Ref(row.kind, row.ident) for row in record.wants.all()}
    leave_trace(record)
    record.delete()
    return wanted


def leave_trace(record: SheetRecord) -> None:
    """Remember that this sheet was at its path, if its kind asks for that."""
    if kind_of(record.kind).leaves_trace:
        Trace.objects.update_or_create(path=record.path, defaults={"kind": record.kind, "ident": record.ident})


def orphan(refs: Iterable[Ref], *, now: datetime) -> None:
    """Mark those on-demand sheets that nothing wants any more."""
    for ref in refs:
        if not Want.objects.filter(kind=ref.kind, ident=ref.ident).exists():
            SheetRecord.objects.filter(kind=ref.kind, ident=ref.ident, orphaned_at=None).update(orphaned_at=now)


def adopt(refs: Iterable[Ref]) -> None:
    """Take the mark from on-demand sheets that are wanted again."""
    for ref in refs:
        SheetRecord.objects.filter(kind=ref.kind, ident=ref.ident).exclude(orphaned_at=None).update(orphaned_at=None)
