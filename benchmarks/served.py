"""A demonstration paper, made and served by the real commands, and what every result says of its run."""

from __future__ import annotations

import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

USER, PASSWORD = "bench", "benchmark قهوة 1511"
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Served:
    """Addresses without a slash at the end. An administrator `USER` may enter."""

    folder: Path
    readers: str
    newsroom: str


@contextmanager
def served(given: Path | None = None) -> Iterator[Served]:
    """The paper in `given`, or a new demonstration that is removed afterwards."""
    folder = given or Path(tempfile.mkdtemp(prefix="warraq-bench-")) / "paper"
    if not given:
        warraq("demo", str(folder), stdout=subprocess.DEVNULL)
    warraq(
        *("createadmin", "--user", USER, "--password-stdin", "--paper", str(folder)),
        input=PASSWORD,
        stdout=subprocess.DEVNULL,
        check=not given,  # a paper measured before has the user
    )
    front, staff = free_port(), free_port()
    words = ["serve", "--paper", str(folder), "--port", str(front), "--newsroom-port", str(staff)]
    server = subprocess.Popen([sys.executable, "-m", "warraq", *words], stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{front}/")
        wait_for(f"http://127.0.0.1:{staff}/admin/login/")
        yield Served(folder, f"http://127.0.0.1:{front}", f"http://127.0.0.1:{staff}")
    finally:
        server.terminate()
        server.wait(30)
        if not given:
            shutil.rmtree(folder.parent, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def warraq(*words: str, check: bool = True, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "warraq", *words], check=check, text=True, **more)  # type: ignore[call-overload]


def wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")


def spread(values: list[float]) -> dict[str, int]:
    """Median, p95 and largest of some milliseconds."""
    p95 = sorted(values)[max(0, round(0.95 * len(values)) - 1)]
    return {"median": round(statistics.median(values)), "p95": round(p95), "max": round(max(values))}


def keep(name: str, question: str, **figures: object) -> None:
    """Print a result and keep it as `results/<name>.json`, with the machine, the commit and the time."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    result = {
        "question": question,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2),
        "commit": commit,
        **figures,
    }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    print(text)
