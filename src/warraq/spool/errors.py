"""What can go wrong in a spool, and with what is sent from one to another.

SpoolError
├── RecordTooLarge    the record is longer than a segment may hold; nothing was written
├── SpoolFull         the disk's reserve would be touched; nothing was written
├── SpoolFailed       a write or sync failed; whether the record is kept is unknown, so it counts as not kept
├── BadParcel         what came in is no parcel, a damaged one, or one of another paper; nothing of it was taken
├── BadOutbox         how far a front has packed its spool cannot be read, or is older than what it sent
└── StreamAway        the server of the stream does not answer as it should; what was to be sent is kept
"""

from __future__ import annotations


class SpoolError(Exception):
    """What was asked of the spool was not done."""


class RecordTooLarge(SpoolError):
    pass


class SpoolFull(SpoolError):
    pass


class SpoolFailed(SpoolError):
    pass


class BadParcel(SpoolError):
    pass


class BadOutbox(SpoolError):
    pass


class StreamAway(SpoolError):
    def __init__(self, why: str) -> None:
        super().__init__(f"the stream's server does not answer as it should: {why}")
        self.why = why
