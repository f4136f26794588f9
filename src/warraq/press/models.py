"""The press's own tables: what is to do, what was pressed, and what was where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import models

from warraq.press.sheets import Lane, Ref

IN_ONE_QUERY = 500
Row = TypeVar("Row", bound=models.Model)


def rows_of(rows: models.QuerySet[Row], refs: Iterable[Ref]) -> list[Row]:
    """Those of `rows`, which have kind and ident, that are of these sheets. Asked by kind: the index begins so."""
    by_kind: dict[str, list[str]] = {}
    for ref in refs:
        by_kind.setdefault(ref.kind, []).append(ref.ident)
    found: list[Row] = []
    for kind, idents in by_kind.items():
        for start in range(0, len(idents), IN_ONE_QUERY):
            found += rows.filter(kind=kind, ident__in=idents[start : start + IN_ONE_QUERY])
    return found


class Change(models.Model):
    """A key that changed, written in the transaction of the edit itself."""

    key = models.CharField(max_length=200)
    lane = models.PositiveSmallIntegerField(default=Lane.EDITOR)
    cause = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.key


class GatheredKey(models.Model):
    """A key that a Change brought and that was looked up among what sheets read. Kept for an hour where several
    processes press: a sheet that one of them was just rendering had not said yet that it reads it."""

    key = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.key


class Run(models.Model):
    """A press of much of the archive at once, for its progress: `total` sheets were due when it began."""

    cause = models.CharField(max_length=200)
    total = models.PositiveIntegerField()
    thorough = models.BooleanField(default=False)
    """It compares the files themselves, and ends with the removal of those that belong nowhere."""
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.cause


class DueSheet(models.Model):
    """A sheet to press. However many changes meet it, it is one row."""

    kind = models.CharField(max_length=40)
    ident = models.CharField(max_length=120)
    lane = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=200, blank=True)
    asked = models.CharField(max_length=32, default="")
    """Another one each time that it is asked for: what was asked for while it was being pressed is pressed again."""
    thorough = models.BooleanField(default=False)
    """Look at the files themselves instead of believing the ledger."""
    not_before = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.SET_NULL, related_name="due")
    claimed_by = models.CharField(max_length=80, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ident"], name="due_sheet_once")]
        indexes = [
            models.Index(fields=["lane", "order", "id"], name="due_sheet_queue"),
            models.Index(fields=["failures"], name="due_sheet_failures"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"


class SheetRecord(models.Model):
    """The ledger: a sheet as it lies in the pressed tree."""

    kind = models.CharField(max_length=40)
    ident = models.CharField(max_length=120)
    path = models.CharField(max_length=240, db_index=True)
    status = models.PositiveSmallIntegerField(default=200)
    digest = models.CharField(max_length=64)
    template_version = models.CharField(max_length=16, db_index=True)
    pressed_at = models.DateTimeField()
    cause = models.CharField(max_length=200, blank=True)
    orphaned_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ident"], name="sheet_record_once")]

    def __str__(self) -> str:
        return self.path

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.ident)


class KeyRead(models.Model):
    """A key that a sheet read when it was last rendered."""

    sheet = models.ForeignKey(SheetRecord, on_delete=models.CASCADE, related_name="keys_read")
    key = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="key_read_once")]

    def __str__(self) -> str:
        return self.key


class Want(models.Model):
    """A sheet made on demand that another sheet needs."""

    sheet = models.ForeignKey(SheetRecord, on_delete=models.CASCADE, related_name="wants")
    kind = models.CharField(max_length=40)
    ident = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "kind", "ident"], name="want_once")]
        indexes = [models.Index(fields=["kind", "ident"], name="want_wanted")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"


class Trace(models.Model):
    """A public path where a sheet once was. Readers get a 301 to where it is now, or a 410."""

    path = models.CharField(max_length=240, unique=True)
    kind = models.CharField(max_length=40)
    ident = models.CharField(max_length=120)
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "ident"], name="trace_of_sheet")]

    def __str__(self) -> str:
        return self.path


class BucketFile(models.Model):
    """A place of the copy in a bucket: what was sent last, and whether it is to be looked at again."""

    tree = models.CharField(max_length=8)
    path = models.CharField(max_length=240)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the bytes that the bucket holds; empty where that is not certain."""
    due_at = models.DateTimeField(null=True, blank=True)
    """Compared with the pressed folder from then on; None where nothing changed since it was sent."""
    lane = models.PositiveSmallIntegerField(default=Lane.TAIL)
    order = models.PositiveSmallIntegerField(default=0)
    asked = models.CharField(max_length=32, blank=True)
    """Another one each time that the place changes: what changed while it was being sent is sent again."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tree", "path"], name="bucket_file_once")]
        indexes = [
            models.Index(
                fields=["lane", "order", "id"], name="bucket_file_queue", condition=models.Q(due_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.tree}{self.path}"


class BucketState(models.Model):
    """How the copying goes; one row."""

    target = models.CharField(max_length=500, blank=True)
    """Which bucket the digests are of."""
    sent_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="bucket_state_one_row")]

    def __str__(self) -> str:
        return self.target
