"""Pictures of the demonstration paper as readers see it, phone and desk, one file a page.

    python tools/shots.py [--paper DIR] [--out shots]

Without --paper a demonstration is made for it in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

WARRAQ = (sys.executable, "-m", "warraq")
SIZES = {"phone": (360, 740), "desk": (1280, 900)}
CHROMIUM = "/usr/bin/chromium"
PAGES = {
    "front": "/",
    "section": "/culture/",
    "most-read": "/most-read/week/",
    "archive": "/archive/",
    "about": "/about/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--paper", type=Path)
    parser.add_argument("--out", type=Path, default=Path("shots"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        paper = chosen.paper or Path(scratch) / "paper"
        if chosen.paper is None:
            subprocess.run([*WARRAQ, "demo", paper], check=True, stdout=subprocess.DEVNULL)
        chosen.out.mkdir(parents=True, exist_ok=True)
        with served(paper) as origin, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            for name, path in {**PAGES, **articles(paper)}.items():
                shoot(browser, f"{origin}{path}", name, chosen.out)
            browser.close()


def articles(paper: Path) -> dict[str, str]:
    """An article and a literary text, by the section that they stand in."""
    printed = subprocess.run(
        [*WARRAQ, "rankings", "--window", "month", "--json", "--paper", paper], check=True, capture_output=True
    )
    urls = [item["url"] for item in json.loads(printed.stdout)["items"]]
    texts = [f"/texts/{folder.name}/" for folder in (paper / "pressed" / "pages" / "texts").glob("[0-9]*")]
    return {"article": urls[0], "opinion": next((url for url in urls if "/opinion/" in url), urls[0]), "text": texts[0]}


@contextmanager
def served(paper: Path) -> Iterator[str]:
    """The address of a front on `paper`."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
    front = subprocess.Popen([*WARRAQ, "serve", "--only", "front", "--port", str(port), "--paper", paper])
    try:
        wait_for(f"http://127.0.0.1:{port}/_/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        front.terminate()
        front.wait(30)


def wait_for(url: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def shoot(browser: Browser, url: str, name: str, out: Path) -> None:
    for size, (width, height) in SIZES.items():
        page = browser.new_page(viewport={"width": width, "height": height}, locale="ar")
        page.goto(url, wait_until="networkidle")
        # As high as the page itself, so that pictures further down are loaded too.
        page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
        page.wait_for_load_state("networkidle")
        page.screenshot(path=out / f"{name}-{size}.png", full_page=True)
        page.close()
        print(out / f"{name}-{size}.png")


if __name__ == "__main__":
    main()
