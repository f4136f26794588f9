"""How long from "publish" pressed in the newsroom to new bytes at the readers' address?

Makes a demonstration paper in a temporary folder, serves it, and publishes one article 50 times through Wagtail's own
edit form, while a reader asks for the page again and again. Prints and keeps median and p95, milliseconds:
until the readers' address answers with the new headline, and until the newsroom answered the editor.

    .venv/bin/python benchmarks/bench_publish_to_live.py [--times 50] [--pause 1.0] [--paper DIR]
"""

from __future__ import annotations

import argparse
import re
import threading
import time
from pathlib import Path
from urllib.parse import parse_qsl
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, sync_playwright
from served import PASSWORD, USER, keep, served, spread


def editor(context: BrowserContext, newsroom: str, edit: str) -> str:
    """Log in, open the editor, and give its form as a browser sends it (its fields are made by Wagtail's script)."""
    page = context.new_page()
    page.goto(f"{newsroom}/admin/login/")
    page.fill("[name=username]", USER)
    page.fill("[name=password]", PASSWORD)
    page.click("[type=submit]")
    page.goto(edit)
    page.wait_for_selector("[name=body-count]", state="attached")
    form = page.evaluate("new URLSearchParams(new FormData(document.querySelector('#page-edit-form'))).toString()")
    page.close()
    return str(form)


class Reader(threading.Thread):
    """Asks for a page again and again; notes when a headline first stands in it."""

    def __init__(self, address: str, headline: str) -> None:
        super().__init__(daemon=True)
        self.address, self.headline, self.seen_at = address, headline.encode(), 0.0

    def run(self) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if self.headline in urlopen(self.address, timeout=5).read():
                self.seen_at = time.monotonic()
                return
            time.sleep(0.002)


def measure(
    context: BrowserContext, form: str, edit: str, address: str, times: int, pause: float = 0
) -> tuple[list[float], list[float]]:
    live, answered = [], []
    for number in range(times):
        time.sleep(pause)
        headline = f"عنوان القياس رقم {number} من {times} في {time.time_ns()}"
        fields = {**dict(parse_qsl(form, keep_blank_values=True)), "title": headline, "action-publish": "1"}
        reader = Reader(address, headline)
        reader.start()
        started = time.monotonic()
        answer = context.request.post(edit, form=fields, headers={"Referer": edit}, max_redirects=0)
        answered.append(1000 * (time.monotonic() - started))
        if answer.status != 302:
            raise SystemExit(f"the newsroom answered {answer.status}")
        reader.join(30)
        if not reader.seen_at:
            raise SystemExit("the new headline never came")
        live.append(1000 * (reader.seen_at - started))
    return live, answered


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--times", type=int, default=50)
    ask.add_argument("--paper", type=Path)
    ask.add_argument("--pause", type=float, default=1.0, help="seconds between two publications; 0 is one on another")
    given = ask.parse_args()
    with served(given.paper) as paper, sync_playwright() as browsers:
        path = next(iter(re.findall(r'href="(/news/\d+/)"', urlopen(f"{paper.readers}/news/").read().decode())))
        edit = f"{paper.newsroom}/admin/pages/{path.split('/')[2]}/edit/"
        context = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]).new_context()
        form = editor(context, paper.newsroom, edit)
        measure(context, form, edit, paper.readers + path, 3)  # first times load code; an editor's day has them once
        live, answered = measure(context, form, edit, paper.readers + path, given.times, given.pause)
    keep(
        "publish_to_live",
        "publish to live, ms",
        n=given.times,
        pause_seconds=given.pause,
        live=spread(live),
        **{"newsroom answered": spread(answered)},
    )


if __name__ == "__main__":
    main()
