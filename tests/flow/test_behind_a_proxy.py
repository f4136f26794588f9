"""The shipped configurations of nginx and Caddy answer what the front answers: the same tree, the same headers."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.papers import Demo, demo
from tests.processes import eventually, fetch, free_ports, running
from warraq.press import layout

__all__ = ["demo"]

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
BROTLI = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"
CODINGS = ("br", "gzip", "identity")
THEIR_OWN = {
    *("date", "server", "etag", "last-modified", "accept-ranges", "connection", "alt-svc", "via"),
    *("content-length", "transfer-encoding"),
}
"""Headers of which each server has its own, and those of length, which bodies tell."""
ODD = (
    "//", "/index.html", "/INDEX.html", "/about", "/About/", "/./about/", "/a/../about/", "/about/%2e%2e/", "/about//",
    "/%61bout/", "/index.html.br", "/index.html.gz", "/_/errors/404.html", "/nowhere/", "/nowhere", "/.staging/",
    "/about/?q=1", "/_/health", "/search/?q=%D9%82%D9%87%D9%88%D8%A9",
)  # fmt: skip


Reply = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""


@dataclass(frozen=True)
class Site:
    """A server for readers."""

    port: int

    def ask(self, path: str, coding: str = "identity", method: str = "GET") -> Reply:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
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


def adapted(name: str, folder: Path, ours: int, theirs: int) -> str:
    """A shipped file with the folder and ports of a test, and without TLS."""
    text = (DEPLOY / name).read_text()
    for old, new in (("/srv/paper", str(folder / "paper")), ("127.0.0.1:8000", f"127.0.0.1:{theirs}")):
        assert old in text
        text = text.replace(old, new)
    if name == "Caddyfile":
        assert "\npaper.example {" in text
        site = text.replace("\npaper.example {", f"\nhttp://127.0.0.1:{ours}, http://paper.example:{ours} {{")
        return f"{{\n\tadmin off\n\tauto_https off\n\tskip_install_trust\n}}\n{site}"
    text = re.sub(r"listen 443[^;]*;", f"listen 127.0.0.1:{ours};", text)
    text = re.sub(r"\n *ssl_[^;]*;", "", text)
    module = Path(BROTLI).exists()
    text = text.replace("# brotli_static on;", "brotli_static on;") if module else text
    load = f"load_module {BROTLI};\n" if module else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # nobody else may look into a test's folder
    head = f"{load}{user}daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\nworker_processes 1;\n"
    return f"{head}events {{ worker_connections 512; }}\nhttp {{\naccess_log off;\n{temporary}{text}\n}}\n"


@contextmanager
def proxy(name: str, folder: Path, theirs: int) -> Iterator[Site]:
    program = {"nginx.conf": "nginx", "Caddyfile": "caddy"}[name]
    if shutil.which(program) is None:
        pytest.skip(f"no {program} is installed (Debian: apt-get install {program})")
    [ours] = free_ports(1)
    config = folder / name
    config.write_text(adapted(name, folder, ours, theirs))
    command = {
        "nginx": ["nginx", "-c", str(config), "-p", str(folder)],
        "caddy": ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"],
    }[program]
    env = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "XDG_DATA_HOME": str(folder)}
    said = folder / f"{program}.log"
    with said.open("wb") as log, subprocess.Popen(command, env=env, stderr=log) as process:
        try:
            eventually(lambda: process.poll() is not None or fetch(f"http://127.0.0.1:{ours}/")[0] == 200)
            assert process.poll() is None, process.stderr and process.stderr.read().decode()
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
        has_brotli = which == "Caddyfile" or Path(BROTLI).exists()
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
        status, headers, body = alone.ask("/nowhere/")
        assert (status, headers["cache-control"]) == (503, "no-store")
        assert body == (pages / "_/errors/503.html").read_bytes()


@pytest.fixture(params=["nginx.conf", "Caddyfile"])
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)
