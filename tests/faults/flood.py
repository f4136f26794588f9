"""Floods and slow connections, while people read at their own pace and an editor publishes.

The paper is the real one with all its parts, straight or behind nginx as it is shipped.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests import processes, proxies
from tests.faults.people import PATIENCE_SECONDS, PAUSE_SECONDS, Editor, Readers
from tests.faults.plants import environment_of
from tests.faults.reading import public_paths

ROOT = Path(__file__).parents[2]
RATE, CONNECTIONS = 5_000, 4_000
"""Requests a second, and slow connections."""
SLOWER = {
    "slow headers": ["-H", "-i", "5"],
    "slow body": ["-B", "-i", "5", "-s", "8192", "-t", "POST"],
    "slow read": ["-X", "-n", "5", "-z", "32", "-w", "512", "-y", "1024", "-k", "3"],
}
"""Of slowhttptest, one after the other."""
SLOW_SECONDS = 20
"""For each: it makes no new connections for those that were closed, as heads without an end are after 15 s."""


def why_not() -> str:
    """Why no flood can be made here; empty where it can."""
    return "" if shutil.which("slowhttptest") else "slowhttptest is not installed"


@dataclass
class Paper:
    """A paper that is served. `port` is readers', `pids` all of the front's processes."""

    folder: Path
    port: int
    pids: list[int]

    def front_megabytes(self) -> dict[str, int]:
        """Memory of the front's worker, the largest of its processes: now, and the most it ever was."""
        status = [_status(pid) for pid in self.pids]
        return {
            name: max(one[field] for one in status) // 1024 for name, field in (("now", "VmRSS"), ("most", "VmHWM"))
        }


def _status(pid: int) -> dict[str, int]:
    """Kilobytes of a process, by their names."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: int(value.split()[0]) for name, value in (line.split(":", 1) for line in lines) if name[:2] == "Vm"}


@contextmanager
def served(template: Path, *, behind: str = "", plant: str = "") -> Iterator[Paper]:
    """A copy with all its parts, `behind` nginx or straight."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warraq-flood-")))
        folder = place / "paper"
        shutil.copytree(template, folder)
        front, newsroom, ours = processes.free_ports(3)
        words = ("serve", "--paper", folder, "--port", front, "--newsroom-port", newsroom)
        environment = {"WARRAQ_FRONT__TRUSTED_PROXIES": "127.0.0.1"} if behind else {}
        server = stack.enter_context(processes.running(*words, **environment, **environment_of(plant)))
        processes.lines_until(server, lambda lines: len(lines) >= 3)
        if behind:
            proxy = proxies.start(behind, paper=folder, folder=place, ours=ours, theirs=front, workers="auto")
            stack.callback(proxy.wait)
            stack.callback(proxy.terminate)
        port = ours if behind else front
        processes.eventually(lambda: processes.fetch(f"http://127.0.0.1:{port}/")[0] == 200)
        yield Paper(folder, port, _front_of(server.pid))


def _front_of(pid: int) -> list[int]:
    """All processes below `pid` that are the front's."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        todo += [int(p) for file in Path(f"/proc/{one}/task").glob("*/children") for p in file.read_text().split()]
        if b"--only\0front" in Path(f"/proc/{one}/cmdline").read_bytes():
            found.append(one)
    return found


@contextmanager
def _flood(paper: Paper, paths: list[str], *, seconds: float, rate: float) -> Iterator[dict[str, Any]]:
    """Goes on for so long; what it says is in what is yielded by the end."""
    listed = paper.folder.with_name("paths")
    listed.write_text("\n".join(paths), encoding="utf-8")
    words = [sys.executable, "-m", "tests.faults.flooding", str(paper.port), str(seconds), str(rate), str(listed)]
    environment = processes.environment() | {"PYTHONPATH": f"{processes.environment()['PYTHONPATH']}:{ROOT}"}
    said: dict[str, Any] = {}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment, cwd=ROOT) as process:
        yield said
        said |= json.loads(process.communicate()[0])


def _slow_by_tool(paper: Paper, connections: int, seconds: float) -> None:
    """Each way of being slow in turn, for so long; anew whenever all its connections were closed by the other side."""
    end = time.monotonic() + seconds
    for name, options in itertools.cycle(SLOWER.items()):
        left = round(min(SLOW_SECONDS, end - time.monotonic()))
        if left < 1:
            return
        path = "/_/comment" if name == "slow body" else "/"
        target = ["-u", f"http://127.0.0.1:{paper.port}{path}", "-l", str(left)]
        words = ["slowhttptest", "-c", str(connections), "-r", "800", "-p", "5", "-v", "0", *options, *target]
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        time.sleep(0.1)  # where it cannot even begin


@contextmanager
def _slow_by_hand(paper: Paper, connections: int) -> Iterator[None]:
    """The same all at once, for a few seconds: who never ends a head, or a body, or never reads."""
    sent = (
        b"GET / HTTP/1.1\r\nhost: paper.example\r\nx-slow: ",
        b"POST /_/comment HTTP/1.1\r\nhost: paper.example\r\ncontent-length: 400\r\n"
        b"content-type: application/x-www-form-urlencoded\r\n\r\nname=",
        b"GET / HTTP/1.1\r\nhost: paper.example\r\n\r\n" * 20,
    )
    with ExitStack() as stack:
        for number in range(connections):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            line.bind((f"127.88.{number % 250}.1", 0))
            line.connect(("127.0.0.1", paper.port))
            line.sendall(sent[number % len(sent)])
        yield


class _Held(threading.Thread):
    """How many connections lie open at a port, looked at once in a while."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._port = f":{port:04X}"
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(2):
            lines = Path("/proc/net/tcp").read_text().splitlines()
            held = sum(line.split()[1].endswith(self._port) and line.split()[3] == "01" for line in lines[1:])
            self.most = max(self.most, held)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self.join()


def play(
    template: Path,
    *,
    seconds: float,
    rate: int,
    connections: int,
    behind: str = "",
    plant: str = "",
    by_tool: bool = True,
    pause: tuple[float, float] = PAUSE_SECONDS,
    patience: float = PATIENCE_SECONDS,
) -> dict[str, Any]:
    """Readers alone for a while, then in the flood, with an editor at work; what they and the front got.

    `by_tool`: the slow connections are slowhttptest's.
    """
    with served(template, behind=behind, plant=plant) as paper:
        paths = sorted(path for path in public_paths(paper.folder / "pressed") if not path.startswith("/_/"))
        before = paper.front_megabytes()
        alone = Readers(paper.port, paths, pause, patience)
        alone.start()
        time.sleep(min(60, seconds / 5))
        quiet = alone.stop()
        readers, editor = Readers(paper.port, paths, pause, patience), Editor(paper.folder, paper.port, every=20)
        with ExitStack() as stack:
            flood = stack.enter_context(_flood(paper, paths, seconds=seconds, rate=rate))
            if not by_tool:
                stack.enter_context(_slow_by_hand(paper, connections))
            held = stack.enter_context(_Held(paper.port))
            readers.start()
            editor.start()
            if by_tool:
                _slow_by_tool(paper, connections, seconds)
            else:
                time.sleep(seconds)
            honest, published = readers.stop(), editor.stop()
        after = paper.front_megabytes()
    return {
        "readers before": quiet,
        "readers in the flood": honest,
        "editor in the flood": published,
        "flood": flood,
        "slow connections": connections,
        "most connections at once": held.most,
        "front's memory, MB": {"before": before["now"], "after": after["now"], "most": after["most"]},
        "load": round(os.getloadavg()[0], 1),
    }


def figures(seconds: int) -> dict[str, Any]:
    """On the demonstration, straight at the front and behind nginx."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="warraq-demo-paper-") as name:
        template = Path(name) / "paper"
        processes.done("demo", template)
        for where in ("", "nginx"):
            if not where or proxies.is_installed(where):
                found[f"behind {where}" if where else "straight"] = play(
                    template, seconds=seconds, rate=RATE, connections=CONNECTIONS, behind=where
                )
    return found
