"""Reads as pages send them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from warraq.readership import networks, services
from warraq.spool import SpoolWriter


def record(article: object, visitor: object = "ab12", at: object = None, **fields: object) -> bytes:
    """A read as the front spools it. `at`: a moment, or the number to send."""
    moment = at or timezone.now()
    t = int(moment.timestamp() * 1000) if isinstance(moment, datetime) else moment
    told = {"a": getattr(article, "pk", article), "t": t, "v": visitor, "n": "cd34"}
    return json.dumps(told | fields, separators=(",", ":")).encode()


@pytest.fixture(autouse=True)
def _networks_that_read_nothing_yet(monkeypatch):
    monkeypatch.setattr(services, "networks", networks.Networks())


@pytest.fixture
def send(settings, tree) -> Callable[..., list[Path]]:
    """`send(*records)` into the spool, as a front that then ends; the segments."""

    def put(*records: bytes, **more: int) -> list[Path]:
        writer = SpoolWriter(settings.WARRAQ_SPOOL / "reads", **more)
        for one in records:
            writer.append(one, durable=False)
        writer.close()
        return sorted((settings.WARRAQ_SPOOL / "reads").glob("*.log"))

    return put
