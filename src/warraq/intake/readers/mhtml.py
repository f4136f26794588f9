"""Pages saved by a browser as one file (MHTML, RFC 2557): the page in it, pictures and styles left."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesParser
from typing import Final

_START: Final = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\r\n]{0,1000}\r?\n(?:[ \t][^\r\n]{0,1000}\r?\n){0,20}){2,30}")
_RELATED: Final = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def page_of_archive(data: bytes) -> bytes | None:
    """The first HTML part of an archive, its address told in a <base>; None where `data` is no archive."""
    head = _START.match(data.lstrip()[:20_000])
    if not head or not _RELATED.search(head[0]):
        return None
    message = BytesParser(policy=policy.compat32).parsebytes(data.lstrip())
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(payload, bytes) and payload.strip():
            return _told(str(part.get("Content-Location") or ""), str(part.get_content_charset() or "")) + payload
    return None


def _told(address: str, charset: str) -> bytes:
    """What only the part's headers said, as the page would say it."""
    charset = charset if re.fullmatch(r"[\w-]{2,40}", charset) else ""
    address = address if re.fullmatch(r"https?://[^\s\"'<>]{4,2000}", address) else ""
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"{meta}<!-- saved from url=({len(address):04}){address} -->".encode() if address else meta.encode()
