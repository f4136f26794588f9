"""A parcel says again what was packed, and anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.spool import parcels
from warraq.spool.errors import BadParcel
from warraq.spool.parcels import Label

LABEL = Label("صحيفة", "reads", "web-2-0123456789ab", 7, 1_790_000_000_000)

records = st.lists(st.binary(max_size=300), max_size=20)


@given(records, st.integers(1, 10**12 - 1), st.integers(0, 2**53 - 1))
def test_what_was_packed_comes_out(what, number, complete):
    label = Label("paper", "comments", LABEL.front, number, complete)
    parcel = parcels.unpack(parcels.pack(label, what))
    assert (parcel.label, list(parcel.records)) == (label, what)


@given(records, st.data())
def test_a_changed_or_cut_one_is_refused(what, data):
    sound = parcels.pack(LABEL, what)
    at = data.draw(st.integers(0, len(sound) - 1))
    changed = bytearray(sound)
    changed[at] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(changed), sound[:at], sound + b"\0"):
        with pytest.raises(BadParcel):
            parcels.unpack(wrong)


@given(st.binary(max_size=200), st.booleans())
def test_whatever_bytes_come_in_nothing_but_a_refusal_comes_of_them(noise, is_begun):
    with pytest.raises(BadParcel):
        parcels.unpack((parcels.MAGIC if is_begun else b"") + noise)


@pytest.mark.parametrize(
    "label",
    [
        Label("p", "reads", "../../etc", 1, 0),
        Label("p", "reads", "web-0123456789AB", 1, 0),
        Label("p", "reads", LABEL.front, 0, 0),
        Label("p", "reads", LABEL.front, 10**12, 0),
        Label("p", "reads", LABEL.front, 1, -1),
        Label("p", "reads", LABEL.front, True, 0),
        Label(["p"], "reads", LABEL.front, 1, 0),  # type: ignore[arg-type]
        Label("p" * 2000, "reads", LABEL.front, 1, 0),
    ],
)
def test_a_label_without_sense_is_refused(label):
    with pytest.raises(BadParcel):
        parcels.unpack(parcels.pack(label, [b"x"]))


def test_too_long_a_parcel_or_too_many_records_are_refused():
    for what in ([b"x" * (1 << 20)] * 3, [b""] * (parcels.MOST_RECORDS + 1), [b"x" * ((1 << 20) + 1)]):
        with pytest.raises(BadParcel):
            parcels.unpack(parcels.pack(LABEL, what))


def test_the_largest_that_is_packed_is_taken():
    what = [b"x" * 102] * (parcels.MOST_RECORDS - 1) + [b"y" * (1 << 20)]
    assert len(parcels.unpack(parcels.pack(LABEL, what)).records) == parcels.MOST_RECORDS


def test_a_file_is_known_by_its_name():
    assert parcels.named(parcels.file_name(LABEL.front, 7)) == (LABEL.front, 7)
    for name in ("7.parcel", f"{LABEL.front}-7.parcel", f"{LABEL.front}-000000000000.parcel", ".x.parcel", "x"):
        assert parcels.named(name) is None
    assert parcels.named(f"../{parcels.file_name(LABEL.front, 7)}") is None
