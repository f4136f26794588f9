"""Somebody who wants an article to rise: k addresses, in few networks or in as many, plainly or among other reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from readers import carriers
from simulated import Sent

ADDRESSES = (1, 100, 10_000)
READS = {1: 5_000, 100: 5_000, 10_000: 10_000}
"""Reads of the target that are sent in all, by addresses: more than a rule lets through, or so the attacker hopes."""
AGENTS = 1_000
"""Agents he makes up; more would only take us longer."""
IN_A_NETWORK = 250


FEW, OWN, CARRIER = "in as few /24 as hold them", "each in its own /24", "behind the honest crowd's carrier"


@dataclass(frozen=True)
class Attack:
    addresses: int
    where: str
    """FEW, OWN or CARRIER: somebody on the telephone whose carrier many readers have."""
    noise: int
    """Reads of other articles for each of the target."""
    target: int

    @property
    def name(self) -> str:
        return f"{self.addresses:,} {self.where}, {f'noise {self.noise} : 1' if self.noise else 'plain'}"

    def address(self, number: int) -> str:
        if self.where == CARRIER:
            return carriers(number)
        network, place = (number, 7) if self.where == OWN else divmod(number, IN_A_NETWORK)
        return f"20.{network >> 8}.{network & 255}.{place + (self.where == FEW)}"


def plans(targets: Sequence[int], *, noises: Sequence[int], has_carrier: bool) -> list[Attack]:
    """Every attacker on every target. One address is in one network however it is spread."""
    layouts = [(1, FEW), *([(1, CARRIER)] if has_carrier else [])]
    layouts += [(addresses, where) for addresses in ADDRESSES[1:] for where in (FEW, OWN)]
    return [Attack(*layout, noise, target) for layout in layouts for noise in noises for target in targets]


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
        articles += random.choices(others, k=plan.noise)
        address, agent = plan.address(number % plan.addresses), random.choice(made)
        for article in articles:
            load = f"{random.getrandbits(64):016x}" if has_loads else ""
            found.append(Sent(random.uniform(since, until), article, address, agent, "attack", 0, load))
    return sorted(found, key=lambda one: one.at)
