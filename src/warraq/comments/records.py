"""A spooled comment as it comes in: hostile until it is cleaned here. Nothing in a record makes this raise."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from warraq.comments.models import NAME, TEXT, Rule
from warraq.language.bidi import clean_line, clean_text

OLDEST = timedelta(days=30)
"""A spool is taken in within moments, after a breakdown within days: an older time is a wrong one."""
_LARGEST_KEY = 2**63 - 1
_ID = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True)
class Sent:
    """A comment that was sent. `article_id` and `parent_id` may name nothing."""

    spool_id: str
    article_id: int | None
    parent_id: int | None
    name: str
    text: str
    sent_at: datetime
    visitor: str
    network: str
    rule: str
    """The rule that refused it where it came in; empty where none did."""


def parse(record: bytes, *, received_at: datetime) -> Sent | None:
    """What a record says, within bounds; None where it is no comment at all.

    A time to come, one without sense and one long past become the time of receipt. A record without a good id of
    its own is known by its digest, so that it too is taken once.
    """
    try:
        fields = json.loads(record)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        return None
    return Sent(
        spool_id=_matching(_ID, fields.get("id")) or hashlib.sha256(record).hexdigest()[:32],
        article_id=_key(fields.get("article")),
        parent_id=_key(fields.get("parent")),
        name=clean_line(_text(fields.get("name")), NAME),
        text=clean_text(fields["text"], TEXT),
        sent_at=_time(fields.get("t"), received_at),
        visitor=_matching(_HASH, fields.get("v")),
        network=_matching(_HASH, fields.get("n")),
        rule=_rule(fields.get("r")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""


def _key(value: Any) -> int | None:
    return value if type(value) is int and 0 < value <= _LARGEST_KEY else None


def _rule(reason: Any) -> str:
    if reason is None:
        return ""
    return Rule.HONEYPOT if reason == Rule.HONEYPOT else Rule.ROBOT


def _time(value: Any, received_at: datetime) -> datetime:
    earliest = received_at - OLDEST
    if type(value) is not int or not earliest.timestamp() * 1000 <= value <= received_at.timestamp() * 1000:
        return received_at
    return datetime.fromtimestamp(value / 1000, UTC)
