"""Rows are read for many sheets together, and it makes no difference to any of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.press.rich import make_paper, short_lists
from warraq.newsroom.sheets.articles import ArticleSheet
from warraq.press.ahead import fetch, fetched, reading_ahead
from warraq.press.recording import memory
from warraq.press.rendering import OwnHands, Rendered
from warraq.press.sheets import Ref

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles(tree):
    with short_lists():
        make_paper()
        yield [Ref("article", ident) for ident in ArticleSheet().idents()]


def asked(refs: list[Ref]) -> int:
    with memory(), CaptureQueriesContext(connection) as queries:
        assert all(isinstance(one, Rendered) for _ref, one in OwnHands().render_many(refs))
    return len(queries)


def test_articles_together_ask_less_of_the_database(articles):
    """Only links in texts, and what was retracted, are asked for one by one."""
    assert len(articles) >= 12
    assert asked(articles) < sum(asked([ref]) for ref in articles) / 3


def test_what_cannot_be_read_together_is_read_one_by_one(articles, monkeypatch, caplog):
    def broken(self, idents):
        raise RuntimeError("no")

    monkeypatch.setattr(ArticleSheet, "read_ahead", broken)
    assert asked(articles[:3]) > 0
    assert "could not be read together" in caplog.text


def test_a_row_is_read_once_and_one_that_is_not_there_is_not_asked_for_again():
    reads: list[list[int]] = []

    def rows(numbers):
        reads.append(list(numbers))
        return {number: str(number) for number in numbers if number != 3}

    with reading_ahead([]):
        assert fetch(rows, [1, 2, 3]) == {1: "1", 2: "2"}
        assert fetched(rows, 1) == "1"
        assert fetched(rows, 3) is None
        assert fetch(rows, [2, 4]) == {2: "2", 4: "4"}
    assert reads == [[1, 2, 3], [4]]
    assert fetched(rows, 5) == "5"
    assert fetched(rows, 5) == "5"
    assert reads == [[1, 2, 3], [4], [5], [5]]
