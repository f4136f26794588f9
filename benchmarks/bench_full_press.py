"""How many pages a second does a full press make, beside Hugo on the same articles in the same run?

Both make every page of the same invented news into an empty folder. Warraq starts from its database, places articles
in lists, makes pictures (both told apart), and leaves each page with br and gz beside it, synced to the disk, with a
ledger of what each page read. Hugo starts from Markdown files and leaves plain pages that are not synced; a second
pass, by one Python process, adds br and gz at the same qualities, and is counted apart. Figures are per processor
second of all threads.

    .venv/bin/python benchmarks/bench_full_press.py [--articles 1000]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hugo
from served import keep

HERE = Path(__file__).parent
UNTIL = datetime(2026, 11, 1, tzinfo=UTC)


def warraq(folder: Path, articles: int) -> dict[str, Any]:
    words = [sys.executable, HERE / "grown.py", folder, "--articles", str(articles), "--press"]
    run = subprocess.run(words, check=True, text=True, stdout=subprocess.PIPE)
    return dict(json.loads(run.stdout.splitlines()[-1])["press"])


def peer(site: Path, articles: int, frame: str) -> dict[str, Any]:
    hugo.lay_out(site, articles, until=UNTIL, frame=frame)
    built = hugo.build(site)
    seconds = hugo.compress(site)
    return {
        **built,
        "compressing_cpu_seconds": round(seconds, 1),
        "pages_per_cpu_second_with_br_and_gz": round(built["pages"] / (built["cpu_seconds"] + seconds)),
    }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--articles", type=int, default=1_000)
    given = ask.parse_args()
    base = Path(tempfile.mkdtemp(prefix="warraq-full-press-"))
    try:
        ours = warraq(base / "paper", given.articles)
        pages = base / "paper" / "pressed" / "pages"
        frame = next(iter(sorted((pages / "politics").glob("[0-9]*/index.html")))).read_text()
        weight = sum(file.stat().st_size for file in pages.glob("*/[0-9]*/index.html")) // given.articles
        theirs = peer(base / "hugo", given.articles, frame) if shutil.which("hugo") else None
    finally:
        shutil.rmtree(base, ignore_errors=True)
    ratio = theirs and round(ours["pages_per_cpu_second"] / theirs["pages_per_cpu_second_with_br_and_gz"], 2)
    keep(
        "full_press",
        "full press into an empty folder",
        articles=given.articles,
        bytes_of_an_article=weight,
        warraq=ours,
        hugo=theirs or "not installed",
        **{"warraq : hugo with br and gz, pages per processor second": ratio},
    )


if __name__ == "__main__":
    main()
