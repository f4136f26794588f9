"""How long from a read to the ranking that counts it, at the readers' address?

Posts one read of an article that already stands in "most read, day", again and again by other visitors, and asks for
the ranking's fragment until its bytes change. Prints and keeps median and p95, milliseconds.

    .venv/bin/python benchmarks/bench_read_to_ranking.py [--times 20] [--paper DIR]
"""

from __future__ import annotations

import argparse
import re
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from served import keep, served, spread

FRAGMENT = "/_/ranking/read/day.html"


def once(readers: str, number: int) -> float:
    before = urlopen(readers + FRAGMENT).read()
    ident = re.search(rb'href="/\w+/(\d+)/"', before)
    assert ident is not None
    agent = f"Mozilla/5.0 (Linux; Android 9; Phone {number} {time.time_ns()}) Chrome/120 Mobile Safari/537.36"
    started = time.monotonic()
    source = (f"127.{1 + number // 250}.{1 + number % 250}.1", 0)  # a network of its own
    line = HTTPConnection("127.0.0.1", urlsplit(readers).port or 80, timeout=10, source_address=source)
    line.request("POST", f"/_/read?id={ident[1].decode()}", body=b"", headers={"User-Agent": agent})
    line.getresponse().read()
    line.close()
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
