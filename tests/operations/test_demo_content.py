"""The demonstration's words, as a copy editor would check them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from warraq.operations.demo import content

TOLD = content.articles(datetime(2026, 3, 1, tzinfo=UTC))

MISTAKES = {
    "tanween after its alif": r"ًا",
    "a Latin comma, semicolon or question mark after an Arabic word": r"[\u0600-\u06ff»] ?[,;?]",
    "a space before a mark": r" [،؛؟!.:»]",
    "no space after a comma": r"[،؛](?=[^\s»])",
    "a space after an opening guillemet": r"« ",
    "two spaces": r"  ",
    "straight quotation marks": r"[\"']",
}


def texts(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for value in table.values():
            yield from texts(value)
    elif isinstance(table, list):
        for value in table:
            yield from texts(value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_text_is_set_carelessly(mistake: str) -> None:
    assert [text for text in texts([content.paper(), TOLD]) if re.search(MISTAKES[mistake], text)] == []


def test_tags_are_few_and_each_leads_to_another_article() -> None:
    used = Counter(tag for article in TOLD for tag in article["tags"])

    assert 20 <= len(used) <= 25
    assert min(used.values()) >= 2, used.most_common()[-3:]
    assert {len(set(article["tags"])) for article in TOLD} == {2, 3}


def test_no_tag_is_another_one_with_or_without_its_article_and_vowels() -> None:
    tags = {tag for article in TOLD for tag in article["tags"]}

    assert len({re.sub(r"[\u064b-\u0652]|\bال", "", tag) for tag in tags}) == len(tags)


def test_a_verse_that_is_quoted_twice_is_written_the_same() -> None:
    halves = Counter(half for article in TOLD for block in article["body"] for half in _halves(block))
    bare: dict[str, set[str]] = {}
    for half in halves:
        bare.setdefault(re.sub(r"[\u064b-\u0652]", "", half), set()).add(half)

    assert [spellings for spellings in bare.values() if len(spellings) > 1] == []
    assert halves["وخيرُ جليسٍ في الزمانِ كتابُ"] == 2


def _halves(block: content.Table) -> list[str]:
    return [half for line in block["lines"] for half in line if half] if block["kind"] == "verse" else []
