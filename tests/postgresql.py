"""A PostgreSQL server of the tests' own: a process on a folder of its own, reached by a Unix socket in it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

BINARIES = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")
USERS = ("postgres", "nobody")
QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=30", "listen_addresses=")
"""Nobody pulls the plug on a test, and nobody calls it by network."""


@lru_cache
def binaries() -> Path | None:
    """The folder of the newest installed server's programs; None where none is installed."""
    found = [Path(one).resolve().parent for one in [shutil.which("initdb")] if one]
    for pattern in BINARIES:
        root, _star, rest = pattern.partition("*")
        folders = Path(root).glob("*" + rest) if rest else [Path(pattern)]
        found += sorted(folders, key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    return next((one for one in found if (one / "initdb").exists() and (one / "postgres").exists()), None)


def require() -> Path:
    """The same; skips the test where there is none."""
    folder = binaries()
    if folder is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    return folder


@dataclass
class Server:
    """A server of its own. `folder` holds its data and its socket."""

    folder: Path
    binaries: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = [word for setting in (*QUICK, f"unix_socket_directories={self.folder}") for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *settings],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **_user(),
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(subprocess.CalledProcessError):
                self.run("pg_isready", "-q")
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text(errors="replace"))

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT)  # at once; its folder goes anyway
            self.process.wait(20)
            self.process = None

    def url(self, database: str) -> str:
        return f"postgresql://{owner() or _me()}@/{database}?host={self.folder}"

    def make(self, database: str, *options: str) -> str:
        """A new empty database as docs/operating.md has it made; its URL."""
        self.run("createdb", "--template=template0", "--encoding=UTF8", *(options or ["--locale=C"]), database)
        return self.url(database)

    def rows(self, database: str, query: str) -> list[str]:
        """What a query gives, a line a row, columns parted by `|`."""
        return self.run("psql", "-d", database, "-qAtc", query).splitlines()

    def run(self, program: str, *arguments: str) -> str:
        login = ["-h", str(self.folder), "-U", owner() or _me()]
        return subprocess.run(
            [self.binaries / program, *login, *arguments], check=True, capture_output=True, text=True
        ).stdout


def owner() -> str:
    """Whom the server runs as where we are root, which it refuses to be; else empty."""
    names = {user.pw_name for user in pwd.getpwall()}
    return next((name for name in USERS if name in names), "") if os.geteuid() == 0 else ""


def _me() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def _user() -> dict[str, Any]:
    name = owner()
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []} if name else {}


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server with nothing in it; stopped, and its folder removed, at the end."""
    programs = require()
    folder = Path(tempfile.mkdtemp(prefix="warraq-pg-", dir="/tmp"))  # a socket's path is short
    try:
        if owner():
            shutil.chown(folder, owner())
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            **_user(),
        )
        server = Server(folder, programs)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as one:
        yield one
