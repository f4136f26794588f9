"""How long from "publish" pressed in the newsroom to new bytes at the readers' address?

Makes a demonstration paper in a temporary folder, serves it, and publishes one article 50 times through Wagtail's own
edit form, while a reader asks for the page again and again. Prints and keeps median and p95, milliseconds:
until the readers' address answers with the new headline, and until the newsroom answered the editor.

    .venv/bin/python benchmarks/bench_publish_to_live.py [--times 50] [--paper DIR]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, sync_playwright

PASSWORD = "benchmark قهوة 1511"
RESULTS = Path(__file__).parent / "results"


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def warraq(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "warraq", *words], check=True, text=True, **more)  # type: ignore[call-overload]


def wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} does not answer")


def editor(context: BrowserContext, newsroom: str, edit: str) -> str:
    """Log in, open the editor, and give its form as a browser sends it (its fields are made by Wagtail's script)."""
    page = context.new_page()
    page.goto(f"{newsroom}/admin/login/")
    page.fill("[name=username]", "bench")
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


def measure(context: BrowserContext, form: str, edit: str, address: str, times: int) -> tuple[list[float], list[float]]:
    live, answered = [], []
    for number in range(times):
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


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--times", type=int, default=50)
    ask.add_argument("--paper", type=Path)
    given = ask.parse_args()
    folder = given.paper or Path(tempfile.mkdtemp(prefix="warraq-bench-")) / "paper"
    if not given.paper:
        warraq("demo", str(folder), stdout=subprocess.DEVNULL)
    subprocess.run(
        [sys.executable, "-m", "warraq", "createadmin", "--user", "bench", "--password-stdin", "--paper", str(folder)],
        input=PASSWORD,
        text=True,
        check=not given.paper,  # a paper measured before has the user
    )
    front, staff = free_port(), free_port()
    words = ["serve", "--paper", str(folder), "--port", str(front), "--newsroom-port", str(staff)]
    server = subprocess.Popen([sys.executable, "-m", "warraq", *words], stdout=subprocess.DEVNULL)
    try:
        readers, newsroom = f"http://127.0.0.1:{front}", f"http://127.0.0.1:{staff}"
        wait_for(f"{readers}/")
        wait_for(f"{newsroom}/admin/login/")
        path = next(iter(re.findall(r'href="(/news/\d+/)"', urlopen(f"{readers}/news/").read().decode())))
        edit = f"{newsroom}/admin/pages/{path.split('/')[2]}/edit/"
        with sync_playwright() as browsers:
            context = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]).new_context()
            form = editor(context, newsroom, edit)
            measure(context, form, edit, readers + path, 3)  # first times load code; an editor's day has them once
            live, answered = measure(context, form, edit, readers + path, given.times)
    finally:
        server.terminate()
        server.wait(30)
        if not given.paper:
            shutil.rmtree(folder.parent, ignore_errors=True)
    result = {
        "question": "publish to live, ms",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
        ).stdout.strip(),
        "n": given.times,
        "live": {"median": round(statistics.median(live)), "p95": round(p95(live)), "max": round(max(live))},
        "newsroom answered": {"median": round(statistics.median(answered)), "p95": round(p95(answered))},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "publish_to_live.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
