"""A process that has Django and the paper in memory and forks a child for each case: 20 ms instead of 2 s.

    python -m tests.faults.nursery [running]    with WARRAQ_PAPER

Its clock stands still unless it is told `running`. It is asked on standard input and answers on standard output, in
JSON, one line each:

{"fork": what, "scene", "clock", "plant"} → {"pid"}: a child that waits.
{"go": true} → {"signal", "code", "said"}: it is let go, how it ended, and what it said on the way.

A child speaks through a socket: no fault of the file system keeps it from that.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import processes
from tests.faults import at_work, scenes
from tests.faults.plants import plant

DOES: dict[str, Callable[..., None]] = {
    "run": scenes.run,
    "edit": scenes.edit,
    "step": scenes.step,
    "recover": scenes.recover,
    "look": scenes.look,
    "counts": scenes.counts,
    "furnish": lambda _scene, _say: scenes.furnish(),
    "correct": at_work.correct,
    "pressroom": at_work.pressroom,
    "newsroom": at_work.newsroom,
}


@dataclass(frozen=True)
class End:
    """How a child ended and what it said on the way."""

    signal: int
    code: int
    said: dict[str, Any] = field(default_factory=dict)


class Nursery:
    """The tests' end. One child at a time."""

    def __init__(self, paper: Path, *, clock: str = "standing") -> None:
        self._log = paper.with_name("nursery.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.faults.nursery", clock],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=Path(__file__).parents[2],
            env=processes.environment(WARRAQ_PAPER=str(paper), PYTHONHASHSEED="0"),
        )
        assert self._ask() == {"ready": True}

    def _ask(self, **request: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if request:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def fork(self, what: str, scene: str = "", *, clock: float = 0, plant: str = "") -> int:
        """A child that waits to be let go; its process id. `clock` is seconds after `scenes.NOW`."""
        return int(self._ask(fork=what, scene=scene, clock=clock, plant=plant)["pid"])

    def go(self) -> End:
        """Let the child go and wait for its end."""
        return End(**self._ask(go=True))

    def do(self, what: str, scene: str = "", *, clock: float = 0, plant: str = "") -> End:
        """A child that is let go at once and must end well."""
        self.fork(what, scene, clock=clock, plant=plant)
        end = self.go()
        assert (end.signal, end.code) == (0, 0), end
        return end

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._log.close()


def _child(request: dict[str, Any], line: socket.socket) -> None:
    """Never returns."""

    def say(**words: object) -> None:
        line.send(json.dumps(words).encode())

    code = 1
    try:
        scenes.clock.seconds = request["clock"]
        plant(request["plant"])
        line.recv(1)
        DOES[request["fork"]](request["scene"], say)
        code = 0
    except BaseException as error:
        say(raised=f"{type(error).__name__}: {error}")
    os._exit(code)


def _serve() -> None:
    from django.db import connections

    pid, line = 0, socket.socket()
    for text in sys.stdin:
        request = json.loads(text)
        if "fork" in request:
            line, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            pid = os.fork()
            if not pid:
                line.close()
                _child(request, its)
            its.close()
            print(json.dumps({"pid": pid}), flush=True)
        else:
            with contextlib.suppress(OSError):  # killed before it began
                line.send(b"!")
            said = _all_of(line)
            status = os.waitpid(pid, 0)[1]
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0
            print(json.dumps({"signal": os.WTERMSIG(status), "code": code, "said": said}), flush=True)
        connections.close_all()


def _all_of(line: socket.socket) -> dict[str, Any]:
    """What the child says until it is no more."""
    said: dict[str, Any] = {}
    with line, contextlib.suppress(ConnectionResetError):  # killed before it heard us
        while words := line.recv(1 << 20):
            said |= json.loads(words)
    return said


def _main() -> None:
    if sys.argv[1:] != ["running"]:
        scenes.stop_the_clock()
    os.environ["DJANGO_SETTINGS_MODULE"] = "warraq.config.settings"
    import django

    django.setup()
    from django.db import connections

    from warraq.press import services as press

    press.verify()  # loads templates, fonts and styles, once for all children
    connections.close_all()
    print(json.dumps({"ready": True}), flush=True)
    _serve()


if __name__ == "__main__":
    _main()
