"""The best form that a reader takes is chosen, by weight and then by size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.front.negotiate import LONGEST, codings, is_unchanged


@pytest.mark.parametrize(
    ("accept", "order"),
    [
        ("", ("identity",)),
        ("gzip, deflate, br, zstd", ("br", "gzip", "identity")),
        ("gzip", ("gzip", "identity")),
        ("GZIP;Q=1.0", ("gzip", "identity")),
        ("x-gzip", ("gzip", "identity")),
        ("br;q=0.1, gzip;q=0.9", ("gzip", "br", "identity")),
        ("br;q=0, gzip", ("gzip", "identity")),
        ("*", ("br", "gzip", "identity")),
        ("*;q=0.5, br;q=0", ("gzip", "identity")),
        ("gzip;q=0.5, identity;q=0.8", ("identity", "gzip")),
        ("identity", ("identity",)),
        ("identity;q=0", ("identity",)),
        ("br ; q = 1", ("br", "identity")),
        ("br;q=2, gzip;q=nan, ;;;", ("identity",)),
        ("brr, gzipped", ("identity",)),
    ],
)
def test_the_order_of_forms(accept: str, order: tuple[str, ...]) -> None:
    assert codings(accept) == order


@given(st.text())
def test_whatever_is_asked_there_is_a_form(accept: str) -> None:
    assert "identity" in codings(accept)


def test_an_endless_header_is_not_read_to_its_end() -> None:
    assert codings("x," * LONGEST + "br") == ("identity",)


@pytest.mark.parametrize(
    ("known", "same"),
    [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"aa"', False), ("a", False), ("", False)],
)
def test_a_tag_that_the_reader_holds(known: str, same: bool) -> None:
    assert is_unchanged(known, '"a"') is same
