"""The encodings that lie beside a page, and whether they hold it."""

from __future__ import annotations

import gzip
import hashlib
import zlib

import brotli

from warraq.press import layout

SMALLEST = 256
"""Bytes under which encodings are not worth a file."""


def digest_of(body: bytes) -> str:
    """SHA-256 of a page's bytes, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def encodings(path: str, body: bytes, quality: int) -> dict[str, bytes]:
    """Suffix → bytes of the encodings of `path` that are smaller than it; `quality` is brotli's, 0 to 11."""
    if len(body) < SMALLEST or layout.suffix_of(path) not in layout.COMPRESSIBLE:
        return {}
    packed = {".br": brotli.compress(body, quality=quality), ".gz": gzip.compress(body, 6, mtime=0)}
    return {suffix: data for suffix, data in packed.items() if len(data) < len(body)}


def decoded(suffix: str, data: bytes) -> bytes | None:
    """What an encoding holds; None where it is damaged."""
    try:
        return bytes(brotli.decompress(data)) if suffix == ".br" else gzip.decompress(data)
    except (brotli.error, OSError, EOFError, zlib.error):
        return None
