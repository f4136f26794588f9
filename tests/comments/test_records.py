"""Whatever lies in the spool, parsing it gives a comment within bounds, or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.comments.conftest import record
from warraq.comments.records import parse

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)


def parsed(raw: bytes):
    return parse(raw, received_at=NOW)


def test_a_comment_is_read_with_its_own_time():
    sent = parsed(record(7, "رأيٌ حسن", t=NOW_MS - 90_000, parent=3))
    assert (sent.article_id, sent.parent_id, sent.text) == (7, 3, "رأيٌ حسن")
    assert sent.sent_at == NOW - timedelta(seconds=90)


@pytest.mark.parametrize(
    "t", [NOW_MS + 1, NOW_MS * 1000, -1, 0, 10**30, 1.5, True, "1", None, NOW_MS - 31 * 86_400_000]
)
def test_a_time_without_sense_becomes_the_time_of_receipt(t):
    assert parsed(record(7, t=t)).sent_at == NOW


@pytest.mark.parametrize("key", ["7", 7.0, True, 0, -1, 2**63, None, [7], {"a": 1}])
def test_an_article_of_the_wrong_type_is_no_article(key):
    sent = parsed(record(key, parent=key))
    assert (sent.article_id, sent.parent_id) == (None, None)


def test_controls_that_reorder_text_are_taken_out_of_name_and_text():
    sent = parsed(record(7, "قبل\u202eبعد\x00", name="سالم\u2066 \n admin"))
    assert (sent.text, sent.name) == ("قبلبعد", "سالم admin")


def test_what_is_too_long_is_cut():
    sent = parsed(record(7, "ط" * 9000, name="س" * 900, v="a" * 900))
    assert (len(sent.text), len(sent.name), sent.visitor) == (5000, 80, "")


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"null", b"[]", b'"text"', b'{"text": 5}', b"{}", b"[" * 200_000, b"1" * 5000]
)
def test_what_is_no_comment_is_none(raw):
    assert parsed(raw) is None


def test_a_record_without_a_good_id_is_known_by_its_bytes():
    first, again, other = record(7, id="../x", t=NOW_MS), record(7, id="../x", t=NOW_MS), record(8, id="../x", t=NOW_MS)
    assert parsed(first).spool_id == parsed(again).spool_id != parsed(other).spool_id
    assert len(parsed(first).spool_id) == 32


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(
    st.binary(max_size=60)
    | st.fixed_dictionaries(
        {"text": st.text()}, optional=dict.fromkeys(["id", "article", "name", "parent", "t", "v", "n", "r"], jsons)
    ).map(lambda fields: json.dumps(fields).encode())
)
def test_no_record_raises_and_all_stay_within_bounds(raw):
    sent = parsed(raw)
    if sent is not None:
        assert len(sent.text) <= 5000
        assert len(sent.name) <= 80
        assert NOW - timedelta(days=30) <= sent.sent_at <= NOW
        assert len(sent.spool_id) == 32
        (sent.text + sent.name + sent.visitor + sent.network).encode()
