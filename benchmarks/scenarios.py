"""One simulated month through front and pressroom, and what is left of the truth; then attacks on its last hours."""

from __future__ import annotations

import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import apart
import simulated
from attacks import Attack, agents, attack, plans
from measures import TARGETS, gained, in_order, likeness, place, target
from pressroom import Front, ranked_at, take_in
from simulated import DAY, Sent, Story, Traffic

Scores = Mapping[str, Mapping[int, float]]
"""Window → article → what tells its place, most first."""
WAYS: dict[str, Callable[[Sequence[Sent], float, float], Counter[int]]] = {
    "every view": simulated.by_article,
    "every view but known robots'": simulated.by_article_of_people,
    "one per address and article": simulated.by_address,
}
"""Ways to count that others have, on the same traffic."""

RIVALS = 20
"""Of the day's first, which an attacker would not push."""
OTHERS = {"reload": "reloads", "prefetch": "prefetches", "robot": "robots' reads"}
"""Kinds of what should not count."""


@dataclass(frozen=True)
class Case:
    """A month, and for how long before its end it is attacked: nothing where that is 0."""

    name: str
    traffic: Traffic
    minutes: int = 0
    noises: tuple[int, ...] = (0, 1)
    """Attackers' reads of other articles for each of their target."""


def windows(at: float) -> dict[str, tuple[float, float]]:
    """(since, until) of each window of the rankings, Unix seconds."""
    from warraq.newsroom.models import Window
    from warraq.newsroom.rankings.services import window_of

    pairs = {window: window_of(window, datetime.fromtimestamp(at, UTC)) for window in Window.values}
    return {window: (since.timestamp(), until.timestamp()) for window, (since, until) in pairs.items()}


def by(way: Callable[[Sequence[Sent], float, float], Counter[int]], sent: Sequence[Sent], at: float) -> Scores:
    return {window: in_order(way(sent, *times)) for window, times in windows(at).items()}


def run(case: Case, told: Sequence[Story]) -> dict[str, Any]:
    """Django is set up on a paper with these stories, in a database that is ours alone."""
    traffic, at = case.traffic, case.traffic.until - 1
    sent = simulated.sent(traffic, list(told))
    honest = simulated.honest_reads(sent)
    truth = by(simulated.by_article, honest, at)
    others = {name: by(way, sent, at) for name, way in WAYS.items()}
    start = traffic.until - 60 * case.minutes
    with tempfile.TemporaryDirectory(prefix="warraq-salts-") as salts:
        front = Front(Path(salts))
        counted = take_in(front, [one for one in sent if one.at < start])
        rest = [one for one in sent if one.at >= start]
        recent = [one for one in sent if one.at >= windows(at)["day"][0]]
        targets = [target(truth["day"], honest) for honest in TARGETS] if case.minutes else []
        tried = plans(targets, noises=case.noises, has_carrier=traffic.carrier > 0)
        front.meet(agents() if tried else ())
        apart.settled()
        (late, scores), *attacked = apart.apart(
            [
                apart.with_own_database(partial(_go_on, front, rest, at)),
                *(
                    apart.with_own_database(partial(_attacked, front, plan, rest, recent, truth, case))
                    for plan in tried
                ),
            ]
        )
    told_of = _told(sent, honest, counted + late) | {
        "spike": _spike(traffic, told, honest, scores, truth),
        "rankings": {
            window: {name: likeness(one[window], truth[window]) for name, one in {"warraq": scores, **others}.items()}
            for window in truth
        },
    }
    if tried:
        told_of["attacks"] = _gains(tried, attacked, {"warraq": scores, **others}, truth)
    return told_of


def _go_on(front: Front, rest: Sequence[Sent], at: float) -> tuple[Counter[str], Scores]:
    return take_in(front, rest), ranked_at(at)


def _told(sent: Sequence[Sent], honest: Sequence[Sent], counted: Counter[str]) -> dict[str, Any]:
    number = Counter(one.kind for one in sent)
    return {
        "sent": dict(number),
        "honest reads": len(honest),
        "their networks on a day": _networks(honest),
        "share of honest reads counted": round(counted["read"] / len(honest), 4),
        **{f"share of {name} counted": round(counted[kind] / number[kind], 4) for kind, name in OTHERS.items()},
    }


def _networks(honest: Sequence[Sent]) -> dict[str, float]:
    """How people's reads lie in the /24s that they come from: a rule about networks rests on it."""
    reads: Counter[tuple[int, str]] = Counter()
    articles: dict[tuple[int, str], set[int]] = {}
    for one in honest:
        key = (int(one.at // DAY), one.address.rpartition(".")[0])
        reads[key] += 1
        articles.setdefault(key, set()).add(one.article)
    return {
        "median reads": statistics.median(reads.values()),
        "median articles": statistics.median(len(some) for some in articles.values()),
        "share with one read alone": round(sum(count == 1 for count in reads.values()) / len(reads), 3),
        "most reads": max(reads.values()),
    }


def _spike(traffic: Traffic, told: Sequence[Story], honest: Sequence[Sent], scores: Scores, truth: Scores) -> Any:
    story, _start, extra = simulated.spiked(traffic, list(told))
    day = truth["day"]
    return {
        "reads in its hour": extra,
        "true place, day": place(day, story.ident),
        "place, day": place(scores["day"], story.ident),
    }


def _attacked(
    front: Front, plan: Attack, rest: Sequence[Sent], recent: Sequence[Sent], truth: Scores, case: Case
) -> dict[str, Any]:
    """Where the target ends: by window in ours, by the day in others' ways; and how many of his reads counted."""
    until = case.traffic.until
    rivals = {plan.target, *list(truth["day"])[:RIVALS]}
    his = attack(
        plan,
        since=until - 60 * case.minutes,
        until=until,
        others=[ident for ident in truth["month"] if ident not in rivals],
        has_loads=case.traffic.has_loads,
    )
    counted = take_in(front, sorted([*rest, *his], key=lambda one: one.at))
    scores = ranked_at(until - 1)
    both = [*recent, *his]
    day = windows(until - 1)["day"]
    return {
        "warraq": {window: place(scores[window], plan.target) for window in scores},
        **{name: {"day": place(in_order(way(both, *day)), plan.target)} for name, way in WAYS.items()},
        "sent": len(his),
        "counted": counted["attack"],
    }


def _gains(
    tried: Sequence[Attack], attacked: Sequence[dict[str, Any]], before: Mapping[str, Scores], truth: Scores
) -> dict[str, Any]:
    """What each came to, and the most that any with so many addresses gained, by the day."""
    found: dict[str, Any] = {}
    most: dict[str, dict[str, dict[str, int]]] = {}
    for plan, after in zip(tried, attacked, strict=True):
        where = place(truth["day"], plan.target)
        told: dict[str, Any] = {"sent": after["sent"], "counted": after["counted"]}
        for way, scores in before.items():
            for window, there in after[way].items():
                gain = gained(place(scores[window], plan.target), there)
                told.setdefault(way, {})[window] = f"{gain['before']} → {gain['after']}"
                if window == "day":
                    best = most.setdefault(f"{plan.addresses:,}", {}).setdefault(way, {})
                    for name in ("gained", "gained in the first ten"):
                        best[name] = max(best.get(name, 0), gain[name])
        found.setdefault(plan.name, {})[f"from place {where}"] = told
    return {"most places gained, by addresses": most, "each": found}
