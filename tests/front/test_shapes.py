"""No request shapes a page: whatever its headers and its query say, the answer is the same, byte for byte."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.front.conftest import ARTICLE, Paper, ask
from tests.front.names import HEADERS, QUERIES
from tests.front.test_serve import Server
from warraq.front.app import Front

CANARY = "canary.example"
KINDS = {
    "page": "/news/12/",
    "file": "/_/static/style.ab12.css",
    "fragment": "/_/ranking/read/day.html",
    "gone": "/news/66/",
    "moved": "/culture/9/",
    "spelling": "/News/12",
    "missing": "/nope/",
    "search": "/search/",
    "received": "/_/comment-received.html",
    "health": "/_/health",
    "only posts": "/_/read",
}
"""Every kind of address that is read."""


def test_there_are_about_two_thousand_headers_and_twenty_fields() -> None:
    assert len(HEADERS) > 2000
    assert len(QUERIES) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_no_header_and_no_field_shapes_an_answer(front: Front, kind: str) -> None:
    plain = ask(front, KINDS[kind])
    for number, name in enumerate(HEADERS):
        header = {"HTTP_" + name.upper().replace("-", "_"): CANARY}
        field = f"{QUERIES[number % len(QUERIES)]}={CANARY}"
        assert ask(front, KINDS[kind], query=field, **header) == plain, (name, field)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    paper = Paper(tmp_path_factory.mktemp("shaped"))
    paper.press("/news/12/", ARTICLE)
    paper.press("/culture/9/", b"/news/12/", tree="moved", packed=False)
    running = Server(paper.folder)
    yield running
    running.stop()


@pytest.mark.parametrize("kind", ["page", "moved", "spelling", "missing"])
def test_nor_does_any_that_the_server_itself_may_know(server: Server, kind: str) -> None:
    def shaped(names: list[str]) -> list[str]:
        """Those of `names` that made an answer another."""
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
            plain = _answer(line, KINDS[kind], "")
            return [
                name for name in names if _answer(line, f"{KINDS[kind]}?p={CANARY}", f"{name}: {CANARY}\r\n") != plain
            ]

    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(shaped, (HEADERS[start::4] for start in range(4)))] == [[]] * 4


def _answer(line: socket.socket, target: str, header: str) -> tuple[int, list[tuple[str, str]], bytes]:
    """On a connection that goes on: status, headers but for the time, body."""
    line.sendall(f"GET {target} HTTP/1.1\r\nHost: paper.example\r\n{header}\r\n".encode())
    reply = http.client.HTTPResponse(line)
    reply.begin()
    headers = [(name.lower(), value) for name, value in reply.getheaders()]
    return reply.status, [row for row in headers if row[0] != "date"], reply.read()
