"""A small run through a real front and a real pressroom: reads over connections from addresses 127.x.y.z."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from attacks import agents
from measures import gained, in_order, place, target
from pressroom import standing
from readers import agent
from served import free_port

from warraq.operations.parts import answers

ARTICLES, HONEST = 60, 6_000
"""Articles that have honest reads of the last day, and how many of these there are."""
MEANWHILE = 300
"""Honest reads that come during the attack."""
READS = {1: 3_000, 100: 4_000, 10_000: 10_000}
"""By the number of addresses."""
THREADS = 4
SETTLING_SECONDS = 30
RANKED_SECONDS = 6
"""Rankings are made anew every two seconds."""


def attacked(paper: Path, idents: Sequence[int], addresses: int, honest: int | None) -> dict[str, Any]:
    """How far the article at the place `honest` rises in a copy of `paper`. Django is set up on `paper`."""
    from django.db import connection

    copy = paper.with_name(f"{paper.name}-{addresses}-{honest}")
    shutil.copytree(paper, copy)
    connection.close()
    connection.settings_dict["NAME"] = copy / Path(connection.settings_dict["NAME"]).relative_to(paper)
    try:
        counts = {ident: round(HONEST * rank**-0.7 / 27) for rank, ident in enumerate(idents[:ARTICLES], 1)}
        _seed(counts)
        with _serving(copy) as port:
            before = _scores()
            ident = target(counts, honest)
            found = _send(port, ident, addresses, counts, known=_taken_in())
            after = _scores()
        views = {"every view": READS[addresses], "one per address and article": addresses}
        others = {way: place(in_order({**counts, ident: counts[ident] + more}), ident) for way, more in views.items()}
        return {**found, **gained(place(before, ident), place(after, ident)), "place in others' ways": others}
    finally:
        connection.close()
        shutil.rmtree(copy)


def _seed(counts: dict[int, int]) -> None:
    from warraq.newsroom.rankings.services import rank_all
    from warraq.readership import standings
    from warraq.readership.services import seed_reads

    now, random = datetime.now(UTC), Random("loopback")
    rows = [
        (ident, now - timedelta(hours=random.uniform(0, 23)), 1)
        for ident, count in counts.items()
        for _ in range(count)
    ]
    seed_reads(rows)
    standings.advance(now=now)
    rank_all(now)


@contextlib.contextmanager
def _serving(paper: Path) -> Iterator[int]:
    """Front and pressroom; the front's port."""
    port = free_port()
    environment = {**os.environ, "WARRAQ_PAPER": str(paper), "WARRAQ_FRONT__PORT": str(port)}
    words = [sys.executable, "-m", "warraq", "serve", "--paper", str(paper), "--only"]
    parts = [
        subprocess.Popen([*words, part], env=environment, stdout=subprocess.DEVNULL) for part in ("front", "pressroom")
    ]
    try:
        _wait_for(lambda: answers("127.0.0.1", port, "/"))
        yield port
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(30)


def _wait_for(what: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise SystemExit("the paper does not come to an end with it")
        time.sleep(0.1)


def _send(port: int, ident: int, addresses: int, counts: dict[int, int], *, known: int) -> dict[str, Any]:
    """The attacker's reads and, among them, honest ones, until all that was acknowledged is taken in and ranked."""
    random, made = Random(f"{addresses}"), agents()
    his = [(_address(number, own=True), [ident] * (READS[addresses] // addresses)) for number in range(addresses)]
    theirs = [
        (_address(number, own=False), random.choices(list(counts), list(counts.values())))
        for number in range(MEANWHILE)
    ]
    started = time.monotonic()
    with ThreadPoolExecutor(THREADS) as pool:
        work = [(*one, made) for one in his] + [(*one, [agent(random)]) for one in theirs]
        random.shuffle(work)
        taken = list(pool.map(lambda one: (one[0], _reads(port, *one)), work))
    seconds = time.monotonic() - started
    acknowledged = sum(number for _address, number in taken)
    with contextlib.suppress(SystemExit):  # the figures tell of what was not taken in
        _wait_for(lambda: _taken_in() >= known + acknowledged, SETTLING_SECONDS)
    time.sleep(RANKED_SECONDS)
    return {
        "reads sent": READS[addresses],
        "acknowledged": sum(number for address, number in taken if not address.startswith(HOMES)),
        "seconds": round(seconds, 1),
        "taken in": _taken_in() - known,
        "of": acknowledged,
    }


HOMES = "127.8."


def _address(number: int, *, own: bool) -> str:
    """An attacker's, in a /24 of its own, or of a home."""
    return f"127.{16 + (number >> 8)}.{number & 255}.7" if own else f"{HOMES}{number & 255}.{9 + (number >> 8)}"


def _reads(port: int, address: str, articles: Sequence[int], made: Sequence[str]) -> int:
    """Reads that were acknowledged, sent over one connection from `address`, each by another of the agents `made`."""
    random, taken = Random(address), 0
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(address, 0))
    for article in articles:
        path = f"/_/read?id={article}&k={random.getrandbits(64):016x}"
        try:
            line.request("POST", path, headers={"User-Agent": random.choice(made), "Content-Length": "0"})
            reply = line.getresponse()
            reply.read()
            taken += reply.status == 204
        except (OSError, http.client.HTTPException):
            line.close()
    line.close()
    return taken


def _taken_in() -> int:
    from warraq.readership.models import ReadHour, SetAside

    return sum(sum(rows.values_list("count", flat=True)) for rows in (ReadHour.objects, SetAside.objects))


def _scores() -> dict[int, float]:
    return standing("day", datetime.now(UTC))
