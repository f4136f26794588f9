"""How far a room took its spool in, as rows of that room's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.db import models, transaction


class RowCursors:
    """`warraq.spool.taking.Cursors` in a model with the fields `segment` and `position`."""

    def __init__(self, model: type[models.Model]) -> None:
        self._rows: Any = model._default_manager
        self._model: Any = model

    def load(self) -> dict[str, int]:
        return dict(self._rows.values_list("segment", "position"))

    def save(self, moved: Mapping[str, int]) -> None:
        self._rows.bulk_create(
            (self._model(segment=name, position=position) for name, position in moved.items()),
            update_conflicts=True,
            unique_fields=["segment"],
            update_fields=["position"],
        )

    def drop(self, names: Iterable[str]) -> None:
        self._rows.filter(segment__in=list(names)).delete()

    def transaction(self) -> AbstractContextManager[object]:
        return transaction.atomic()
