"""Taking in reads: how many the front acknowledges a CPU-second, and how many of these lie in the spool afterwards.

    .venv/bin/python benchmarks/bench_reads.py [--seconds 10] [--rounds 3]

The front has one core, wrk the other. Each post names an article of the demonstration and a number of its own, in its
query as the page's script does or in its body, and all come from one address. Refused are those that found no place: so
many bodies from one network at once are not waited for. Then the pressroom's own function takes them all in, on one
processor.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from bench_front import CONNECTIONS, Server, articles, front, pin, wrk
from served import keep, warraq

SCRIPT = """
local agent = "Mozilla/5.0 (Android 11; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
local headers = {["User-Agent"] = agent, ["Content-Type"] = "application/x-www-form-urlencoded"}
local articles = {%s}
math.randomseed(7)
request = function()
  local id = articles[math.random(#articles)]
  local told = "id=" .. id .. "&k=" .. string.format("%%010x", math.random(2^39))
  if %s then return wrk.format("POST", "/_/read", headers, told) end
  return wrk.format("POST", "/_/read?" .. told, headers)
end
done = function(summary, latency, all)
  print(string.format("FIGURES %%d %%d %%d %%d", summary.requests, latency:percentile(50), latency:percentile(99),
        summary.errors.status + summary.errors.read))
end
"""


def load(server: Server, ids: list[str], *, is_in_body: bool, seconds: int) -> dict[str, float]:
    script = SCRIPT % (", ".join(ids), str(is_in_body).lower())
    (requests, p50, p99, refused), spent = wrk(server, script, seconds)
    taken = requests - refused
    return {
        "acknowledged": taken,
        "refused": refused,
        "a_cpu_second": taken / spent,
        "p50_ms": p50 / 1000,
        "p99_ms": p99 / 1000,
    }


def spooled(paper: Path) -> int:
    """How many reads lie in the spool."""
    from warraq.spool import SpoolReader

    reader, cursors, found = SpoolReader(paper / "spool" / "reads"), dict[str, int](), 0
    while (batch := reader.read(cursors, limit=50_000)).records:
        found, cursors = found + len(batch.records), {**cursors, **batch.cursors}
    return found


def taken_in(paper: Path) -> dict[str, float]:
    """Seconds and reads of the pressroom's own taking in."""
    from warraq.cli.opening import configured, set_up

    configured(str(paper))
    set_up()
    from warraq.readership.models import ReadHour, SetAside
    from warraq.readership.tasks import take_in

    def total() -> tuple[int, int]:
        counted, aside = (sum(rows.values_list("count", flat=True)) for rows in (ReadHour.objects, SetAside.objects))
        return counted, aside

    before = total()
    started, cpu, number = time.perf_counter(), time.process_time(), 0
    while some := take_in():
        number += some
    spent = time.process_time() - cpu
    return {
        "taken_in": number,
        "counted": total()[0] - before[0],
        "set_aside": total()[1] - before[1],
        "seconds": round(time.perf_counter() - started, 1),
        "a_cpu_second": round(number / spent),
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seconds", type=int, default=10)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as folder:
        paper = Path(folder) / "paper"
        warraq("demo", str(paper), stdout=subprocess.DEVNULL)
        ids = [path.split("/")[-2] for path in articles(paper)]
        runs: dict[str, list[dict[str, float]]] = {"id in the query": [], "id in the body": []}
        with front(paper) as server:
            pin(server, 0)
            for _round in range(given.rounds):
                for name, some in runs.items():
                    some.append(load(server, ids, is_in_body=name.endswith("body"), seconds=given.seconds))
        acknowledged = int(sum(run["acknowledged"] for some in runs.values() for run in some))
        found = spooled(paper)
        figures: dict[str, object] = {
            name: {key: round(statistics.median(run[key] for run in some), 2) for key in some[0]}
            for name, some in runs.items()
        }
        figures |= {"acknowledged": acknowledged, "spooled": found, "lost": max(0, acknowledged - found)}
        figures["taking in"] = taken_in(paper)
    keep("reads", f"reads acknowledged a CPU-second, wrk -t1 -c{CONNECTIONS} -d{given.seconds}s", **figures)


if __name__ == "__main__":
    main()
