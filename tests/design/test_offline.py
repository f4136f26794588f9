"""What a reader's browser keeps of the paper, and when it shows it: never in place of what the paper answers."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.design import sample, sample_pages
from tests.design.in_a_browser import Front as Paper
from tests.design.in_a_browser import opened

ARTICLE, OTHER = "/economy/1/", "/economy/2/"
NOTHING_KEPT = replace(sample.PAPER, offline=False)


class Front(Paper):
    """The sample paper, until something happens to it."""

    answers = "pages"

    def do_GET(self) -> None:
        if self.answers == "pages":
            super().do_GET()
            return
        if self.answers == "nothing":
            self.connection.close()
            return
        self.send_response(int(self.answers))
        self.send_header("Cache-Control", "no-cache")  # as the front says it
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"gone")


@pytest.fixture
def front() -> Iterator[str]:
    Front.answers = "pages"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Front)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Any, front: str) -> Iterator[Any]:
    """A browser that has opened the front and an article, and keeps them."""
    with opened(browser, f"{front}/", service_workers="allow", complains=False) as page:
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller")
        page.goto(front + ARTICLE, wait_until="networkidle")
        page.wait_for_function(f"caches.match('{ARTICLE}')")
        yield page


def title(page: Any, address: str) -> str:
    page.goto(address, wait_until="load")
    text: str = page.locator("h1").first.inner_text()
    return text


def test_what_was_read_is_read_again_without_a_network(reader: Any, front: str) -> None:
    known = title(reader, front + ARTICLE)
    for what in ("nothing", "503"):
        Front.answers = what
        assert title(reader, f"{front}{ARTICLE}?from=telegram") == known
        assert reader.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"  # in its style
        assert reader.goto(f"{front}/").status == 200
    Front.answers = "nothing"
    assert title(reader, front + OTHER) == "لا اتصال بالشبكة"


def test_what_the_paper_answers_comes_first(reader: Any, front: str, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = Front.bodies[ARTICLE].replace(b"</h1>", " (تصويب)</h1>".encode())
    monkeypatch.setitem(Front.bodies, ARTICLE, newer)
    assert title(reader, front + ARTICLE).endswith("(تصويب)")
    Front.answers = "nothing"
    assert title(reader, front + ARTICLE).endswith("(تصويب)")


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_no_longer_kept(reader: Any, front: str, status: int) -> None:
    Front.answers = str(status)
    assert reader.goto(front + ARTICLE).status == status
    reader.wait_for_function(f"caches.match('{ARTICLE}').then(kept => !kept)")
    Front.answers = "nothing"
    assert title(reader, front + ARTICLE) == "لا اتصال بالشبكة"


def test_one_page_is_kept_once_whatever_a_link_hung_onto_its_address(
    reader: Any, front: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    title(reader, f"{front}{ARTICLE}?fbclid=1")
    newer = Front.bodies[ARTICLE].replace(b"</h1>", " (تصويب)</h1>".encode())
    monkeypatch.setitem(Front.bodies, ARTICLE, newer)
    title(reader, f"{front}{ARTICLE}?fbclid=2")
    Front.answers = "nothing"
    for query in ("", "?fbclid=1", "?fbclid=3"):
        assert title(reader, front + ARTICLE + query).endswith("(تصويب)")
    Front.answers = "410"
    reader.goto(f"{front}{ARTICLE}?x=1")
    reader.wait_for_function(f"caches.match('{ARTICLE}').then(kept => !kept)")
    Front.answers = "nothing"
    assert title(reader, f"{front}{ARTICLE}?fbclid=2") == "لا اتصال بالشبكة"


def test_a_busy_search_says_so_itself(reader: Any, front: str) -> None:
    title(reader, f"{front}/search/")
    Front.answers = "503"
    assert reader.goto(f"{front}/search/?q=x").status == 503


def test_no_more_is_kept_than_a_phone_has_room_for(reader: Any, front: str) -> None:
    many = {f"/_/media/{number}.webp": b"picture" for number in range(170)}
    Front.bodies.update(many)
    try:
        reader.evaluate("(async () => { for (let n = 0; n < 170; n++) await fetch(`/_/media/${n}.webp`); })()")
        reader.goto(f"{front}/?from=telegram")  # the front is kept once, whatever a link hung onto its address
        reader.wait_for_function("caches.open('paper').then(kept => kept.keys()).then(all => all.length === 156)")
    finally:
        for path in many:
            del Front.bodies[path]
    assert reader.evaluate("caches.match('/').then(kept => kept.status)") == 200


def test_a_paper_that_keeps_nothing_clears_what_was_kept(
    reader: Any, front: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(Front.bodies, "/offline.js", sample_pages.draw(("offline.js", {}), paper=NOTHING_KEPT).encode())
    reader.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    reader.wait_for_function("navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    reader.wait_for_function("caches.keys().then(all => all.length === 0)")
    assert "data-offline" not in sample_pages.draw(sample_pages.pages()["/about/"], paper=NOTHING_KEPT)
