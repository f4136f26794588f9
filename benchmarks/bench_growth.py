"""Does publishing stay as fast when the archive grows?

Makes papers of invented news (`grown.py`), presses them, counts what a publication costs (`publications.py`), serves
each and publishes one article again and again through Wagtail's own edit form while a reader asks for its page.
Keeps all of it by size, and the ratios of the largest to the smallest.

    .venv/bin/python benchmarks/bench_growth.py [--sizes 500 2500] [--times 20] [--keep DIR]

Three sizes tell more: --sizes 1000 10000 100000 takes an hour or more. With `--keep`, papers stay in DIR, and are
measured as they lie there the next time.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench_publish_to_live import editor, measure
from playwright.sync_api import sync_playwright
from publications import SECTION
from served import keep, served, spread

HERE = Path(__file__).parent


def told(script: str, *words: str) -> dict[str, Any]:
    """The JSON object that one of our scripts prints last."""
    run = subprocess.run([sys.executable, HERE / script, *words], check=True, text=True, stdout=subprocess.PIPE)
    return dict(json.loads(run.stdout.splitlines()[-1]))


def live(folder: Path, times: int) -> dict[str, Any]:
    """Publish to live, ms: the newest article of a section, through the newsroom, seen at the readers' address."""
    with served(folder) as paper, sync_playwright() as browsers:
        page = urlopen(f"{paper.readers}/{SECTION}/").read().decode()
        path = next(iter(re.findall(rf'href="(/{SECTION}/\d+/)"', page)))
        edit = f"{paper.newsroom}/admin/pages/{path.split('/')[2]}/edit/"
        context = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"]).new_context()
        form = editor(context, paper.newsroom, edit)
        measure(context, form, edit, paper.readers + path, 3)
        seen, answered = measure(context, form, edit, paper.readers + path, times, 1.0)
    return {"live": spread(seen), "newsroom answered": spread(answered)}


def one(folder: Path, size: int, times: int) -> dict[str, Any]:
    made = (
        {} if (folder / "warraq.toml").exists() else told("grown.py", str(folder), "--articles", str(size), "--press")
    )
    return {**made, "publication": told("publications.py", str(folder)), **live(folder, times)}


def ratios(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    """How many times a publication costs in the large paper what it costs in the small one."""
    found = {f"publish to live, {part}": large["live"][part] / small["live"][part] for part in ("median", "p95")}
    for deed, costs in small["publication"].items():
        found |= {f"{deed}, {name}": large["publication"][deed][name] / cost for name, cost in costs.items() if cost}
    return {name: round(value, 2) for name, value in found.items()}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sizes", type=int, nargs="+", default=[500, 2_500])
    ask.add_argument("--times", type=int, default=20)
    ask.add_argument("--keep", type=Path)
    given = ask.parse_args()
    base = given.keep or Path(tempfile.mkdtemp(prefix="warraq-growth-"))
    base.mkdir(parents=True, exist_ok=True)
    try:
        found = {str(size): one(base / str(size), size, given.times) for size in sorted(given.sizes)}
    finally:
        if not given.keep:
            shutil.rmtree(base, ignore_errors=True)
    smallest, *_between, largest = found if len(found) > 1 else [*found, *found]
    keep(
        "growth",
        "publishing in a growing archive; times in ms",
        n=given.times,
        sizes=found,
        **{f"{largest} : {smallest}": ratios(found[smallest], found[largest])},
    )


if __name__ == "__main__":
    main()
