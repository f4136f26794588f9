"""Spool: an append-only durable log, in plain Python, and how those of several machines come together in one.

Owns segments and parcels; knows no record's meaning.
"""

from __future__ import annotations

from warraq.spool.errors import RecordTooLarge, SpoolError, SpoolFailed, SpoolFull
from warraq.spool.reader import Batch, SpoolReader
from warraq.spool.writer import SpoolWriter

__all__ = ["Batch", "RecordTooLarge", "SpoolError", "SpoolFailed", "SpoolFull", "SpoolReader", "SpoolWriter"]
