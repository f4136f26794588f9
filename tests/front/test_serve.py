"""A real server on a real port: what WSGI alone does not show."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from tests.front.conftest import ARTICLE, BROWSER, Paper
from tests.front.test_headers import EXPECTED
from warraq.front import app, door, search, serve
from warraq.front.comments import FORM

RUN = """
import sys
from pathlib import Path
from warraq.front.serve import serve
from warraq.front.settings import FrontSettings
folder = Path(sys.argv[1])
settings = FrontSettings(folder / "pressed", folder / "spool", folder / "index", language="en")
serve(settings, host="127.0.0.1", port=int(sys.argv[2]))
"""
HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


class Server:
    """The front in processes of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([sys.executable, "-c", RUN, str(folder), str(self.port)], env=HERE)
        self.started = time.monotonic()
        while not self.answers():
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() - self.started < 20, "the server does not answer"
            time.sleep(0.02)
        self.seconds = time.monotonic() - self.started

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/_/health")[0] == 200
        except OSError:
            return False

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, body, {"User-Agent": BROWSER, **given})
            with connection.getresponse() as reply:
                return reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()

    def raw(self, data: bytes) -> bytes:
        """What comes back on one connection until the server has nothing more to say for a moment."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=0.5) as connection:
            connection.sendall(data)
            got = b""
            try:
                while chunk := connection.recv(65536):
                    got += chunk
            except TimeoutError:
                pass
            return got

    def workers(self) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    paper = Paper(tmp_path_factory.mktemp("served"))
    paper.press("/news/12/", ARTICLE)
    paper.press("/culture/9/", b"/news/12/", tree="moved", packed=False)
    return paper


@pytest.fixture(scope="module")
def server(folder: Paper) -> Iterator[Server]:
    running = Server(folder.folder)
    yield running
    running.stop()


def test_a_page_arrives_whole_with_every_header(server: Server) -> None:
    status, headers, body = server.ask("GET", "/news/12/", Accept_Encoding="br")
    assert (status, brotli.decompress(body)) == (200, ARTICLE)
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    assert headers["content-length"] == str(len(body))
    status, headers, body = server.ask("GET", "/news/12/", Accept_Encoding="br", If_None_Match=headers["etag"])
    assert (status, body) == (304, b"")


def test_a_head_has_the_length_of_its_get(server: Server) -> None:
    answer = server.raw(b"HEAD /news/12/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n")
    assert b"content-length: %d\r\n" % len(ARTICLE) in answer


@pytest.mark.parametrize(
    "path", [b"/news/%31%32/", b"/news/12/?a=b&preview=1", b"http://evil.example/news/12/", b"/%6eews/12/"]
)
def test_encoded_and_absolute_forms_are_the_same_page(server: Server, path: bytes) -> None:
    answer = server.raw(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(ARTICLE)
    assert b"evil" not in answer


@pytest.mark.parametrize(
    "path",
    [b"/%2e%2e/%2e%2e/etc/passwd", b"/..%2f..%2fetc%2fpasswd", b"/news/12%00/", b"/\xd9\x82/", b"/%D9%82/", b"/%"],
)
def test_hostile_paths_are_not_found(server: Server, path: bytes) -> None:
    answer = server.raw(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer[:12] in {b"HTTP/1.1 404", b"HTTP/1.1 400"}
    assert b"root:" not in answer


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n"])
def test_no_host_or_two_are_refused(server: Server, hosts: bytes) -> None:
    assert b" 400 " in server.raw(b"GET /news/12/ HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")[:20]


def test_no_cookie_and_no_answer_differ_by_the_readers_headers(server: Server) -> None:
    base = re.sub(rb"date: [^\r]+", b"", server.raw(b"GET /News/12 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    assert b"location: /news/12/\r\n" in base
    for name in (b"X-Forwarded-Host", b"Forwarded", b"X-Original-URL", b"Cookie", b"X-HTTP-Method-Override", b"Via"):
        request = b"GET /News/12 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + name + b": canary\r\n\r\n"
        assert re.sub(rb"date: [^\r]+", b"", server.raw(request)) == base
    assert b"set-cookie" not in base.lower()


def test_what_was_acknowledged_is_kept_whenever_the_server_is_killed(tmp_path: Path) -> None:
    paper = Paper(tmp_path)
    killed = Server(tmp_path)
    acknowledged: list[int] = []

    def post(number: int) -> None:
        comment = f"article={number}&name=سالم&text=مرحبا".encode()
        try:
            if number % 5:
                status, *_ = killed.ask("POST", f"/_/read?id={number}")
            else:
                status, *_ = killed.ask("POST", "/_/comment", comment, Content_Type=FORM)
        except (OSError, http.client.HTTPException):
            return
        if status in {204, 303}:
            acknowledged.append(number)

    with ThreadPoolExecutor(6) as senders:
        for number in range(1, 2000):
            senders.submit(post, number)
        while len(acknowledged) < 100:
            time.sleep(0.005)
        for pid in killed.workers():
            os.kill(pid, signal.SIGKILL)
        killed.process.kill()
        senders.shutdown(wait=True, cancel_futures=True)
    killed.process.wait()
    kept = [record["a"] for record in paper.spooled("reads")]
    kept += [record["article"] for record in paper.spooled("comments")]
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert len(acknowledged) < 1999


def test_senders_who_never_finish_keep_no_reader_waiting(server: Server, folder: Paper) -> None:
    head = (
        b"POST /_/comment HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: 500\r\n\r\nart"
    )
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(serve.THREADS * 3)]
    try:
        for connection in slow:
            connection.sendall(head)
        time.sleep(0.2)
        begun = time.monotonic()
        for _ in range(20):
            assert server.ask("GET", "/news/12/")[0] == 200
            assert server.ask("POST", "/_/read?id=12")[0] == 204
        assert time.monotonic() - begun < 2
        assert server.ask("POST", "/_/comment", b"article=1", Content_Type=FORM)[0] == 503
    finally:
        for connection in slow:
            connection.close()
    time.sleep(0.2)
    assert server.ask("POST", "/_/comment", b"article=1", Content_Type=FORM)[0] == 400


def test_idle_connections_keep_no_reader_waiting(server: Server) -> None:
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(1500)]
    try:
        assert server.ask("GET", "/news/12/")[0] == 200
    finally:
        for connection in idle:
            connection.close()


def test_readers_are_answered_within_a_second_of_the_start_and_the_server_ends_when_told(folder: Paper) -> None:
    running = Server(folder.folder)
    begun = time.monotonic()
    running.stop()
    assert time.monotonic() - begun < 10
    assert running.seconds < 10  # one second on a quiet machine; nothing here is asserted to be fast


def test_more_threads_than_posts_and_searches_can_keep_busy() -> None:
    assert serve.THREADS > door.POSTS_AT_ONCE + search.AT_ONCE + search.WAITING


def test_the_application_is_made_from_the_environment(folder: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(serve.VARIABLE, folder.settings.as_json())
    made = app.application
    try:
        assert isinstance(made, app.Front)
        assert app.application is made
    finally:
        del app.application
