"""What a publication costs in a paper that lies in DIR: statements and processor, in the newsroom and in the press.

    .venv/bin/python benchmarks/publications.py DIR [--times 20]

Prints medians as one JSON object: of a new article, and of an edit of a published one.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grown


class Counted:
    """In the block, statements and processor time of this process."""

    def __enter__(self) -> Counted:
        from django.db import connection

        self.statements, self.started = 0, time.process_time()
        self._block = connection.execute_wrapper(self._note)
        self._block.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self._block.__exit__(None, None, None)
        self.milliseconds = 1000 * (time.process_time() - self.started)

    def _note(self, execute: Callable[..., Any], *call: Any) -> Any:
        self.statements += 1
        return execute(*call)


def new_article() -> None:
    from warraq.newsroom import services
    from warraq.newsroom.models import Author, Section

    body = [("paragraph", "<p>كان البن ينزل من الجبال إلى المخا.</p>")]
    section, authors = Section.objects.get(slug=SECTION), Author.objects.order_by("pk")[:1]
    article = services.write_article(section=section, headline="خبر جديد", body=body, authors=authors, tags=["خبر"])
    services.publish(article=article)


def edit() -> None:
    from warraq.newsroom.models import Article

    article = Article.objects.live().order_by("-first_published_at").first()
    article.title = f"عنوان {time.time_ns()}"
    article.save_revision().publish()


SECTION = "politics"
DEEDS = {"new_article": new_article, "edit": edit}


def measure(deed: Callable[[], None], times: int) -> dict[str, int]:
    from warraq.press.services import press_pending

    runs = []
    for _ in range(times + 1):  # the first loads code
        with Counted() as newsroom:
            deed()
        with Counted() as press:
            report = press_pending()
        runs.append(
            {
                "newsroom_statements": newsroom.statements,
                "newsroom_cpu_ms": newsroom.milliseconds,
                "sheets_rendered": report.sheets_rendered,
                "press_statements": press.statements,
                "press_cpu_ms": press.milliseconds,
            }
        )
    return {name: round(statistics.median(run[name] for run in runs[1:])) for name in runs[0]}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--times", type=int, default=20)
    given = ask.parse_args()
    grown.open_paper(given.folder.absolute())
    print(json.dumps({name: measure(deed, given.times) for name, deed in DEEDS.items()}))


if __name__ == "__main__":
    main()
