"""A paper of any size, made of invented news through the newsroom's own verbs.

    .venv/bin/python benchmarks/grown.py DIR [--articles 100000] [--press]

`--press` presses every page as well. A paper that was left unfinished goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from itertools import islice
from pathlib import Path
from typing import Any

import invented

AT_ONCE = 500
"""Articles of one transaction: nobody else writes here."""


def open_paper(folder: Path) -> None:
    """Make the paper's folder where there is none, and set Django up on it: once in a process."""
    from warraq.cli.opening import configured, set_up
    from warraq.operations import papers

    if not (folder / "warraq.toml").exists():
        with papers.staged(folder) as aside:
            papers.lay_out(aside)
            papers.write_settings(aside, origin="https://paper.example")
    config = configured(str(folder))
    set_up()
    from warraq.operations import founding

    founding.found(config, name="الجريدة الكبيرة", language="ar")


class Staff:
    """What stories refer to by number, as rows; made where they are missing."""

    def __init__(self) -> None:
        from warraq.newsroom import services
        from warraq.newsroom.models import Author, Photo, Section
        from warraq.operations.demo import pictures

        known = {row.slug: row for row in Section.objects.all()}
        self.sections = [
            known.get(slug)
            or services.open_section(slug=slug, title=title, kind="opinion" if slug == "opinion" else "news")
            for slug, title in invented.SECTIONS
        ]
        for name in invented.names("author", invented.AUTHORS) if not Author.objects.exists() else ():
            services.add_author(name=name)
        self.authors = list(Author.objects.order_by("pk"))
        self.sources = [services.add_source(name=name) for name in invented.names("source", invented.SOURCES)]
        motifs = pictures.MOTIFS
        for number in range(Photo.objects.count(), invented.PHOTOS):
            data = pictures.draw(motifs[number % len(motifs)], number)
            services.add_photo(
                title=f"صورة {number}", data=data, name=f"{number}.jpg", alt=f"صورة {number}", credit="أرشيف"
            )
        self.photos = list(Photo.objects.order_by("pk"))
        self.tags = invented.names("tag", invented.TAGS)

    def manuscript(self, story: invented.Story) -> Any:
        from warraq.newsroom.manuscripts import Manuscript

        return Manuscript(
            key=story.key,
            section=self.sections[story.section],
            headline=story.headline,
            kicker=story.kicker,
            standfirst=story.standfirst,
            body=[_block(kind, text) for kind, text in story.body],
            authors=[self.authors[number] for number in story.authors],
            sources=[self.sources[number] for number in story.sources],
            tags=[self.tags[number] for number in story.tags],
            photo=None if story.photo is None else self.photos[story.photo],
            published=story.published,
        )


def _block(kind: str, text: str) -> tuple[str, Any]:
    if kind == "quotation":
        return kind, {"text": text, "speaker": "", "source": ""}
    return kind, f"<p>{text}</p>" if kind == "paragraph" else text


def fill(count: int) -> float:
    """Write the first `count` stories; seconds of the writing itself. Django is set up."""
    from warraq.newsroom import services
    from warraq.newsroom.models import Front

    staff, seconds = Staff(), 0.0
    stories = invented.stories(count, until=Front.objects.get().first_published_at)
    while chunk := [staff.manuscript(story) for story in islice(stories, AT_ONCE)]:
        started = time.perf_counter()
        services.write_articles(manuscripts=chunk, at_once=AT_ONCE)
        seconds += time.perf_counter() - started
    return seconds


def press() -> dict[str, float]:
    """Press what is due and bring readers' search up to date: seconds by the clock, and of this process's processor.

    Pictures and the placing in lists are told apart: other makers of pages do neither."""
    from warraq.press import services
    from warraq.press.sheets import kind_of
    from warraq.search.tasks import index_pending

    placing = timed(services, "gather")
    pictures = timed(kind_of("picture"), "render")
    started, cpu = time.perf_counter(), time.process_time()
    report = services.press_pending()
    seconds = time.process_time() - cpu
    alone = seconds - sum(placing) - sum(pictures)
    told = {
        "sheets": report.sheets_rendered,
        "files_written": report.sheets_written,
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(seconds, 1),
        "of_these_for_placing_in_lists": round(sum(placing), 1),
        "of_these_for_pictures": round(sum(pictures), 1),
        "pictures": len(pictures),
        "sheets_per_cpu_second": round(report.sheets_rendered / seconds),
        "pages_per_cpu_second": round((report.sheets_rendered - len(pictures)) / alone),
        "peak_megabytes": peak_megabytes(),
    }
    started = time.perf_counter()
    while index_pending():
        pass
    return told | {"search_index_seconds": round(time.perf_counter() - started, 1)}


def timed(owner: Any, name: str) -> list[float]:
    """Processor seconds of each call of `owner.name` from now on."""
    real, found = getattr(owner, name), list[float]()

    def call(*words: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return real(*words, **named)
        finally:
            found.append(time.process_time() - started)

    setattr(owner, name, call)
    return found


def peak_megabytes() -> int:
    """The most memory that this process had, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--articles", type=int, default=100_000)
    ask.add_argument("--press", action="store_true")
    given = ask.parse_args()
    open_paper(given.folder.absolute())
    seconds = fill(given.articles)
    told: dict[str, Any] = {
        "articles": given.articles,
        "writing_seconds": round(seconds, 1),
        "articles_written_a_second": round(given.articles / seconds),
        "peak_megabytes": peak_megabytes(),
    }
    print(json.dumps(told | ({"press": press()} if given.press else {})))


if __name__ == "__main__":
    main()
