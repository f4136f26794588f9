"""The ledger: what lies in the pressed tree, what it read, and what was where before."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from warraq.press.models import KeyRead, SheetRecord, Trace, Want, rows_of
from warraq.press.rendering import Rendered, template_version
from warraq.press.sheets import LEFTOVER, Ref, kind_of, kinds


def records_of(refs: Iterable[Ref]) -> dict[Ref, SheetRecord]:
    """The records of those of `refs` that were pressed."""
    return {record.ref: record for record in rows_of(SheetRecord.objects.all(), refs)}


def all_refs() -> list[Ref]:
    """Every sheet that should exist and every one that was pressed, except those made on demand; leaves first."""
    refs = {Ref(kind.name, ident): None for kind in kinds() if not kind.on_demand for ident in kind.idents()}
    for kind, ident in SheetRecord.objects.exclude(kind__in=_on_demand()).order_by("id").values_list("kind", "ident"):
        refs.setdefault(Ref(kind, ident))
    return list(refs)


def wanted_refs() -> list[Ref]:
    """Every sheet made on demand that a page wants."""
    rows = SheetRecord.objects.filter(kind__in=_on_demand(), orphaned_at=None).order_by("id")
    return [Ref(kind, ident) for kind, ident in rows.values_list("kind", "ident")]


def _on_demand() -> list[str]:
    return [kind.name for kind in kinds() if kind.on_demand]


def is_lived_at(path: str, *, besides: Collection[Ref], status: int | None = None) -> bool:
    """Whether a sheet other than `besides` lies at `path` (with that status, if given)."""
    rows = SheetRecord.objects.filter(path=path)
    return any(row.ref not in besides and status in (None, row.status) for row in rows)


@transaction.atomic(savepoint=False)
def reserve(
    rendered: Iterable[Rendered], records: dict[Ref, SheetRecord], *, written: Collection[Ref], cause: str
) -> None:
    """Before anything lands, write down each path that a sheet comes to, and that those of `written` are on the way.

    Killed between landing and the ledger's last word, the press finds these rows: a page that must go by then is found
    and removed, and one that was on the way is written again, even where it is to be as it was before.
    """
    now = timezone.now()
    new = []
    for one in rendered:
        if one.page is None:
            continue
        record = records.get(one.ref)
        if record is None:
            kind, ident = one.ref
            page = one.page
            new.append(
                SheetRecord(kind=kind, ident=ident, path=page.path, status=page.status, pressed_at=now, cause=cause)
            )
        elif record.path != one.page.path and not kind_of(one.ref.kind).on_demand:
            Trace.objects.update_or_create(path=one.page.path, defaults={"kind": one.ref.kind, "ident": one.ref.ident})
    on_the_way = [records[ref] for ref in written if ref in records and records[ref].digest]
    for record in on_the_way:
        record.digest = ""
    SheetRecord.objects.filter(pk__in=[record.pk for record in on_the_way]).update(digest="")
    # Another process may have made a picture that this one made as well.
    SheetRecord.objects.bulk_create(new, ignore_conflicts=True, batch_size=100)
    records |= records_of(Ref(record.kind, record.ident) for record in new)


def note_pages(rendered: Iterable[Rendered], records: dict[Ref, SheetRecord], *, cause: str, now: datetime) -> None:
    """Write down that these pages lie in the tree, as far as that is news."""
    changed = []
    for one in rendered:
        record, page = records.get(one.ref), one.page
        if page is None or record is None:
            continue
        new = (page.path, page.status, page.digest, template_version(), None)
        if (record.path, record.status, record.digest, record.template_version, record.orphaned_at) == new:
            continue
        if record.path != page.path:
            leave_trace(record)
        if (record.digest, record.path, record.status) != (page.digest, page.path, page.status):
            record.pressed_at, record.cause = now, cause
        record.path, record.status, record.digest, record.template_version, record.orphaned_at = new
        changed.append(record)
    # Rows that are there already: an update of each by its own values costs ten times as much.
    SheetRecord.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["kind", "ident"],
        update_fields=["path", "status", "digest", "template_version", "orphaned_at", "pressed_at", "cause"],
        batch_size=50,
    )


def note_reads(noted: list[tuple[Rendered, SheetRecord]]) -> set[Ref]:
    """Write down what these sheets read and want. Returns the on-demand sheets that some of them want no longer."""
    pks = [record.pk for _rendered, record in noted]
    old_keys: dict[int, dict[str, int]] = {pk: {} for pk in pks}
    for pk, sheet, key in KeyRead.objects.filter(sheet__in=pks).values_list("pk", "sheet_id", "key"):
        old_keys[sheet][key] = pk
    old_wants: dict[int, dict[Ref, int]] = {pk: {} for pk in pks}
    for pk, sheet, kind, ident in Want.objects.filter(sheet__in=pks).values_list("pk", "sheet_id", "kind", "ident"):
        old_wants[sheet][Ref(kind, ident)] = pk
    lost: set[Ref] = set()
    gone_keys: list[int] = []
    gone_wants: list[int] = []
    new_keys: list[tuple[int, str]] = []
    new_wants: list[tuple[int, str, str]] = []
    for rendered, record in noted:
        keys, wants = old_keys[record.pk], old_wants[record.pk]
        gone_keys += [pk for key, pk in keys.items() if key not in rendered.record.keys]
        gone_wants += [pk for ref, pk in wants.items() if ref not in rendered.record.wants]
        new_keys += [(record.pk, key) for key in sorted(rendered.record.keys - keys.keys())]
        new_wants += [(record.pk, *ref) for ref in sorted(rendered.record.wants - wants.keys())]
        lost |= wants.keys() - rendered.record.wants
    KeyRead.objects.filter(pk__in=gone_keys).delete()
    Want.objects.filter(pk__in=gone_wants).delete()
    _insert(KeyRead, ("sheet_id", "key"), new_keys)
    _insert(Want, ("sheet_id", "kind", "ident"), new_wants)
    return lost


def _insert(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[int | str, ...]]) -> None:
    """Add these rows, but for those that are there. A page has forty of them: as objects they cost as much as it does
    itself."""
    names, places = ", ".join(map(connection.ops.quote_name, columns)), ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places}) ON CONFLICT DO NOTHING", rows)  # noqa: S608  names of ours


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
    again = [record.pk for record in rows_of(SheetRecord.objects.filter(orphaned_at__isnull=False), refs)]
    SheetRecord.objects.filter(pk__in=again).update(orphaned_at=None)
