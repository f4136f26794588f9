"""What a request's headers choose among the forms of one page (RFC 9110 sections 12.5.3 and 13.1.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from warraq.press import layout

IDENTITY: Final = "identity"
LONGEST: Final = 200
"""Characters of an Accept-Encoding that are looked at; browsers send 25."""

_CODING = re.compile(r"([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*(?:;\s*[qQ]\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


@lru_cache(maxsize=256)
def codings(accept: str) -> tuple[str, ...]:
    """Content codings that the reader takes, best first, identity always last or where it is preferred.

    Of codings wanted alike the pressed tree's own order decides, which is the smallest first. Identity stays on the
    list even where it is refused: a page that can be read is a better answer than a 406.
    """
    wanted: dict[str, float] = {}
    for part in accept[:LONGEST].lower().split(","):
        match = _CODING.fullmatch(part.strip())
        if match:
            wanted[match[1]] = float(match[2] or 1)
    if "x-gzip" in wanted:
        wanted.setdefault("gzip", wanted["x-gzip"])
    others = wanted.get("*", 0.0)
    offered = {coding: wanted.get(coding, others) for coding in layout.ENCODINGS}
    taken = {coding: weight for coding, weight in offered.items() if weight > 0}
    # Not named, identity is acceptable but not asked for: it comes after every coding that is.
    taken[IDENTITY] = wanted.get(IDENTITY, 0.0)
    return tuple(sorted(taken, key=lambda coding: -taken[coding]))


def is_unchanged(if_none_match: str, etag: str) -> bool:
    """Whether the reader holds `etag` already; a cache on the way may have made it a weak one."""
    if etag in if_none_match:
        return any(part.strip().removeprefix("W/") == etag for part in if_none_match.split(","))
    return if_none_match.strip() == "*"
