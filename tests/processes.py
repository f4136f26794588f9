"""Running `warraq` as an operator does: real processes, real folders, ports of this machine."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import warraq as package

BROWSER = "Mozilla/5.0 (Android 11; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
"""A person's: what robots read is not counted."""
COMMAND = [sys.executable, "-m", "warraq"]


def environment(**more: str) -> dict[str, str]:
    """Ours without what other tests set, in English, and with this very package."""
    ours = {name: value for name, value in os.environ.items() if not re.match(r"WARRAQ_|DJANGO_|LC_|LANG", name)}
    return {**ours, "LANG": "C.UTF-8", "PYTHONPATH": str(Path(package.__file__).parents[1]), **more}


def warraq(
    *arguments: object, stdin: str = "", uid: int | None = None, cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env=environment(**more),
        user=uid,
        cwd=cwd,
    )


def done(*arguments: object, **more: Any) -> str:
    """The standard output of a command that must succeed."""
    result = warraq(*arguments, **more)
    assert result.returncode == 0, result.stderr
    return result.stdout


def answer(*arguments: object, **more: Any) -> Any:
    """The object that a command prints with `--json`."""
    return json.loads(done(*arguments, "--json", **more))


def refusal(*arguments: object, code: int = 1, **more: Any) -> str:
    """The message of a command that must be refused: on standard error, and no traceback."""
    result = warraq(*arguments, **more)
    assert result.returncode == code, (result.returncode, result.stdout, result.stderr)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "A fault in Warraq itself" not in result.stderr
    return result.stderr


def free_ports(count: int = 2) -> list[int]:
    with contextlib.ExitStack() as stack:
        lines = [stack.enter_context(socket.socket()) for _ in range(count)]
        for line in lines:
            line.bind(("127.0.0.1", 0))
        return [line.getsockname()[1] for line in lines]


@contextlib.contextmanager
def running(*arguments: object, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on; it is asked to stop at the end, and must."""
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(**more),
        start_new_session=True,  # without the tests' terminal
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert process.stdout is not None
        process.stdout.close()


def lines_until(
    process: subprocess.Popen[bytes], wanted: Callable[[list[str]], bool], seconds: float = 60
) -> list[str]:
    """What `process` prints until `wanted` of it; fails where that takes too long or the process ends."""
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    data, deadline = b"", time.monotonic() + seconds
    while time.monotonic() < deadline:
        data += process.stdout.read() or b""
        lines = data.decode(errors="replace").splitlines()
        if wanted(lines):
            return lines
        assert process.poll() is None, lines
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {data.decode(errors='replace')}")


def fetch(url: str, data: bytes | None = None) -> tuple[int, bytes]:
    """Status and body; status 0 where nobody answers."""
    try:
        request = urllib.request.Request(url, data, headers={"User-Agent": BROWSER})
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def eventually(what: Callable[[], Any], seconds: float = 30) -> Any:
    """What `what` gives once it is true; fails where it is not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not true within {seconds} s: {what}")


def shared(base: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first test process makes and the others use; nobody writes into it afterwards."""
    folder = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            aside = base / f"{name}-being-made"
            shutil.rmtree(aside, ignore_errors=True)
            make(aside)
            aside.rename(folder)
    return folder
