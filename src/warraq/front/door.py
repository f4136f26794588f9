"""What every post passes: from which site it comes, how many are waited for, and what is kept of its sender."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, Final

from warraq.front import posts
from warraq.front.answers import Environ
from warraq.front.posts import Address, Gate, Senders
from warraq.front.robots import Robots
from warraq.front.visitors import Visitors

POSTS_AT_ONCE: Final = 7
"""Posts that wait for a body or a disk. The server has more threads than these and searches together."""
POSTS_EACH: Final = 6
"""Of these, how many from one network."""


@dataclass(frozen=True)
class Door:
    senders: Senders
    visitors: Visitors
    robots: Robots
    origin: str
    """The paper's own, where it is set."""
    gate: Gate = field(default_factory=lambda: Gate(POSTS_AT_ONCE, POSTS_EACH))

    def admit(self, environ: Environ) -> Address | None:
        """Who sends a post. Raises Refusal where another site's page does."""
        posts.refuse_other_sites(environ, self.origin)
        return self.senders.address(environ)

    def marks(self, environ: Environ, address: Address | None, article: int, load: str = "") -> dict[str, Any]:
        """What is kept of a post to `article`: "t" when, in ms since 1970, "v" visitor, "n" network, "r" why it is set
        aside, if it is. `load` as in `Visitors.hashes`. Raises OSError where the day's salt cannot be kept."""
        now = time.time()
        visitor, network = self.visitors.hashes(address, environ.get("HTTP_USER_AGENT", ""), article, now, load)
        reason = self.robots.reason(environ)
        return {"t": int(now * 1000), "v": visitor, "n": network, **({"r": reason} if reason else {})}
