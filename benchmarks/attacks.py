"""Somebody who wants an article to rise: k addresses, in few networks or in as many, plainly or among other reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from simulated import Sent

ADDRESSES = (1, 100, 10_000)
READS = {1: 5_000, 100: 5_000, 10_000: 20_000}
"""Reads of the target that are sent in all, by addresses: more than a rule lets through, or so the attacker hopes."""
NOISE = 1
"""Other reads for each of the target, where there is noise."""
AGENTS = 1_000
"""Agents he makes up; more would only take us longer."""
IN_A_NETWORK = 250


@dataclass(frozen=True)
class Attack:
    addresses: int
    is_spread: bool
    """Whether each address lies in a /24 of its own; else they fill as few as they can."""
    has_noise: bool
    target: int

    @property
    def name(self) -> str:
        where = "each in its own /24" if self.is_spread else f"in {-(-self.addresses // IN_A_NETWORK)} × /24"
        return f"{self.addresses:,} {where}, {'noise' if self.has_noise else 'plain'}"

    def address(self, number: int) -> str:
        network, place = (number, 7) if self.is_spread else divmod(number, IN_A_NETWORK)
        place = place if self.is_spread else place + 1
        return f"20.{network >> 8}.{network & 255}.{place}"


def agents() -> list[str]:
    """Of telephones that were never made; no robot's."""
    random = Random("agents")
    return [
        f"Mozilla/5.0 (Linux; Android {random.randint(8, 15)}; Phone {random.getrandbits(40):x}) AppleWebKit/537.36 "
        f"(KHTML, like Gecko) Chrome/{random.randint(100, 141)}.0.0.0 Mobile Safari/537.36"
        for _ in range(AGENTS)
    ]


def attack(
    plan: Attack,
    *,
    since: float,
    until: float,
    others: Sequence[int],
    reads: int | None = None,
    has_loads: bool = True,
) -> list[Sent]:
    """Its reads, evenly over its addresses and the time (Unix seconds). Noise goes to `others` evenly: to articles that
    are no rivals."""
    random, made = Random(f"{plan}"), agents()
    found = []
    for number in range(reads or READS[plan.addresses]):
        articles = [plan.target]
        if plan.has_noise:
            articles += random.choices(others, k=NOISE)
        address, agent = plan.address(number % plan.addresses), random.choice(made)
        for article in articles:
            load = f"{random.getrandbits(64):016x}" if has_loads else ""
            found.append(Sent(random.uniform(since, until), article, address, agent, "attack", 0, load))
    return sorted(found, key=lambda one: one.at)
