"""The bytes of a segment: a header, then frames, little endian.

    segment   "WARRAQSP"  version u32  token[4]
    frame     token[4]  length u32  crc u32  payload      crc: CRC-32 (zlib) of token, length and payload

The token is random for each segment. It lets a reader find the next frame after a corrupt one, and whoever sends
records in cannot know it, so that no record's payload is ever taken for a frame.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import Final

MAGIC: Final = b"WARRAQSP"
VERSION: Final = 1
SUFFIX: Final = ".log"
MAX_RECORD: Final = 1 << 20
"""Bytes of the longest record."""

_SEGMENT: Final = struct.Struct("<8sI4s")
_FRAME: Final = struct.Struct("<4sII")
_CHECKED: Final = struct.Struct("<4sI")
SEGMENT_HEADER: Final = _SEGMENT.size
FRAME_HEADER: Final = _FRAME.size


def segment_header(token: bytes) -> bytes:
    return _SEGMENT.pack(MAGIC, VERSION, token)


def token_of(header: bytes) -> bytes | None:
    """The token of a segment's header; None where it is not a header of this version."""
    if len(header) != SEGMENT_HEADER:
        return None
    magic, version, token = _SEGMENT.unpack(header)
    return token if (magic, version) == (MAGIC, VERSION) else None


def frame(token: bytes, payload: bytes) -> bytes:
    return _FRAME.pack(token, len(payload), _crc(token, payload)) + payload


def _crc(token: bytes, payload: bytes) -> int:
    return zlib.crc32(payload, zlib.crc32(_CHECKED.pack(token, len(payload))))


@dataclass(frozen=True)
class Header:
    length: int
    crc: int


def parse_header(token: bytes, head: bytes) -> Header | None:
    """The header of a frame in `head`; None where it is none."""
    if len(head) < FRAME_HEADER:
        return None
    found, length, crc = _FRAME.unpack_from(head)
    return Header(length, crc) if found == token and length <= MAX_RECORD else None


def matches(token: bytes, header: Header, payload: bytes) -> bool:
    return len(payload) == header.length and _crc(token, payload) == header.crc


def next_frame(token: bytes, data: bytes, start: int) -> int | None:
    """Where the first whole and sound frame in `data` at or after `start` begins; None where there is none."""
    while (start := data.find(token, start)) >= 0:
        header = parse_header(token, data[start : start + FRAME_HEADER])
        body = start + FRAME_HEADER
        if header and matches(token, header, data[body : body + header.length]):
            return start
        start += 1
    return None


def is_torn(token: bytes, rest: bytes) -> bool:
    """Whether `rest`, which holds no sound frame, is what an unfinished write leaves: the start of one, or zeros."""
    if not rest.strip(b"\0"):
        return True
    if len(rest) < FRAME_HEADER:
        return rest[:4] == token[: len(rest)]
    header = parse_header(token, rest)
    return header is not None and len(rest) < FRAME_HEADER + header.length
