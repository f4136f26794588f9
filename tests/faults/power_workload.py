"""A newsroom and its press at work on the disk whose power is cut; run by the recorder of power cuts.

    python -m tests.faults.power_workload FOLDER TEMPLATE [--plant BUG] [--database FOLDER | --trees FOLDER]

Acknowledges each edit once it is on the paper. With `--database` that lies elsewhere, where no power is cut: on one
disk its syncs save pages that nobody synced. With `--trees` there is no recorder: the pressed folder is kept as it
is after each edit, as `FOLDER/<number of edits>`.
"""

from __future__ import annotations

import argparse
import importlib
import mmap
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.faults import scenes
from tests.faults.plants import plant

ROUNDS = 3
BLOCK, BLOCKS = 4096, 60
"""What other programs write after each edit, bytes and times."""


def story() -> Iterator[Callable[[], object]]:
    """Edits one after the other, all kinds of them."""
    from warraq.newsroom import services as newsroom
    from warraq.newsroom.models import Article, Section

    def find(headline: str) -> Any:
        return Article.objects.get(title=headline)

    def write(headline: str) -> Any:
        news = Section.objects.get(slug="news")
        body = [("paragraph", f"<p>{headline}: وصلت السفن إلى المخا.</p>" * 4)]
        return newsroom.publish(article=newsroom.write_article(section=news, headline=headline, body=body))

    def move(headline: str, slug: str) -> Any:
        return newsroom.move(article=find(headline), section=Section.objects.get(slug=slug))

    for number in range(ROUNDS):
        one, other = f"خبر أول {number}", f"خبر ثانٍ {number}"
        yield lambda one=one: write(one)
        yield lambda one=one: move(one, "culture")
        yield lambda other=other: write(other)
        yield lambda one=one: newsroom.retract(article=find(one), by=None, reason="لم يصحّ.")
        yield lambda other=other: newsroom.unpublish(article=find(other))
        yield lambda one=one: newsroom.publish(article=find(one))
        yield lambda other=other: newsroom.publish(article=find(other))
        yield lambda other=other: newsroom.delete(article=find(other))


def others(folder: Path) -> Callable[[], None]:
    """Other programs write to the same disk and sync nothing: what was not synced before stays so for a while."""
    file = os.open(folder / "others", os.O_CREAT | os.O_RDWR | os.O_DIRECT)
    os.posix_fallocate(file, 0, BLOCK)
    block = mmap.mmap(-1, BLOCK)  # aligned, as a direct write wants it

    def write() -> None:
        for _ in range(BLOCKS):
            os.pwritev(file, [block], 0)

    write()
    return write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("template", type=Path)
    parser.add_argument("--plant", default="")
    parser.add_argument("--database", type=Path)
    parser.add_argument("--trees", type=Path)
    words = parser.parse_args()
    paper = words.folder / "paper"
    shutil.copytree(words.template, paper)
    if words.database:
        shutil.move(paper / "database", words.database)
        (paper / "database").symlink_to(words.database)
    write = others(words.folder) if not words.trees else lambda: None  # a copy in memory takes no direct writes
    os.sync()

    def ack(number: int) -> None:
        if words.trees:
            shutil.copytree(paper / "pressed", words.trees / str(number))
        else:
            importlib.import_module("ack").ack(str(number))
            write()

    os.environ["WARRAQ_PAPER"] = str(paper)
    os.environ["DJANGO_SETTINGS_MODULE"] = "warraq.config.settings"
    scenes.stop_the_clock()
    import django

    django.setup()
    from warraq.press import services as press

    plant(words.plant)
    ack(0)
    for number, edit in enumerate(story(), start=1):
        scenes.clock.seconds = 60.0 * number
        edit()
        press.press_pending()
        ack(number)


if __name__ == "__main__":
    main()
