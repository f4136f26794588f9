"""A spooled read as it comes in: hostile until it is looked at here. Nothing in a record makes this raise."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from warraq.readership.models import Reason

HOUR_MS = 3_600_000
LONGEST_HASH = 64
LARGEST_ID = 2**31 - 1
HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?")
FRONTS_REASONS = (Reason.ROBOT.value, Reason.PREFETCH.value, Reason.RATE.value)


@dataclass(frozen=True, slots=True)
class Read:
    """A read as it was sent. `at`: Unix milliseconds, within the time that is kept. `reason` is empty, or why it is
    set aside from the beginning; then the rest may say nothing. `host` is the other site's where it came from one."""

    article_id: int
    at: int
    visitor: str = ""
    network: str = ""
    reason: str = ""
    host: str = ""


def parse(record: bytes, *, now: int, earliest: int) -> Read:
    """What a record says. `now` and `earliest` are Unix milliseconds; a time after now becomes now: the clock of
    whoever wrote it was ahead, and the read did happen."""
    try:
        fields = json.loads(record)
    except (ValueError, RecursionError):
        return Read(0, now, reason=Reason.MALFORMED)
    if not isinstance(fields, dict):
        return Read(0, now, reason=Reason.MALFORMED)
    article, at = fields.get("a"), fields.get("t")
    visitor, network, reason = _hash(fields.get("v")), _hash(fields.get("n")), fields.get("r")
    if type(article) is not int or type(at) is not int or not (visitor and network):
        return Read(0, now, reason=Reason.MALFORMED)
    if not 0 < article <= LARGEST_ID:
        return Read(0, now, reason=Reason.UNKNOWN)
    if at < earliest:
        return Read(article, now, reason=Reason.TIME)
    at = min(at, now)
    if reason is not None:
        return Read(article, at, reason=reason if reason in FRONTS_REASONS else Reason.OTHER)
    return Read(article, at, visitor, network, host=_host(fields.get("h")))


def _hash(value: Any) -> str:
    """`value`, where it may be a hash; else nothing."""
    fits = isinstance(value, str) and len(value) <= LONGEST_HASH and value.isascii() and value.isprintable()
    return value if fits else ""


def _host(value: Any) -> str:
    return value if isinstance(value, str) and HOST.fullmatch(value) else ""
