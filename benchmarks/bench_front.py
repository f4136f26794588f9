"""Answering readers: the front beside nginx and Caddy on the same pressed tree, per CPU-second of the server.

    .venv/bin/python benchmarks/bench_front.py [--paper DIR] [--seconds 10] [--rounds 3]

Each server has one core, wrk the other; they take turns. Hot: ten articles. Tail: every article of the paper (grown.py
makes a large one), at random. Known: readers who have the page already and get a 304. nginx and Caddy are left out
where they are not installed; wrk is needed (Debian: apt-get install wrk nginx caddy libnginx-mod-http-brotli-static).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from served import free_port, keep, wait_for, warraq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests import proxies  # noqa: E402  the tests start them as well

HOT = 10
CONNECTIONS = 32
SCRIPT = """
local requests, known = {}, {}
for line in io.lines("%s") do
  local path, etag = line:match("^(%%S+) ?(.*)$")
  local headers = {["Accept-Encoding"] = "%s", ["Host"] = "paper.example"}
  if etag ~= "" then headers["If-None-Match"] = etag end
  requests[#requests + 1] = wrk.format("GET", path, headers)
end
math.randomseed(7)
request = function() return requests[math.random(#requests)] end
done = function(summary, latency, all)
  print(string.format("FIGURES %%d %%d %%d %%d %%d", summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.read))
end
"""


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    pid: int

    def processes(self) -> list[int]:
        found, todo = [], [self.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def cpu_seconds(self) -> float:
        """User and system time of its processes so far."""
        ticks = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Memory of its own and its share of what it shares (PSS), MiB."""
        rolls = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.processes()]
        return round(sum(int(re.findall(r"^Pss: +(\d+)", roll, re.MULTILINE)[0]) for roll in rolls) / 1024, 1)


@contextmanager
def front(paper: Path) -> Iterator[Server]:
    port = free_port()
    words = [sys.executable, "-m", "warraq", "serve", "--paper", str(paper), "--only", "front"]
    named = {"WARRAQ_FRONT__PORT": str(port), "WARRAQ_FRONT__ORIGIN": "https://paper.example"}
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, env={**os.environ, **named}) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield Server("warraq", port, process.pid)
        finally:
            process.terminate()


@contextmanager
def proxy(name: str, paper: Path, theirs: int) -> Iterator[Server]:
    folder, port = Path(tempfile.mkdtemp(prefix="warraq-bench-")), free_port()
    with proxies.start(name, paper=paper, folder=folder, ours=port, theirs=theirs) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield Server(name, port, process.pid)
        finally:
            process.terminate()
            process.wait(10)
            shutil.rmtree(folder, ignore_errors=True)


def pin(server: Server, core: int) -> None:
    for pid in server.processes():
        subprocess.run(["taskset", "-a", "-p", "-c", str(core), str(pid)], check=True, stdout=subprocess.DEVNULL)


def wrk(server: Server, script: str, seconds: int) -> tuple[list[int], float]:
    """The FIGURES that a script of wrk's prints at its end, and the server's CPU-seconds meanwhile. On one core."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        words = ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", file.name]
        before = server.cpu_seconds()
        said = subprocess.run([*words, f"http://127.0.0.1:{server.port}"], check=True, capture_output=True, text=True)
        spent = server.cpu_seconds() - before
    match = re.search(r"FIGURES ([\d ]+)", said.stdout)
    if match is None:
        raise SystemExit(f"wrk said no figures: {said.stdout} {said.stderr}")
    return [int(figure) for figure in match[1].split()], spent


def load(server: Server, paths: list[str], coding: str, *, seconds: int, is_known: bool = False) -> dict[str, float]:
    lines = [f"{path} {etag(server, path, coding)}" if is_known else path for path in paths]
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as listed:
        listed.write("\n".join(lines) + "\n")
        listed.flush()
        (requests, microseconds, p50, p99, failed), spent = wrk(server, SCRIPT % (listed.name, coding), seconds)
    if failed:
        raise SystemExit(f"{server.name}: {failed} of {requests} failed")
    return {
        "a_cpu_second": requests / spent,
        "a_second": requests / (microseconds / 1e6),
        "p50_ms": p50 / 1000,
        "p99_ms": p99 / 1000,
        "megabytes": server.megabytes(),
    }


def etag(server: Server, path: str, coding: str) -> str:
    asked = Request(f"http://127.0.0.1:{server.port}{path}", headers={"Accept-Encoding": coding})
    with urlopen(asked, timeout=10) as reply:
        return str(reply.headers["ETag"])


def articles(paper: Path) -> list[str]:
    """Public paths of the pressed articles."""
    pages = paper / "pressed" / "pages"
    found = pages.glob("*/[0-9]*/index.html")
    return sorted(f"/{file.parent.relative_to(pages)}/" for file in found)


def measure(paper: Path, *, seconds: int, rounds: int) -> dict[str, Any]:
    tail = articles(paper)
    hot = tail[:: max(1, len(tail) // HOT)][:HOT]
    cases: dict[str, tuple[list[str], str, bool]] = {
        "hot br": (hot, "br", False),
        "hot gzip": (hot, "gzip", False),
        "hot identity": (hot, "identity", False),
        "hot known": (hot, "br", True),
        "tail br": (tail, "br", False),
    }
    told: dict[str, Any] = {"articles": len(tail), "cases": {}}
    with front(paper) as ours:
        names = [name for name in ("nginx", "caddy") if proxies.is_installed(name)]
        for case, (paths, coding, is_known) in cases.items():
            runs: dict[str, list[dict[str, float]]] = {}
            for _round in range(rounds):
                for name in ("warraq", *names):
                    with _running(name, ours, paper) as server:
                        pin(server, 0)
                        load(server, paths, coding, seconds=1, is_known=is_known)  # warm
                        runs.setdefault(name, []).append(
                            load(server, paths, coding, seconds=seconds, is_known=is_known)
                        )
            told["cases"][case] = {name: _medians(some) for name, some in runs.items()}
            for name in names:
                ratio = told["cases"][case]["warraq"]["a_cpu_second"] / told["cases"][case][name]["a_cpu_second"]
                told["cases"][case][f"of {name}"] = round(ratio, 2)
            print(case, told["cases"][case], flush=True)
    return told


@contextmanager
def _running(name: str, ours: Server, paper: Path) -> Iterator[Server]:
    if name == "warraq":
        yield ours
    else:
        with proxy(name, paper, ours.port) as server:
            yield server


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0]}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--paper", type=Path)
    ask.add_argument("--seconds", type=int, default=10)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    paper = given.paper and given.paper.absolute()
    if not paper:
        paper = Path(tempfile.mkdtemp(prefix="warraq-bench-")) / "paper"
        warraq("demo", str(paper), stdout=subprocess.DEVNULL)
    try:
        figures = measure(paper, seconds=given.seconds, rounds=given.rounds)
    finally:
        if not given.paper:
            shutil.rmtree(paper.parent, ignore_errors=True)
    keep("front", f"answers a CPU-second, wrk -t1 -c{CONNECTIONS} -d{given.seconds}s", rounds=given.rounds, **figures)


if __name__ == "__main__":
    main()
