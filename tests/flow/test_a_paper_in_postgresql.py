"""A paper in PostgreSQL: the same pages as from SQLite, byte for byte, and the way from each to the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_importing import STORY
from tests.operations.test_backup import rows, tree
from tests.papers import demo, paper
from tests.postgresql import Server, server
from tests.processes import answer, done, eventually, fetch, free_ports, lines_until, running
from warraq.press import layout

__all__ = ["demo", "paper", "server"]

EDITIONS = """
import json
from datetime import UTC, datetime
from warraq.newsroom import services
from warraq.newsroom.models import Article, Author, Section
from warraq.press.services import press_pending, verify

at = datetime(2026, 11, 20, 6, tzinfo=UTC)
one, other = Section.objects.order_by("pk")[:2]
authors = list(Author.objects.order_by("pk")[:3])
article = services.write_article(
    section=one, headline="قوافل البنّ إلى المخا", body=[("paragraph", "<p>كان البن ينزل من الجبال.</p>")],
    authors=reversed(authors), tags=["بحر", "المخا", "أسواق"],
)
services.publish(article=article, at=at)
press_pending()
services.correct(article=Article.objects.get(pk=article.pk), by=None, text="الأول", at=at)
services.correct(article=Article.objects.get(pk=article.pk), by=None, text="الثاني", at=at)
services.publish(article=Article.objects.get(pk=article.pk), at=at)
moved = Article.objects.exclude(pk=article.pk).order_by("pk").first()
services.move(article=moved, section=other)
authors[0].name = "اسم آخر"
authors[0].save()
while press_pending().sheets_rendered:
    pass
found = {word: sorted(row.pk for row in Article.objects.all().search(word)) for word in ("بقهوة", "لقوافل", "والبن")}
print(json.dumps({"id": article.pk, "found": found, "drift": verify().drift}))
"""


def edit(folder: Path) -> dict[str, Any]:
    """What an editor does, in the paper in `folder`; what the staff's search finds then."""
    return json.loads(done("manage", "--paper", folder, "shell", "--no-imports", "-c", EDITIONS))


def pressed(folder: Path) -> dict[str, bytes]:
    found = tree(folder / "pressed")
    found.pop(layout.CHANGES, None)  # no page: its bytes are others after each landing
    return found


def test_brought_there_from_sqlite_it_is_the_same_paper_and_edits_make_the_same_pages(
    server: Server, paper: Path, tmp_path: Path
) -> None:
    there = tmp_path / "هناك"
    done("backup", tmp_path / "paper.tar", "--paper", paper)
    done("restore", tmp_path / "paper.tar", there, "--database", server.make("moved"))

    assert not list((there / "database").iterdir())
    assert pressed(there) == pressed(paper)
    assert answer("rankings", "--paper", there) == answer("rankings", "--paper", paper)
    assert answer("search", "القهوة", "--paper", there) == answer("search", "القهوة", "--paper", paper)

    here, in_postgresql = edit(paper), edit(there)

    assert in_postgresql == here
    assert here["id"] in here["found"]["لقوافل"]
    assert len(here["found"]["بقهوة"]) > 0
    assert here["drift"] == []
    assert pressed(there) == pressed(paper)


@pytest.fixture
def own() -> Any:
    """A server that may be stopped."""
    from tests import postgresql

    with postgresql.running() as one:
        yield one


def test_made_there_it_is_served_outlives_its_server_and_comes_back_to_sqlite(own: Server, tmp_path: Path) -> None:
    there, back, file = tmp_path / "هناك", tmp_path / "عائدة", tmp_path / "paper.tar.gz"
    url = own.make("paper")
    made = answer("demo", there, "--database", url)
    done("createadmin", "--paper", there, "--user", "هدى", "--password-stdin", stdin="غيمة فوق صنعاء 7\n")
    (tmp_path / "خبر.txt").write_text(f"{STORY}{STORY.replace('أمس', 'اليوم')}", encoding="utf-8")
    imported = answer("import", tmp_path / "خبر.txt", "--publish", "--paper", there)["made"][0]
    done("press", "--paper", there)
    assert (there / "pressed" / "pages" / imported["url"].strip("/") / "index.html").exists()

    _serve_through_a_breakdown(own, there, imported)

    assert answer("press", "--all", "--paper", there)["sheets_written"] == 0
    saved = answer("backup", file, "--paper", there)
    assert saved["articles"] == made["articles"] + 1
    done("restore", file, back, "--database", "sqlite")
    assert pressed(back) == pressed(there)
    for table in ("newsroom_article", "wagtailcore_revision", "warraq_comments_comment", "auth_user"):
        count = own.rows("paper", f"SELECT count(*), max({'page_ptr_id' if 'article' in table else 'id'}) FROM {table}")
        assert rows(back, f"SELECT count(*) || '|' || max(rowid) FROM {table}") == [(count[0],)], table
    reads = own.rows("paper", "SELECT sum(count) FROM warraq_readership_readhour")
    assert rows(back, "SELECT sum(count) FROM warraq_readership_readhour") == [(int(reads[0]),)]


def _serve_through_a_breakdown(own: Server, there: Path, article: dict[str, Any]) -> None:
    port, newsroom = free_ports()
    ports = {"WARRAQ_FRONT__PORT": str(port), "WARRAQ_NEWSROOM__PORT": str(newsroom)}
    with running("serve", "--paper", there, **ports) as process:
        lines_until(process, lambda lines: any("pressroom: at work" in line for line in lines))
        base = f"http://127.0.0.1:{port}"

        def send(text: str) -> None:
            form = f"article={article['id']}&name=huda&text={text}".encode()
            assert fetch(f"{base}/_/comment", form)[0] == 200

        def taken_in(text: str) -> list[str]:
            return own.rows("paper", f"SELECT id FROM warraq_comments_comment WHERE text = '{text}'")

        send("before")
        eventually(lambda: taken_in("before"))
        own.stop()
        send("meanwhile")
        assert fetch(base + article["url"])[0] == 200
        own.start()
        assert eventually(lambda: taken_in("meanwhile"), 60)
        assert eventually(lambda: fetch(f"http://127.0.0.1:{newsroom}/admin/login/")[0] == 200)
