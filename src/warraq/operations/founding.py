"""The database of a new paper, and its first pages. Needs Django."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connections

from warraq.config.paper import PaperConfig
from warraq.newsroom.services import open_paper
from warraq.operations import schema
from warraq.press import services as press
from warraq.press.models import DueSheet
from warraq.search import services as staff
from warraq.search import tasks as search


def found(config: PaperConfig, *, name: str, language: str) -> None:
    """Make the tables of an empty database, and a paper in them."""
    call_command("migrate", interactive=False, verbosity=0)
    schema.note_current(config)
    open_paper(name=name, language=language)


def index_for_staff() -> None:
    """Let the newsroom find what came from a backup."""
    staff.index_for_staff()


def press_first(*, tick: Callable[[], None] = lambda: None) -> press.Report:
    """Press everything and fill the search index, so that readers can be served; then let go of the database."""
    while press.gather():
        pass
    DueSheet.objects.all().delete()  # all of them are pressed now, and once is enough
    report = press.press_all(tick=tick)
    while search.index_pending():
        pass
    connections.close_all()
    return report
