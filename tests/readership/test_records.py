"""Whatever lies in the spool, parsing it gives a read within bounds, or the reason why it is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readership.conftest import record
from warraq.readership.models import Reason
from warraq.readership.records import LARGEST_ID, parse

NOW, EARLIEST = 1_795_500_000_000, 1_760_000_000_000


def parsed(raw: bytes):
    return parse(raw, now=NOW, earliest=EARLIEST)


def test_a_read_is_taken_as_it_was_sent():
    read = parsed(record(7, "f00d", NOW - 5))
    assert (read.article_id, read.at, read.visitor, read.network, read.reason) == (7, NOW - 5, "f00d", "cd34", "")


def test_a_clock_that_is_ahead_reads_now():
    assert parsed(record(7, at=NOW + 86_400_000)).at == NOW


def test_a_time_long_past_is_set_aside_in_the_hour_that_runs():
    read = parsed(record(7, at=1))
    assert (read.reason, read.at) == (Reason.TIME, NOW)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("robot", "robot"), ("prefetch", "prefetch"), ("honeypot", "other"), ([], "other"), (0, "other")],
)
def test_what_the_front_set_aside_stays_aside(given, kept):
    assert parsed(record(7, at=NOW, r=given)).reason == kept


@pytest.mark.parametrize("raw", [
    b"", b"\xff", b"[]", b"null", b"[" * 100_000, b"9" * 5000,
    record("7", at=NOW), record(7.0, at=NOW), record(True, at=NOW), record(7, at="soon"), record(7, at=1e12),
    record(7, "", NOW), record(7, "x" * 65, NOW), record(7, "\u0000", NOW), record(7, "زائر", NOW),
    record(7, None, NOW), record(7, at=NOW, n=[]),
])  # fmt: skip
def test_what_is_no_sensible_record_is_malformed(raw):
    assert parsed(raw).reason == Reason.MALFORMED


@pytest.mark.parametrize("ident", [0, -1, 2**31, 10**40])
def test_a_number_that_no_article_has_is_unknown(ident):
    read = parsed(record(ident, at=NOW))
    assert (read.reason, read.article_id) == (Reason.UNKNOWN, 0)


values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.integers(), max_size=2)
    | st.just({})
)
good = st.fixed_dictionaries({"a": st.just(7), "t": st.just(NOW), "v": st.just("ab"), "n": st.just("cd")})
wrong = st.dictionaries(st.sampled_from(["a", "t", "v", "n", "r"]), values, max_size=2)


@settings(deadline=None)
@given(st.binary(max_size=40) | st.tuples(good, wrong).map(lambda both: json.dumps(both[0] | both[1]).encode()))
def test_no_record_raises_and_all_stay_within_bounds(raw):
    read = parsed(raw)
    assert 0 <= read.article_id <= LARGEST_ID
    assert EARLIEST <= read.at <= NOW
    assert read.reason or read.visitor
