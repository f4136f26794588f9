"""The bytes of a parcel: records of one spool that a further front sends to the pressroom, numbered from 1.

    parcel    "WARRAQPA"  version u32  head's length u32  body's length u32  head  body  sum[16]
    head      JSON: what `Label` holds
    body      records, each  length u32  bytes
    sum       BLAKE2b of everything before it

All integers are little endian. Sum and label tell what was cut, changed or sent to the wrong place; they are no proof
of who sent it: that is kept by whoever may write into the inbox or the stream.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from warraq.spool.errors import BadParcel
from warraq.spool.frames import MAX_RECORD

MAGIC: Final = b"WARRAQPA"
VERSION: Final = 1
SUFFIX: Final = ".parcel"
MOST_RECORDS: Final = 5_000
FULL_BYTES: Final = 512 << 10
"""A parcel ends with the record that takes it over this many bytes."""
MOST_BYTES: Final = FULL_BYTES + MAX_RECORD + 4 * MOST_RECORDS + 4096
"""Of a whole parcel."""
LARGEST: Final = 2**53
"""Of a number and of a time, so that every program reads them alike."""
FRONT: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?-[0-9a-f]{12}")
"""A front's id: the name of its machine, and what makes it the only one."""
_NAME: Final = re.compile(rf"({FRONT.pattern})-([0-9]{{12}})")
_START: Final = struct.Struct("<8sIII")
_LENGTH: Final = struct.Struct("<I")
_SUM: Final = 16
_MOST_HEAD: Final = 1024


@dataclass(frozen=True)
class Label:
    """Whose parcel it is. `complete`: what that front had acknowledged by then, Unix milliseconds, is in this parcel
    and those before it."""

    paper: str
    kind: str
    front: str
    number: int
    complete: int


@dataclass(frozen=True)
class Parcel:
    label: Label
    records: tuple[bytes, ...]


def file_name(front: str, number: int) -> str:
    """It says the front, so that one folder takes the parcels of all."""
    return f"{front}-{number:012d}{SUFFIX}"


def named(name: str) -> tuple[str, int] | None:
    """(front, number) of a parcel's file, by its name; None where it is none."""
    found = _NAME.fullmatch(name.removesuffix(SUFFIX)) if name.endswith(SUFFIX) else None
    return (found[1], int(found[2])) if found and int(found[2]) else None


def pack(label: Label, records: Sequence[bytes]) -> bytes:
    head = json.dumps(asdict(label), separators=(",", ":")).encode()
    body = b"".join(part for record in records for part in (_LENGTH.pack(len(record)), record))
    data = _START.pack(MAGIC, VERSION, len(head), len(body)) + head + body
    return data + _sum(data)


def unpack(data: bytes) -> Parcel:
    """Raises BadParcel for whatever `pack` did not make."""
    if len(data) > MOST_BYTES:
        raise BadParcel("it is too long")
    if len(data) < _START.size + _SUM:
        raise BadParcel("it is cut")
    magic, version, head, body = _START.unpack_from(data)
    if magic != MAGIC:
        raise BadParcel("it is none")
    if version != VERSION:
        raise BadParcel(f"it has the form {version}; this Warraq reads {VERSION}")
    if head > _MOST_HEAD or len(data) != _START.size + head + body + _SUM:
        raise BadParcel("it is cut")
    if _sum(data[:-_SUM]) != data[-_SUM:]:
        raise BadParcel("it is not as it was written")
    start = _START.size + head
    return Parcel(_label(data[_START.size : start]), _records(data[start : start + body]))


def _label(head: bytes) -> Label:
    try:
        label = Label(**json.loads(head))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadParcel("its label cannot be read") from error
    texts: tuple[Any, ...] = (label.paper, label.kind, label.front)
    numbers: tuple[Any, ...] = (label.number, label.complete)
    if not (
        all(isinstance(text, str) for text in texts)
        and all(type(number) is int and 0 <= number < LARGEST for number in numbers)
        and FRONT.fullmatch(label.front)
        and 0 < label.number < 10**12
    ):
        raise BadParcel("its label makes no sense")
    return label


def _records(body: bytes) -> tuple[bytes, ...]:
    records: list[bytes] = []
    at = 0
    while at < len(body):
        if at + _LENGTH.size > len(body):
            raise BadParcel("its records are cut")
        (length,) = _LENGTH.unpack_from(body, at)
        at += _LENGTH.size
        if length > MAX_RECORD or at + length > len(body) or len(records) >= MOST_RECORDS:
            raise BadParcel("its records are cut, or too many")
        records.append(body[at : at + length])
        at += length
    return tuple(records)


def _sum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SUM).digest()
