"""A sheet records the key of everything that it reads: seen row by row, and seen by changing each row."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.press.keys_of_rows import holes
from tests.press.rich import make_paper, short_lists
from tests.press.touched import capturing
from warraq.press import recording, sheets
from warraq.press.ahead import reading_ahead
from warraq.press.ledger import all_refs
from warraq.press.models import SheetRecord
from warraq.press.recording import memory
from warraq.press.rendering import render
from warraq.press.sheets import Ref

RECORDING = (
    "comments.parts",
    "newsroom.selectors.archives",
    "newsroom.selectors.articles",
    "newsroom.selectors.cards",
    "newsroom.selectors.fronts",
    "newsroom.selectors.lists",
    "newsroom.selectors.papers",
    "newsroom.selectors.pictures",
    "newsroom.selectors.rankings",
    "newsroom.sheets.feeds",
)
"""Modules that record what nobody else does."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(tree, settings):
    settings.WARRAQ_ORIGIN = "https://paper.example"  # headlines are drawn for who shares them
    with short_lists():
        yield make_paper()


def every_ref() -> list[Ref]:
    """All sheets, those made on demand as well."""
    pressed = {record.ref for record in SheetRecord.objects.all()}
    return [*all_refs(), *sorted(pressed - set(all_refs()))]


def all_holes() -> Iterator[str]:
    for ref in every_ref():
        cache.clear()  # renditions are remembered there
        with capturing() as capture:
            rendered = render(ref)
        assert not capture.raw, f"{ref} reads by bare SQL: {capture.raw}"
        yield from (f"{ref.kind} {ref.ident} reads {hole}" for hole in holes(capture.reads, rendered.record.keys))


def test_every_row_that_a_sheet_reads_is_recorded(rich):
    assert set(all_holes()) == set()


def test_the_paper_has_a_sheet_of_every_kind(rich):
    assert {ref.kind for ref in every_ref()} == {kind.name for kind in sheets.kinds()} - {sheets.LEFTOVER}


def test_a_selector_that_records_nothing_is_noticed(rich, monkeypatch):
    for name in RECORDING:
        with monkeypatch.context() as patch:
            patch.setattr(importlib.import_module(f"warraq.{name}"), "reads", lambda *_keys: None)
            assert any(all_holes()), name


def test_what_is_remembered_records_what_it_read_for_each_sheet(rich):
    alone = {ref: render(ref) for ref in all_refs()}
    for order in (list(alone), list(reversed(alone))):
        with memory():
            assert {ref: render(ref) for ref in order} == alone
        with memory(), reading_ahead(order):
            assert {ref: render(ref) for ref in order} == alone


def test_what_is_forgotten_in_between_is_read_again(rich, monkeypatch):
    monkeypatch.setattr(recording, "MOST_REMEMBERED", 7)
    alone = {ref: render(ref) for ref in all_refs()}
    with memory():
        assert {ref: render(ref) for ref in alone} == alone
