"""A Valkey or Redis server of the tests' own: a process on a port of this machine, which keeps nothing."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.processes import free_ports

PASSWORD = "p-%2F-geheim"  # "%2F" stands for a slash in it


@dataclass
class Server:
    """A server that forgets everything when it is stopped."""

    folder: Path
    program: str
    port: int = field(default_factory=lambda: free_ports(1)[0])
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        with (self.folder / "valkey.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(
                        self.program,
                        "--port",
                        str(self.port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                    ),
                    *("--requirepass", PASSWORD.replace("%2F", "/"), "--dir", str(self.folder)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(redis.RedisError):
                self.ask("PING")
                return
            time.sleep(0.02)
        raise AssertionError((self.folder / "valkey.log").read_text(errors="replace"))

    def kill(self) -> None:
        """As a fault does: at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)
            self.process = None

    def ask(self, *command: Any) -> Any:
        """What the server answers to one command."""
        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            return client.execute_command(*command)


def require() -> str:
    """The server's program; skips the test where there is none."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.skip("no Valkey and no Redis is installed (Debian: apt-get install redis-server)")
    return program


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Server]:
    program = require()
    folder = tmp_path / "valkey"
    folder.mkdir()
    server = Server(folder, program)
    server.start()
    yield server
    server.kill()
