"""One reading of one pressed file: its bytes and the answers made of them, so that none mixes two versions."""

from __future__ import annotations

import base64
import hashlib
import os
import stat
import time
from typing import Final

from warraq.front import answers
from warraq.front.answers import Answer
from warraq.front.changes import NEVER
from warraq.front.headers import Dress

YOUNG_NS: Final = 50_000_000
"""A file changed in the last 50 ms may be replaced within the same tick of the file system's clock, under the number
of the file before: only its bytes would tell. It is read again until it is older."""

Signature = tuple[int, int, int]
NOT_THERE: Final = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class Copy:
    __slots__ = ("etag", "is_young", "seen", "signature", "unchanged", "used", "whole")

    def __init__(self, signature: Signature, whole: Answer, unchanged: Answer, etag: str, is_young: bool) -> None:
        self.signature = signature
        self.whole = whole
        """The answer with the page in it."""
        self.unchanged = unchanged
        """The answer for a reader who has it."""
        self.etag = etag
        self.is_young = is_young
        self.seen = NEVER
        """When its file was looked at last."""
        self.used = False


def signature_of(found: os.stat_result) -> Signature:
    """What tells one version of a file from another."""
    return found.st_mtime_ns, found.st_size, found.st_ino


def read(
    file: str, path: str, coding: str, dress: Dress, status: str = answers.OK, page: os.stat_result | None = None
) -> Copy | None:
    """The page at public `path`, from `file`, which holds it in `coding`; None where there is no such file, or where
    `page` is given and bears another stamp: then the file is of another version of it.

    Raises OSError where it is there and cannot be read.
    """
    try:
        with open(file, "rb", buffering=0) as handle:  # noqa: PTH123  a str is what the caches are keyed by
            found = os.fstat(handle.fileno())
            if page is not None and found.st_mtime_ns != page.st_mtime_ns:
                return None
            body = handle.readall() or b""
    except NOT_THERE:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    etag = f'"{base64.urlsafe_b64encode(hashlib.blake2b(body, digest_size=12).digest()).decode()}"'
    whole = Answer(status, dress.page(path, coding, etag, len(body)), body)
    unchanged = Answer(answers.NOT_MODIFIED, dress.unchanged(path, etag))
    is_young = 0 <= time.time_ns() - found.st_mtime_ns < YOUNG_NS
    return Copy(signature_of(page or found), whole, unchanged, etag, is_young)
