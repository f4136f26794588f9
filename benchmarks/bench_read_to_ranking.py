"""How long from a read to the ranking that counts it, at the readers' address?

Posts one read of an article that already stands in "most read, day", again and again by other visitors, and asks for
the ranking's fragment until its bytes change. Prints and keeps median and p95, milliseconds.

    .venv/bin/python benchmarks/bench_read_to_ranking.py [--times 20] [--paper DIR]
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path
from urllib.request import Request, urlopen

from served import keep, served, spread

FRAGMENT = "/_/ranking/read/day.html"


def once(readers: str, number: int) -> float:
    before = urlopen(readers + FRAGMENT).read()
    ident = re.search(rb'href="/\w+/(\d+)/"', before)
    assert ident is not None
    agent = f"Mozilla/5.0 (Linux; Android 9; Phone {number} {time.time_ns()}) Chrome/120 Mobile Safari/537.36"
    started = time.monotonic()
    request = Request(f"{readers}/_/read?id={ident[1].decode()}", data=b"", headers={"User-Agent": agent})
    urlopen(request, timeout=10).read()
    while urlopen(readers + FRAGMENT).read() == before:
        if time.monotonic() - started > 30:
            raise SystemExit("the read was not counted within 30 s")
        time.sleep(0.01)
    return 1000 * (time.monotonic() - started)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--times", type=int, default=20)
    ask.add_argument("--paper", type=Path)
    given = ask.parse_args()
    with served(given.paper) as paper:
        times = [once(paper.readers, number) for number in range(given.times)]
    keep("read_to_ranking", "read to ranking, ms", n=given.times, live=spread(times))


if __name__ == "__main__":
    main()
