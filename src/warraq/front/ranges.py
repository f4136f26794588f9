"""A part of a picture or a font (RFC 9110 section 14), so that a broken line need not bring it all again.

One range of bytes, of files that have one form alone; of everything else, and of what is more than one, all is sent.
"""

from __future__ import annotations

import re

from warraq.front import answers
from warraq.front.answers import Answer, Environ
from warraq.front.copies import Copy
from warraq.press import layout

_ONE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.ASCII)


def answer(environ: Environ, path: str, copy: Copy) -> Answer:
    """What of `copy` is asked for: a part, 416 where it has no such, or all of it."""
    asked = _ONE.fullmatch(environ["HTTP_RANGE"].strip())
    is_get = environ["REQUEST_METHOD"] == "GET"
    if asked is None or not any(asked.groups()) or not is_get or layout.suffix_of(path) in layout.COMPRESSIBLE:
        return copy.whole
    if environ.get("HTTP_IF_RANGE", copy.etag) != copy.etag or copy.whole.status != answers.OK:
        return copy.whole
    body, size = copy.whole.body, len(copy.whole.body)
    first, last = asked.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return copy.whole
    if start >= size:
        return Answer(answers.NO_SUCH_RANGE, _headers(copy, 0, f"bytes */{size}"))
    part = body[start:end]
    return Answer(answers.PARTIAL, _headers(copy, len(part), f"bytes {start}-{end - 1}/{size}"), part)


def _headers(copy: Copy, length: int, says: str) -> answers.Headers:
    others = [pair for pair in copy.whole.headers if pair[0] != "content-length"]
    return [("content-length", str(length)), ("content-range", says), *others]
