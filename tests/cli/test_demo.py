"""The demonstration paper, as a reader and an operator find it."""

from __future__ import annotations

import json
import stat
import tomllib
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.papers import Demo
from tests.processes import answer, done, refusal, warraq
from warraq.config import sqlite
from warraq.operations.demo import content


def page(folder: Path, path: str) -> str:
    return (folder / "pressed" / "pages" / path.strip("/") / "index.html").read_text(encoding="utf-8")


def articles() -> list[content.Table]:
    return content.articles(datetime.now(UTC))


def test_it_holds_everything_that_its_files_tell(demo: Demo) -> None:
    told = articles()

    assert demo.said["articles"] == len(told) >= 20
    assert demo.said["sections"] == len(content.paper()["sections"])
    assert demo.said["comments"] == sum(len(article["comments"]) for article in told)


def test_its_front_shows_the_paper_its_lead_and_its_breaking_line(demo: Demo) -> None:
    front = page(demo.folder, "/")
    paper = content.paper()

    assert paper["name"] in front
    assert paper["breaking"]["text"] in front
    best = max((one for one in articles() if one["days_ago"] < 15), key=lambda one: one["popularity"])
    assert best["headline"] in front


def test_every_section_and_every_kind_of_block_is_pressed(demo: Demo) -> None:
    for section in content.paper()["sections"]:
        assert section["title"] in page(demo.folder, f"/{section['slug']}/")

    everything = "".join(file.read_text(encoding="utf-8") for file in demo.folder.glob("pressed/pages/*/*/index.html"))
    for article in articles():
        assert article["headline"] in everything
        for block in article["body"]:
            if block["kind"] == "verse":
                assert block["lines"][0][0] in everything
            if block["kind"] == "facts":
                assert block["title"] in everything


def test_readers_see_approved_comments_and_corrections_alone(demo: Demo) -> None:
    everything = "".join(file.read_text(encoding="utf-8") for file in demo.folder.glob("pressed/pages/*/*/index.html"))
    for article in articles():
        for correction in article["corrections"]:
            assert correction["text"][:40] in everything
        for comment in article["comments"]:
            first_words = comment["text"].splitlines()[0][:25]
            assert (first_words in everything) == (comment["state"] == "approved"), first_words


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite.connect(folder / "database" / "paper.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_six_rankings_are_there_most_first_and_longer_windows_hold_more(demo: Demo) -> None:
    kept = {
        (kind, window): json.loads(items)
        for kind, window, items in rows(demo.folder, "SELECT kind, window, items FROM newsroom_ranking")
    }

    for kind in ("read", "comment"):
        counts = [[count for _id, count in kept[kind, window]] for window in ("day", "week", "month")]
        assert all(first >= second > 0 for window in counts for first, second in pairwise(window))
        assert sum(counts[0]) < sum(counts[1]) < sum(counts[2])


def test_a_ranking_is_printed_as_it_is_pressed(demo: Demo) -> None:
    items = answer("rankings", "--kind", "comment", "--window", "week", "--paper", demo.folder)["items"]

    pressed = page(demo.folder, "/most-commented/week/")
    assert [item["title"] for item in items] == sorted((item["title"] for item in items), key=pressed.index)
    assert set(items[0]) == {"id", "title", "url", "count"}
    assert items[0]["title"] in page(demo.folder, items[0]["url"])


def test_search_finds_an_article_by_its_headline(demo: Demo) -> None:
    told = articles()[0]

    items = answer("search", told["headline"], "--paper", demo.folder)["items"]

    assert items[0]["title"] == told["headline"]
    assert set(items[0]) == {"id", "title", "url", "score"}


def test_its_pages_are_those_of_a_full_press(demo: Demo) -> None:
    found = answer("press", "--verify", "--paper", demo.folder)

    assert found["drift"] == []
    assert found["sheets_rendered"] > 200


def test_an_operator_is_told_where_a_page_lies_and_why(demo: Demo) -> None:
    found = answer("pressed", "/culture/", "--paper", demo.folder)

    assert Path(found["file"]).read_text(encoding="utf-8") == page(demo.folder, "/culture/")
    assert "nav" in found["keys"]
    assert set(found) == {"file", "keys", "pressed_at", "cause"}
    assert "Nothing is pressed at /لا-شيء/" in refusal("pressed", "/لا-شيء/", "--paper", demo.folder)


def test_its_secrets_are_closed_to_others(demo: Demo) -> None:
    assert stat.S_IMODE((demo.folder / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((demo.folder / "database").stat().st_mode) == 0o700
    assert tomllib.loads((demo.folder / "warraq.toml").read_text(encoding="utf-8"))


def test_a_second_demo_keeps_the_first(paper: Path) -> None:
    before = (paper / "database" / "paper.sqlite3").read_bytes()

    result = warraq("demo", paper)

    assert result.returncode == 0
    assert "it was kept" in result.stderr
    assert "changepassword admin" in result.stderr
    assert "Password" not in result.stdout
    assert (paper / "database" / "paper.sqlite3").read_bytes() == before


def test_an_administrator_is_made_once(paper: Path) -> None:
    done("createadmin", "--paper", paper, "--user", "هدى", "--password-stdin", stdin="غيمة فوق صنعاء 7\n")

    text = refusal("createadmin", "--paper", paper, "--user", "هدى", "--password-stdin", stdin="غيمة فوق صنعاء 8\n")
    assert "There is a user هدى already" in text
    assert rows(paper, "SELECT username, is_superuser FROM auth_user ORDER BY id") == [("admin", 1), ("هدى", 1)]
