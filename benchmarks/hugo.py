"""The same invented news for Hugo: a site whose pages have the shape, and the frame, of ours.

An article's page names its section, authors and tags, shows its photo in three widths and the cards of the four
articles before it in its section; sections, tags and authors list cards, twenty a page; the front lists the newest.
Head, masthead and footer are taken from a page that Warraq pressed, so that pages weigh the same.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import brotli
import invented

GZIP, BROTLI = 6, 5
"""What the press does at once."""
LAYOUTS = Path(__file__).parent / "hugo_layouts"
CONFIG = {
    "baseURL": "https://paper.example/",
    "languageCode": "ar",
    "title": "الجريدة الكبيرة",
    "paginate": 20,
    "disableKinds": ["taxonomy"],
    "ignoreErrors": ["error-disable-taxonomy"],
    "taxonomies": {"tag": "tags", "author": "authors"},
    "outputs": {"home": ["HTML", "RSS"], "section": ["HTML", "RSS"], "term": ["HTML"]},
    "services": {"rss": {"limit": 20}},
}


def lay_out(site: Path, count: int, *, until: datetime, frame: str) -> None:
    """Write the site; `frame` is the HTML of one of our articles' pages."""
    top, rest = frame.split("<main", 1)
    shutil.copytree(LAYOUTS, site / "layouts")
    partials = site / "layouts" / "partials"
    partials.joinpath("top.html").write_text(re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", top))
    partials.joinpath("bottom.html").write_text(rest.split("</main>", 1)[1])
    (site / "config.json").write_text(json.dumps(CONFIG, ensure_ascii=False))
    authors, tags = invented.names("author", invented.AUTHORS), invented.names("tag", invented.TAGS)
    for slug, title in invented.SECTIONS:
        folder = site / "content" / slug
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text(json.dumps({"title": title}, ensure_ascii=False))
    for number, story in enumerate(invented.stories(count, until=until)):
        facts = {
            "title": story.headline,
            "date": story.published.isoformat(),
            "kicker": story.kicker,
            "standfirst": story.standfirst,
            "authors": [authors[one] for one in story.authors],
            "tags": [tags[one] for one in story.tags],
            "photo": "" if story.photo is None else f"p{story.photo}",
        }
        text = "\n\n".join(MARKDOWN[kind].format(text) for kind, text in story.body)
        file = site / "content" / invented.SECTIONS[story.section][0] / f"{number}.md"
        file.write_text(f"{json.dumps(facts, ensure_ascii=False)}\n\n{text}\n")


MARKDOWN = {"paragraph": "{}", "heading": "## {}", "quotation": "> {}"}


def build(site: Path) -> dict[str, Any]:
    """Run Hugo: pages, seconds by the clock and of all its threads, the most memory."""
    started = time.perf_counter()
    process = subprocess.Popen(["hugo", "--quiet", "--source", site], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("hugo failed")
    pages = len(files(site))
    cpu = used.ru_utime + used.ru_stime
    return {
        "pages": pages,
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(cpu, 1),
        "pages_per_cpu_second": round(pages / cpu),
        "peak_megabytes": used.ru_maxrss // 1024,
    }


def files(site: Path) -> list[Path]:
    """Its pages and feeds, without the hundreds of redirections from `page/1/`."""
    found = (file for file in (site / "public").rglob("*") if file.suffix in {".html", ".xml"})
    return [file for file in found if not file.match("page/1/index.html")]


def compress(site: Path) -> float:
    """Both encodings beside each page; processor seconds."""
    started = time.process_time()
    for file in files(site):
        body = file.read_bytes()
        file.with_name(f"{file.name}.br").write_bytes(brotli.compress(body, quality=BROTLI))
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(body, GZIP, mtime=0))
    return time.process_time() - started
