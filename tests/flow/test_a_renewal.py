"""SIGHUP: the paper goes on with new settings and new code, and readers are answered all the while."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.papers import Demo, demo
from tests.processes import eventually, free_ports, lines_until, running

__all__ = ["demo"]

PARTS = ("front:", "newsroom:", "pressroom:")


class Reader(threading.Thread):
    """Asks for the front page on a new connection each time, until it is told to stop. One that is cut off in the
    moment in which it is taken up asks once more."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.answers: list[tuple[int, bool]] = []
        """Status, and whether the answer says that the paper is served over TLS."""
        self.failures: list[str] = []
        self._port = port
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._ask()
            except OSError:
                try:
                    self._ask()
                except OSError as error:
                    self.failures.append(repr(error))

    def _ask(self) -> None:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=10)) as line:
            line.request("GET", "/")
            reply = line.getresponse()
            reply.read()
            self.answers.append((reply.status, "strict-transport-security" in reply.headers))

    def stop(self) -> None:
        self._stopping.set()
        self.join()


def is_said(lines: list[str], times: int) -> bool:
    return all(sum(line.startswith(part) for line in lines) >= times for part in PARTS)


@contextmanager
def served(demo: Demo, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[Reader]]]:
    """A copy of the demonstration in `folder`, served, and readers who read all the while."""
    shutil.copytree(demo.folder, folder)
    port, staff = free_ports()
    with running("serve", "--paper", folder, "--port", port, "--newsroom-port", staff) as process:
        lines_until(process, lambda lines: is_said(lines, 1))
        readers = [Reader(port) for _ in range(3)]
        for reader in readers:
            reader.start()
        yield process, readers
        for reader in readers:
            reader.stop()
        assert [reader.failures for reader in readers] == [[], [], []]
        assert {status for reader in readers for status, _tls in reader.answers} == {200}


def set_origin(folder: Path, origin: str) -> None:
    settings = folder / "warraq.toml"
    text, found = re.subn(r"^origin = .*$", f'origin = "{origin}"', settings.read_text(), flags=re.MULTILINE)
    assert found == 1
    settings.write_text(text)


def test_new_settings_are_taken_up_and_every_reader_is_answered(demo: Demo, tmp_path: Path) -> None:
    with served(demo, tmp_path / "paper") as (process, readers):
        set_origin(tmp_path / "paper", "https://paper.example")
        process.send_signal(signal.SIGHUP)
        lines_until(process, lambda lines: is_said(lines, 1))
        eventually(lambda: readers[0].answers[-1][1])
        assert not readers[0].answers[0][1]


def test_settings_that_are_wrong_are_told_and_not_taken_up(demo: Demo, tmp_path: Path) -> None:
    with served(demo, tmp_path / "paper") as (process, readers):
        set_origin(tmp_path / "paper", "nonsense")
        process.send_signal(signal.SIGHUP)
        said = lines_until(process, lambda lines: "were not taken up" in "".join(lines))
        assert "front.origin" in "".join(said)
        time.sleep(0.5)
        assert not any(tls for _status, tls in readers[0].answers)
        assert not any("stopped unexpectedly" in line for line in said)
