"""A part of the paper as a child process: started, asked whether it answers, started again when it dies."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from warraq.config.paper import PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations.addresses import newsroom_address, reachable, readers_address

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.2, 30.0
STEADY_SECONDS = 60.0
"""A part that lived this long starts again at once."""
STOP_SECONDS = 15.0
"""How long a part may take to finish what it does before it is killed."""
NAMES = ("front", "newsroom", "pressroom")
SHIPPER = "shipper"
FURTHER = ("front", SHIPPER)
"""What runs on a machine that is only a front."""
COMMAND = (sys.executable, "-m", "warraq")

QUESTIONS: dict[str, Callable[[PaperConfig], tuple[str, str, bool]]] = {
    "front": lambda config: ("/_/health", "", config.certificate_files is not None),
    "newsroom": lambda config: ("/admin/login/", config.newsroom.hosts[0], False),
}
"""Part → the path that it answers with 200 when it works, the Host to ask for, and whether over TLS."""

Say = Callable[[str], None]


@dataclass
class Part:
    """One child process. `answers` asks whether it works; `says` is its line once it does."""

    name: str
    answers: Callable[[], bool]
    says: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = 0
    answered: bool = False

    def look(self, say: Say, warn: Say) -> None:
        """Notice a death or a first answer; start what is due to start."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self._start(now)
        elif self.process.poll() is not None:
            self._died(now, warn)
        elif not self.answered and self.answers():
            self.answered = True
            say(self.says)

    def signal(self, number: signal.Signals) -> None:
        """Send `number` to the part and to its own children."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def renew(self) -> None:
        """Begin anew with the code and the settings that are there by now; it says its line again. Servers hand over
        from worker to worker, the pressroom stops after its step and is started again."""
        if self.process is None or self.process.poll() is not None:
            return
        self.answered = False
        if self.name in QUESTIONS:
            self.process.send_signal(signal.SIGHUP)
        else:
            stop([self])
            self._let_go()

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", "--supervised", "--only", self.name],
            stdin=subprocess.PIPE,  # its end tells the part that we are gone
            stdout=sys.stderr.fileno(),
            env={"MALLOC_ARENA_MAX": "2", **os.environ},  # many threads, little to allocate: a tenth less memory
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop the parts
        )
        self.started_at = now
        self.answered = False

    def _died(self, now: float, warn: Say) -> None:
        assert self.process is not None  # noqa: S101  `look` asked
        self.failures = 0 if now - self.started_at > STEADY_SECONDS else self.failures + 1
        pause = min(FIRST_PAUSE_SECONDS * 2**self.failures, LONGEST_PAUSE_SECONDS)
        warn(
            _("{part}: stopped unexpectedly (exit {code}); starts again in {pause:.1f} s.").format(
                part=self.name, code=self.process.returncode, pause=pause
            )
        )
        self._let_go()
        self.start_at = now + pause

    def _let_go(self) -> None:
        """It has ended. What it leaves behind would keep its port."""
        self.signal(signal.SIGKILL)
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None


def parts_of(config: PaperConfig, names: Sequence[str] = NAMES) -> list[Part]:
    """Parts of a paper by these names, the front first."""
    front, newsroom = config.front, config.newsroom
    asked = {name: question(config) for name, question in QUESTIONS.items()}
    made = [
        Part(
            "front",
            lambda: answers(front.host, front.port, *asked["front"]),
            _("front: {url}").format(url=readers_address(config)),
        ),
        Part(
            "newsroom",
            lambda: answers(newsroom.host, newsroom.port, *asked["newsroom"]),
            _("newsroom: {url}").format(url=newsroom_address(config)),
        ),
        Part("pressroom", ready_file(config.run).exists, _("pressroom: at work")),
        Part(SHIPPER, ready_file(config.run, SHIPPER).exists, _("shipper: at work")),
    ]
    return [part for part in made if part.name in names]


def tell_when_it_answers(config: PaperConfig, name: str, say: Say) -> None:
    """Beside a part that runs alone: say its line once it answers."""
    (part,) = parts_of(config, [name])

    def watch() -> None:
        while not part.answers():
            time.sleep(0.1)
        say(part.says)

    threading.Thread(target=watch, name="says", daemon=True).start()


def ready_file(run: Path, part: str = "pressroom") -> Path:
    """There while a pressroom or a shipper works; touched after its rounds, every few seconds."""
    return run / f"{part}.ready"


def answers(host: str, port: int, path: str, name: str = "", is_tls: bool = False) -> bool:
    """Whether a GET of `path` is answered with 200 within half a second; `name` is the Host it asks for, or empty."""
    line = http.client.HTTPConnection(reachable(host), port, timeout=0.5)
    if is_tls:  # to ourselves, by a number: whose certificate it is does not matter
        context = ssl._create_unverified_context()  # noqa: S323
        line = http.client.HTTPSConnection(reachable(host), port, timeout=0.5, context=context)
    try:
        line.request("GET", path, headers={"Host": name} if name else {})
        return line.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def stop(parts: Sequence[Part]) -> None:
    """SIGTERM to all, then SIGKILL to what has not ended in time."""
    running = [(part, part.process) for part in parts if part.process is not None]
    for _part, process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for part, process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
        part.signal(signal.SIGKILL)
        process.wait()
