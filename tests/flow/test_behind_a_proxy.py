"""The shipped configurations of nginx and Caddy answer what the front answers: the same tree, the same headers."""

from __future__ import annotations

import http.client
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import proxies
from tests.papers import Demo, demo
from tests.processes import eventually, fetch, free_ports, running
from warraq.press import layout

__all__ = ["demo"]

CODINGS = ("br", "gzip", "identity")
THEIR_OWN = {
    *("date", "server", "etag", "last-modified", "accept-ranges", "connection", "alt-svc", "via"),
    *("content-length", "transfer-encoding"),
}
"""Headers of which each server has its own, and those of length, which bodies tell."""
ODD = (
    "//", "/index.html", "/INDEX.html", "/about", "/About/", "/./about/", "/a/../about/", "/about/%2e%2e/", "/about//",
    "/%61bout/", "/index.html.br", "/index.html.gz", "/_/errors/404.html", "/nowhere/", "/nowhere", "/.staging/",
    "/about/?q=1", "/_/health", "/_/read.gif?id=1", "/_/read.gif?id=x", "/search/?q=%D9%82%D9%87%D9%88%D8%A9",
)  # fmt: skip


Reply = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""


@dataclass(frozen=True)
class Site:
    """A server for readers."""

    port: int

    def ask(self, path: str, coding: str = "identity", method: str = "GET", *, source: str = "127.0.0.1") -> Reply:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=(source, 0))
        try:
            line.request(method, path, headers={"Accept-Encoding": coding, "Host": "paper.example"})
            reply = line.getresponse()
            headers = [(name.lower(), value) for name, value in reply.getheaders()]
            assert len(dict(headers)) == len(headers), headers
            return reply.status, {name: value for name, value in headers if name not in THEIR_OWN}, reply.read()
        finally:
            line.close()


@contextmanager
def front(demo: Demo, tmp_path: Path) -> Iterator[Site]:
    """The front on a copy's pages, as behind a proxy."""
    folder = tmp_path / "paper"
    shutil.copytree(demo.folder, folder)
    [port] = free_ports(1)
    named = {"WARRAQ_FRONT__ORIGIN": "https://paper.example", "WARRAQ_FRONT__TRUSTED_PROXIES": "127.0.0.1"}
    with running("serve", "--paper", folder, "--only", "front", WARRAQ_FRONT__PORT=str(port), **named):
        eventually(lambda: fetch(f"http://127.0.0.1:{port}/_/health")[0] == 200)
        yield Site(port)


@contextmanager
def proxy(name: str, folder: Path, theirs: int) -> Iterator[Site]:
    if not proxies.is_installed(name):
        pytest.skip(f"no {name} is installed (Debian: apt-get install {name})")
    [ours] = free_ports(1)
    with proxies.start(name, paper=folder / "paper", folder=folder, ours=ours, theirs=theirs) as process:
        try:
            eventually(lambda: process.poll() is not None or fetch(f"http://127.0.0.1:{ours}/")[0] == 200)
            assert process.poll() is None, (folder / f"{name}.log").read_text()
            yield Site(ours)
        finally:
            process.terminate()
            process.wait(10)


def differences(one: Reply, other: Reply) -> list[object]:
    """What a reader would see of it; names of headers and their values as far as they mean something."""
    names = sorted(one[1].keys() | other[1].keys())
    both = [(name, one[1].get(name, ""), other[1].get(name, "")) for name in names]
    headers = [(name, mine, theirs) for name, mine, theirs in both if mine.lower() != theirs.lower()]
    return headers + [(mine, theirs) for mine, theirs in zip(one[::2], other[::2], strict=True) if mine != theirs]


def test_every_page_and_every_odd_address_is_answered_alike_and_pages_outlive_the_front(
    demo: Demo, tmp_path: Path, which: str
) -> None:
    with front(demo, tmp_path) as direct, proxy(which, tmp_path, direct.port) as site:
        pages = tmp_path / "paper" / "pressed" / layout.PAGES
        files = [file for file in pages.rglob("*") if file.is_file() and file.suffix not in layout.ENCODINGS.values()]
        paths = sorted(layout.path_of(file.relative_to(pages).as_posix()) for file in files)
        has_brotli = which == "caddy" or proxies.BROTLI.exists()
        for path in (*paths, *ODD):
            for coding in CODINGS if has_brotli else CODINGS[1:]:
                assert differences(site.ask(path, coding), direct.ask(path, coding)) == [], (path, coding)
        for method in ("HEAD", "PUT", "DELETE"):
            assert site.ask("/about/", method=method)[:2] == direct.ask("/about/", method=method)[:2], method
        assert site.ask("/_/read", method="POST")[0] == direct.ask("/_/read", method="POST")[0]
        known = fetch(f"http://127.0.0.1:{site.port}/about/")
        assert known[0] == 200
    with proxy(which, tmp_path, direct.port) as alone:
        assert alone.ask("/about/")[2] == known[1]
        for path in ("/nowhere/", "/search/?q=x", "/About/"):
            status, headers, body = alone.ask(path)
            assert (status, headers["cache-control"]) == (503, "no-store"), path
            assert body == (pages / "_/errors/503.html").read_bytes(), path


def test_behind_nginx_one_address_cannot_take_all_searches_and_a_carrier_of_readers_is_let_in(
    demo: Demo, tmp_path: Path
) -> None:
    with front(demo, tmp_path) as direct, proxy("nginx", tmp_path, direct.port) as site:
        away = (tmp_path / "paper" / "pressed" / layout.PAGES / "_/errors/503.html").read_bytes()
        asked = [site.ask(f"/search/?q=%D9%82%D9%87%D9%88%D8%A9+{number}") for number in range(250)]
        found = [status for status, _headers, _body in asked]
        assert set(found) == {200, 503}
        assert found[:80] == [200] * 80, "as many as come in the moment after breaking news"
        _status, headers, body = asked[found.index(503)]
        assert (headers["retry-after"], headers["cache-control"], body) == ("30", "no-store", away)
        assert site.ask("/about/")[0] == 200
        assert site.ask("/search/?q=x", source="127.0.0.2")[0] == 200
        reads = [site.ask("/_/read?id=1", method="POST")[0] for _ in range(500)]
        assert reads == [204] * 500


@pytest.fixture(params=["nginx", "caddy"])
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)
