"""What the pressroom does for comments, again and again."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from warraq.comments.models import SpoolCursor
from warraq.comments.services import take_in_records
from warraq.newsroom.cursors import RowCursors
from warraq.spool.taking import Intake, Taken

BATCH = 500
"""Comments kept in one transaction."""


def intake() -> Intake:
    return Intake(settings.WARRAQ_SPOOL, "comments", settings.WARRAQ_SPOOL_PAPER, RowCursors(SpoolCursor))


def take_in() -> int:
    """Keep the next spooled comments, of whichever front; how many records there were. Call it until that is 0."""
    return intake().take_in(_keep, limit=BATCH)


def _keep(taken: Taken) -> None:
    take_in_records(records=taken.records, received_at=timezone.now())
