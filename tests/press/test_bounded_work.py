"""What one operation presses is the same at any size of the archive, and at most what docs/press.md says."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.press import operations
from warraq.newsroom.models import Article
from warraq.press import layout
from warraq.press import services as press

pytestmark = pytest.mark.django_db

FEW, MANY = 125, 485
"""Articles; between them each list gets whole numbered pages, so that the same pages are half full."""
Files = dict[str, tuple[int, int]]


def files() -> Files:
    """Name → inode and time of change of each pressed page and each trace, without encodings."""
    root = settings.WARRAQ_PRESSED
    found = {}
    for file in root.rglob("*"):
        name = file.relative_to(root)
        if file.is_file() and file.suffix not in {".br", ".gz"} and name.parts[0] in layout.TREES:
            said = file.stat()
            found[str(name)] = (said.st_ino, said.st_mtime_ns)
    return found


def measure(operation: operations.Operation) -> tuple[int, int]:
    """(sheets rendered, files that came, went or changed) by an operation, which is then undone, on the disk too."""
    root: Path = settings.WARRAQ_PRESSED
    kept = root.with_name("kept")
    before = files()
    shutil.copytree(root, kept, copy_function=os.link)
    with transaction.atomic():
        operation.do()
        rendered = press.press_pending().sheets_rendered
        after = files()
        transaction.set_rollback(True)
    shutil.rmtree(root)
    kept.rename(root)
    changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    return rendered, len(changed)


def paper_of(size: int) -> None:
    operations.build({section.slug: section for section in operations.Section.objects.all()}, upto=size)
    operations.furnish()
    press.press_pending()


@pytest.fixture
def opened(tree, settings):
    settings.WARRAQ_BROTLI_QUALITY = 0
    operations.open_paper()


def test_no_operation_presses_more_in_a_large_archive(opened):
    at = {}
    for size in (FEW, MANY):
        with transaction.atomic():
            paper_of(size)
            at[size] = {operation.name: measure(operation) for operation in operations.OPERATIONS}
            transaction.set_rollback(True)
        shutil.rmtree(settings.WARRAQ_PRESSED)
    assert at[FEW] == at[MANY]
    more = {one.name: at[MANY][one.name] for one in operations.OPERATIONS if at[MANY][one.name][0] > one.at_most}
    assert more == {}


def test_a_full_archive_page_never_changes_when_an_article_comes(opened):
    paper_of(FEW)
    full = {name: at for name, at in files().items() if re.search(r"/archive/1/index\.html$", name)}
    assert len(full) >= 5
    for _number in range(21):
        operations.publish_one()
        press.press_pending()
    now = files()
    assert {name: now[name] for name in full} == full
    assert Article.objects.count() == FEW + 21


def test_the_thing_itself_does_not_wait_for_the_pages_that_name_it(opened):
    """New names of sections, authors and tags: the first step is the page of that thing."""
    paper_of(FEW)
    for operation in operations.EVERYWHERE:
        with transaction.atomic():
            operation.do()
            assert press.press_pending(limit_steps=1).sheets_rendered == operation.at_most, operation.name
            transaction.set_rollback(True)


def test_a_hundred_edits_of_one_article_are_pressed_as_one(opened):
    paper_of(FEW)
    with transaction.atomic():
        operations.edit(operations.old())
        once = press.press_pending().sheets_rendered
        transaction.set_rollback(True)
    for number in range(100):
        article = operations.old()
        article.title = f"عنوان {number}"
        article.save_revision().publish()
    assert press.press_pending().sheets_rendered == once
