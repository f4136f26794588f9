"""A further front's reads: how many are shipped and counted a CPU-second, and how long from POST to count.

    .venv/bin/python benchmarks/bench_several_fronts.py [--reads 200000] [--samples 60]

Shipper, pressroom and a Valkey or Redis are processes of this machine. First a spool full of reads, each by another
reader, is shipped and counted; what the pressroom spends on the same reads from its own spool stands beside it. Then
single reads are posted to the further front, at moments that are spread over its interval.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from served import keep, warraq

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests import processes, valkey

from warraq.operations import locks
from warraq.spool import SpoolWriter

TICKS = os.sysconf("SC_CLK_TCK")


def cpu(folder: Path, part: str) -> float:
    """Seconds that the process of `part` and its threads spent so far."""
    words = Path(f"/proc/{locks.holder(folder / 'run', part).pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICKS


def ask(paper: Path, query: str) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{paper}/database/paper.sqlite3?mode=ro", uri=True)) as database:
        return int(database.execute(query).fetchone()[0])


def taken(paper: Path) -> int:
    """Reads that were taken in, counted or set aside."""
    return sum(
        ask(paper, f"SELECT coalesce(sum(count), 0) FROM warraq_readership_{table}")
        for table in ("readhour", "setaside")
    )


def fill(folder: Path, paper: Path, number: int) -> None:
    """Spool reads as a front does, each by another reader in one of a thousand networks."""
    last = ask(paper, "SELECT max(page_ptr_id) FROM newsroom_article")
    writer, now, whose = SpoolWriter(folder / "spool" / "reads"), int(time.time() * 1000), random.randbytes(4).hex()
    for nth in range(number):
        read = {"a": last - nth % 20, "t": now, "v": f"{whose}{nth:016x}", "n": f"{nth % 1000:024x}"}
        writer.append(json.dumps(read, separators=(",", ":")).encode(), durable=False)
    writer.close()


@contextlib.contextmanager
def part(folder: Path, name: str, **settings: str) -> Iterator[None]:
    with processes.running("serve", "--only", name, "--paper", folder, **settings):
        processes.eventually((folder / "run" / f"{name}.ready").exists, 60)
        yield


def local(paper: Path, number: int) -> float:
    """Reads a CPU-second of the pressroom, from its own spool."""
    with part(paper, "pressroom"):
        time.sleep(3)
        before, spent = taken(paper), cpu(paper, "pressroom")
        fill(paper, paper, number)
        processes.eventually(lambda: taken(paper) >= before + number, 300)
        return number / (cpu(paper, "pressroom") - spent)


def shipped(paper: Path, front: Path, number: int, settings: dict[str, str]) -> dict[str, float]:
    fill(front, paper, number)
    with part(paper, "pressroom", **settings):
        time.sleep(3)
        before, spent, started = taken(paper), cpu(paper, "pressroom"), time.perf_counter()
        with part(front, "shipper", **settings):
            begun = cpu(front, "shipper")
            processes.eventually(lambda: taken(paper) >= before + number, 300)
            seconds = time.perf_counter() - started
            return {
                "reads": number,
                "reads_a_second": round(number / seconds),
                "a_cpu_second_of_the_shipper": round(number / max(0.01, cpu(front, "shipper") - begun)),
                "a_cpu_second_of_the_pressroom": round(number / (cpu(paper, "pressroom") - spent)),
            }


def latency(paper: Path, front: Path, samples: int, settings: dict[str, str]) -> dict[str, float]:
    """Milliseconds from the POST to the count."""
    last, port, found = ask(paper, "SELECT max(page_ptr_id) FROM newsroom_article"), processes.free_ports(1)[0], []
    with part(paper, "pressroom", **settings), processes.running("front", "--paper", front, "--port", port, **settings):
        processes.eventually(lambda: processes.fetch(f"http://127.0.0.1:{port}/_/health")[0] == 200, 30)
        time.sleep(5)
        for nth in range(samples):
            time.sleep(random.uniform(0.3, 1.3))
            before, started = taken(paper), time.perf_counter()
            assert processes.fetch(f"http://127.0.0.1:{port}/_/read?id={last - nth % 20}", b"")[0] == 204
            while taken(paper) == before:
                time.sleep(0.005)
            found.append((time.perf_counter() - started) * 1000)
    found.sort()
    return {
        "samples": samples,
        "median_ms": round(statistics.median(found)),
        "p95_ms": round(found[int(samples * 0.95)]),
    }


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--reads", type=int, default=200_000)
    told.add_argument("--samples", type=int, default=60)
    given = told.parse_args()
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        raise SystemExit("no Valkey and no Redis is installed (Debian: apt-get install redis-server)")
    with tempfile.TemporaryDirectory(prefix="warraq-bench-") as name:
        folder = Path(name)
        paper, front = folder / "paper", folder / "front"
        warraq("demo", str(paper))
        front.mkdir()
        (front / "warraq.toml").write_text("")
        for copied in ("pressed", "index"):
            shutil.copytree(paper / copied, front / copied, ignore=shutil.ignore_patterns(".changes"))
        server = valkey.Server(folder, program)
        server.start()
        settings = {"WARRAQ_FRONTS__STREAM": server.url}
        try:
            figures: dict[str, object] = {
                "shipping": shipped(paper, front, given.reads, settings),
                "post to count": latency(paper, front, given.samples, settings),
                "own spool": {"a_cpu_second_of_the_pressroom": round(local(paper, given.reads))},
            }
        finally:
            server.kill()
    keep("several_fronts", "reads of a further front, by a stream", **figures)


if __name__ == "__main__":
    main()
