"""`warraq rankings` and `warraq search`: lists as readers see them."""

from __future__ import annotations

import dataclasses

import click

from warraq.cli.opening import configured, opened
from warraq.cli.options import report, with_json, with_paper
from warraq.language.messages import gettext as _
from warraq.search.engine import MOST_HITS, Reader


@click.command("rankings", help=_("Print a ranking as it is pressed."))
@click.option("--kind", type=click.Choice(["read", "comment"]), default="read", show_default=True)
@click.option("--window", type=click.Choice(["day", "week", "month"]), default="day", show_default=True)
@with_json
@with_paper
def rankings_command(kind: str, window: str, as_json: bool, paper: str | None) -> None:
    opened(paper)
    from warraq.newsroom.rankings.selectors import as_pressed  # noqa: PLC0415  models need Django

    items = as_pressed(kind, window)
    lines = [f"{item.count:>8}  {item.url}  {item.title}" for item in items]
    report(
        {"items": [dataclasses.asdict(item) for item in items]},
        as_json=as_json,
        text="\n".join(lines) or _("Nothing is in this ranking yet."),
    )


@click.command("search", help=_("Search as the front does; needs no database."))
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, MOST_HITS), default=10, show_default=True)
@with_json
@with_paper
def search_command(query: str, limit: int, as_json: bool, paper: str | None) -> None:
    hits = Reader(configured(paper).index).search(query, limit=limit).hits
    items = [{"id": hit.id, "title": hit.title, "url": hit.url, "score": hit.score} for hit in hits]
    lines = [f"{hit.score:>8.2f}  {hit.url}  {hit.title}" for hit in hits]
    report({"items": items}, as_json=as_json, text="\n".join(lines) or _("Nothing was found."))
