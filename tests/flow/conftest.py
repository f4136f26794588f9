"""A demonstration paper, made and served by the real commands, once for all the stories."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PASSWORD = "قهوة المخا 1511"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LINK = re.compile(r'(?:href|src)="([^"#]+)')
WRITES = ("/_/comment", "/_/read")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


@dataclass
class Paper:
    """A paper that is served. `parts` are the processes' ids by name."""

    folder: Path
    readers: str
    newsroom: str
    supervisor: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and text of a page, redirects not followed."""
        request = Request(urljoin(self.readers, path), headers=headers)
        try:
            with build_opener(_NoRedirect).open(request, timeout=20) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def command(self, *words: str, text: str | None = None) -> dict[str, object]:
        """A `warraq … --json` command on this paper."""
        done = subprocess.run(
            [sys.executable, "-m", "warraq", *words, "--paper", str(self.folder), "--json"],
            capture_output=True,
            text=True,
            input=text,
            check=True,
            timeout=120,
        )
        return json.loads(done.stdout)

    def crawl(self) -> dict[str, int]:
        """Path → status of every page that can be reached by links from the front and the site map."""
        found: dict[str, int] = {}
        todo = ["/", "/sitemap.xml"]
        while todo:
            path = todo.pop()
            if path in found:
                continue
            found[path], text = self.get(path)
            if found[path] == 200 and not path.startswith(("/_/static/", "/_/media/")):
                links = LINK.findall(text) + re.findall(r"<loc>([^<]+)</loc>", text)
                links += [
                    part.split()[0] for value in re.findall(r'srcset="([^"]+)"', text) for part in value.split(",")
                ]
                todo += [link.removeprefix(self.readers.rstrip("/")) for link in links if self._is_ours(link)]
        return found

    def _is_ours(self, link: str) -> bool:
        path = link.removeprefix(self.readers.rstrip("/"))
        return path.startswith("/") and not path.startswith("//") and path.split("?")[0] not in WRITES

    def until(self, path: str, words: str, seconds: float = 10, there: bool = True) -> float:
        """Seconds until `words` stand (or no longer stand) on the page; fails after `seconds`."""
        started = time.monotonic()
        while (words in self.get(path)[1]) != there:
            assert time.monotonic() - started < seconds, f"{path}: {words!r} {'did not come' if there else 'stayed'}"
            time.sleep(0.05)
        return time.monotonic() - started


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("WARRAQ_", "DJANGO_"))}


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration paper with an administrator `editor`."""
    folder = tmp_path_factory.mktemp("flow") / "paper"
    warraq = [sys.executable, "-m", "warraq"]
    subprocess.run([*warraq, "demo", str(folder)], check=True, env=environment(), capture_output=True, timeout=300)
    words = ["createadmin", "--user", "editor", "--password-stdin", "--paper", str(folder)]
    subprocess.run([*warraq, *words], input=PASSWORD, text=True, check=True, env=environment(), timeout=60)
    return folder


@pytest.fixture(scope="session")
def paper(demonstration: Path) -> Iterator[Paper]:
    """That paper, served."""
    front, newsroom = free_port(), free_port()
    words = ["serve", "--paper", str(demonstration), "--port", str(front), "--newsroom-port", str(newsroom)]
    server = subprocess.Popen(
        [sys.executable, "-m", "warraq", *words], env=environment(), stdout=subprocess.PIPE, text=True
    )
    made = Paper(demonstration, f"http://127.0.0.1:{front}/", f"http://127.0.0.1:{newsroom}/", server)
    assert server.stdout is not None
    for _part in range(3):  # one line a part, when it answers
        server.stdout.readline()
    yield made
    server.send_signal(signal.SIGTERM)
    server.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as browsers:
        made = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield made
        made.close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A reader's page; anything that leaves the paper's own host or breaks its policy fails the test."""
    context: BrowserContext = browser.new_context(viewport={"width": 360, "height": 740}, locale="ar")
    page = context.new_page()
    complaints: list[str] = []
    page.on("request", lambda request: None if "127.0.0.1" in request.url else complaints.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A reader whose browser runs no script."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def editor(browser: Browser, paper: Paper) -> Iterator[Page]:
    """An administrator in the newsroom."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ar")
    page = context.new_page()
    page.goto(f"{paper.newsroom}admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"{paper.newsroom}admin/")
    yield page
    context.close()
