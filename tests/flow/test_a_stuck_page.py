"""One page cannot be pressed: the others are, its editor is told the truth, and once mended it is tried again."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect


def publish(editor: Page, paper, ident: int, headline: str) -> Locator:
    """Publish the article under this headline, as an editor does; what the newsroom then says."""
    editor.goto(f"{paper.newsroom}admin/pages/{ident}/edit/")
    editor.fill("[name=title]", headline)
    editor.locator("footer .w-dropdown__toggle").click()
    editor.locator("[name=action-publish]").click()
    editor.wait_for_url(lambda url: "/edit/" not in url)
    return editor.locator(".messages li").filter(has_text=headline)


@pytest.fixture
def database(paper) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(paper.folder / "database" / "paper.sqlite3", timeout=20)) as line:
        line.isolation_level = None
        yield line


def test_a_page_that_cannot_be_pressed_stops_no_other_and_is_told_of(editor: Page, paper, database):
    comment, sent_at, stuck = database.execute(
        "SELECT id, sent_at, article_id FROM warraq_comments_comment WHERE state = 'approved' AND article_id NOT NULL"
    ).fetchone()
    stuck_path, path = database.execute(
        "SELECT (SELECT path FROM press_sheetrecord WHERE kind = 'article' AND ident = ?1),"
        " (SELECT path FROM press_sheetrecord WHERE kind = 'article' AND ident <> ?1 AND status = 200 LIMIT 1)",
        [str(stuck)],
    ).fetchone()
    headline, other = f"عنوان عالق {time.time_ns()}", f"عنوان سالم {time.time_ns()}"

    database.execute("UPDATE warraq_comments_comment SET sent_at = 'never' WHERE id = ?", [comment])
    try:
        said = publish(editor, paper, stuck, headline)
        assert headline not in paper.get(stuck_path)[1]
        expect(said).to_have_class("error")
        expect(said).to_contain_text("AttributeError")

        said = publish(editor, paper, int(path.split("/")[2]), other)
        assert other in paper.get(path)[1], "it was said to be before readers, and is not"
        expect(said).to_have_class("success")
        assert said.get_by_role("link").first.get_attribute("href") == paper.readers.rstrip("/") + path

        editor.goto(f"{paper.newsroom}admin/reports/press/")
        failing = editor.locator("#press-failing li").filter(has_text=headline)
        expect(failing).to_contain_text("AttributeError")
        expect(editor.locator("#press-failing li")).to_have_count(1)
    finally:
        database.execute("UPDATE warraq_comments_comment SET sent_at = ? WHERE id = ?", [sent_at, comment])

    assert headline not in paper.get(stuck_path)[1], "it was not yet tried again"
    editor.locator("#press-again").click()
    paper.until(stuck_path, headline, seconds=5)
    expect(editor.locator("#press-failing li")).to_have_count(0, timeout=10_000)  # the screen keeps itself up to date
