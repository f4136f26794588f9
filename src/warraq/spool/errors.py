"""What can go wrong in a spool.

SpoolError
├── RecordTooLarge    the record is longer than a segment may hold; nothing was written
├── SpoolFull         the disk's reserve would be touched; nothing was written
└── SpoolFailed       a write or sync failed; whether the record is kept is unknown, so it counts as not kept
"""

from __future__ import annotations


class SpoolError(Exception):
    """A record was not kept."""


class RecordTooLarge(SpoolError):
    pass


class SpoolFull(SpoolError):
    pass


class SpoolFailed(SpoolError):
    pass
