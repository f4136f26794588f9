"""The sample paper in Chromium, under the policy that the front sends."""

from __future__ import annotations

import http.server
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest

from tests.design import sample_pages
from warraq.design import assets
from warraq.press import layout

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types paper"
)
DRAWN = {**sample_pages.pages(), **sample_pages.others()}


class Front(http.server.BaseHTTPRequestHandler):
    """Serves the sample paper with the front's policy and notes the posts that come in."""

    bodies: ClassVar[dict[str, bytes]] = {
        **{path: sample_pages.draw(page).encode() for path, page in DRAWN.items()},
        **{assets.url(name): assets.read(name) for name in assets.names()},
    }
    posts: ClassVar[list[tuple[str, dict[str, list[str]]]]] = []

    def do_GET(self) -> None:
        body = self.bodies.get(self.path.partition("?")[0])
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", layout.media_type_of(self.path.partition("?")[0]))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def do_POST(self) -> None:
        path, _, query = self.path.partition("?")
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.posts.append((path, parse_qs(f"{query}&{text}", keep_blank_values=True)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def opened(
    browser: Any, address: str, *, width: int = 360, before: str = "", complains: bool = True, **options: Any
) -> Iterator[Any]:
    """A page of the paper; fails at the end where the browser `complains` or another host was asked."""
    context = browser.new_context(
        **{"viewport": {"width": width, "height": 740}, "service_workers": "block", **options}
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address[:20]) else said.append(request.url))
    if before:
        page.add_init_script(before)
    page.goto(address, wait_until="networkidle")
    try:
        yield page
    finally:
        context.close()
    # The sample's pictures are not drawn for this; what keeps pages has tests of its own.
    expected = ("Failed to load resource", "Service Worker registration blocked by Playwright")
    told = [text for text in said if not text.startswith(expected)]
    assert not complains or not told, told


def until(page: Any, ready: Callable[[], bool]) -> None:
    for _ in range(100):
        if ready():
            return
        page.wait_for_timeout(50)
    pytest.fail("it did not come within five seconds")
