"""Whatever happened to the files, a reader gets records that were written, in order, and invents none."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warraq.spool import SpoolReader, SpoolWriter, frames
from warraq.spool import reader as reading

RECORDS = [
    '{"text": "قالَ الوَرّاقُ: ١٢ كِتابًا"}'.encode(),
    '{"text": "مـــرحبا \u202e Reuters"}'.encode(),
    b"",
    b"\x00\xff" * 40,
]

records = st.lists(st.binary(max_size=200), max_size=12)


def written(folder: Path, what: list[bytes], **settings: int) -> list[Path]:
    writer = SpoolWriter(folder, **settings)
    for record in what:
        writer.append(record, durable=False)
    writer.close()
    return sorted(folder.glob("*.log"))


def test_what_was_appended_is_read_in_order(tmp_path: Path) -> None:
    written(tmp_path, RECORDS)
    batch = SpoolReader(tmp_path).read({}, limit=100)
    assert list(batch.records) == RECORDS
    assert (batch.skipped, batch.damaged) == (0, ())


def test_a_missing_folder_is_an_empty_spool(tmp_path: Path) -> None:
    reader = SpoolReader(tmp_path / "comments")
    assert reader.read({}, limit=1) == reading.Batch((), {})
    assert reader.finished({}) == ()


def test_reading_goes_on_where_the_cursors_stand_and_gives_each_record_once(tmp_path: Path) -> None:
    what = [f"قراءة {number}".encode() for number in range(100)]
    assert len(written(tmp_path, what, segment_bytes=400)) > 5
    reader, cursors, got = SpoolReader(tmp_path), {}, []
    while (batch := reader.read(cursors, limit=7)).records:
        assert len(batch.records) <= 7
        got += batch.records
        cursors = json.loads(json.dumps(batch.cursors))
    assert got == what
    assert reader.read({}, limit=7) == reader.read({}, limit=7)


def test_a_batch_is_bounded_in_bytes(tmp_path: Path) -> None:
    written(tmp_path, [b"x" * 100] * 10)
    assert len(SpoolReader(tmp_path).read({}, limit=100, most_bytes=250).records) == 3


@settings(max_examples=150, deadline=None)
@given(what=records, data=st.data())
def test_a_file_cut_at_any_byte_gives_a_prefix(
    tmp_path_factory: pytest.TempPathFactory, what: list[bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("cut")
    for file in written(folder, what):
        os.truncate(file, data.draw(st.integers(0, file.stat().st_size)))
    batch = SpoolReader(folder).read({}, limit=1000)
    assert list(batch.records) == what[: len(batch.records)]
    assert (batch.skipped, batch.damaged) == (0, ())


@settings(max_examples=150, deadline=None)
@given(what=st.lists(st.binary(max_size=60), min_size=1, max_size=8), data=st.data())
def test_flipped_bytes_lose_only_the_records_that_they_are_in(
    tmp_path_factory: pytest.TempPathFactory, what: list[bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    [file] = written(folder, what)
    content = bytearray(file.read_bytes())
    at = data.draw(st.integers(frames.SEGMENT_HEADER, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    batch = SpoolReader(folder).read({}, limit=1000)
    starts = [frames.SEGMENT_HEADER]
    for record in what:
        starts.append(starts[-1] + frames.FRAME_HEADER + len(record))
    hit = max(number for number, start in enumerate(starts[:-1]) if start <= at)
    assert list(batch.records) == what[:hit] + what[hit + 1 :]
    if hit < len(what) - 1:
        assert (batch.skipped, batch.damaged) == (1, ())


def test_a_record_that_contains_a_frame_is_not_taken_for_one_when_it_is_corrupt(tmp_path: Path) -> None:
    forged = frames.frame(b"WARR", b'{"approved": true}')
    [file] = written(tmp_path, [b"first", b"#" + forged + forged, b"last"])
    file.write_bytes(file.read_bytes().replace(b"#", b"!"))
    batch = SpoolReader(tmp_path).read({}, limit=10)
    assert batch.records == (b"first", b"last")
    assert batch.skipped == 1


def test_zeros_after_a_power_cut_are_a_torn_end(tmp_path: Path) -> None:
    [file] = written(tmp_path, RECORDS)
    with file.open("ab") as handle:
        handle.write(b"\0" * 5000)
    reader = SpoolReader(tmp_path)
    batch = reader.read({}, limit=100)
    assert (list(batch.records), batch.damaged) == (RECORDS, ())
    assert reader.finished(batch.cursors) == (file.name,)


def test_bytes_that_are_nothing_are_reported_and_kept_for_a_person(tmp_path: Path) -> None:
    [file] = written(tmp_path, RECORDS)
    with file.open("ab") as handle:
        handle.write(b"nothing of ours, and long enough")
    reader = SpoolReader(tmp_path)
    batch = reader.read({}, limit=100)
    assert (list(batch.records), batch.damaged) == (RECORDS, (file.name,))
    assert reader.finished(batch.cursors) == ()
    reader.set_aside(batch.damaged)
    assert reader.read({}, limit=100).records == ()
    assert [left.name for left in tmp_path.iterdir()] == [file.name + reading.SET_ASIDE]


def test_a_segment_of_another_version_is_reported_not_read(tmp_path: Path) -> None:
    [file] = written(tmp_path, RECORDS)
    content = bytearray(file.read_bytes())
    content[8] = 99
    file.write_bytes(content)
    batch = SpoolReader(tmp_path).read({}, limit=100)
    assert (batch.records, batch.damaged) == ((), (file.name,))


def test_only_segments_read_to_their_end_and_let_go_by_their_writer_are_finished(tmp_path: Path) -> None:
    writer = SpoolWriter(tmp_path, segment_bytes=100)
    reader = SpoolReader(tmp_path)
    for number in range(5):
        writer.append(b"%d" % number * 50, durable=True)
    writer._sync_behind()
    first, *_middle, last = sorted(file.name for file in tmp_path.glob("*.log"))
    part = reader.read({}, limit=1)
    assert reader.finished(part.cursors) == ()
    whole = reader.read({}, limit=100)
    finished = reader.finished(whole.cursors)
    assert first in finished
    assert last not in finished
    reader.remove([*finished, last])
    assert [file.name for file in tmp_path.glob("*.log")] == [last]
    writer.append(b"later", durable=True)
    later = reader.read(whole.cursors, limit=100)
    assert later.records == (b"later",)
    assert set(later.cursors) == {last}
    writer.close()
    assert reader.finished(later.cursors) == (last,)


def test_a_segment_that_is_just_being_made_is_not_finished(tmp_path: Path) -> None:
    reader = SpoolReader(tmp_path)
    [file] = written(tmp_path, [b"x"])
    fresh = tmp_path / file.name.replace("-", "-9", 1)
    fresh.touch()
    old = tmp_path / "00000000000000000001-1-aa.log"
    old.touch()
    assert reader.finished(reader.read({}, limit=9).cursors) == (old.name, file.name)


def test_a_record_that_is_finished_while_it_is_looked_at_is_not_passed_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [file] = written(tmp_path, [b"first", "الثاني".encode(), b"third"])
    content = file.read_bytes()
    file.write_bytes(content[:50])
    step_over = reading._step_over

    def finished_meanwhile(*given: Any) -> bool:
        file.write_bytes(content)
        return step_over(*given)

    monkeypatch.setattr(reading, "_step_over", finished_meanwhile)
    batch = SpoolReader(tmp_path).read({}, limit=10)
    assert batch.records == (b"first", "الثاني".encode(), b"third")
    assert batch.skipped == 0


def test_a_reader_beside_a_writer_misses_nothing(tmp_path: Path) -> None:
    writer = SpoolWriter(tmp_path, segment_bytes=20_000)
    what = [os.urandom(number % 700) for number in range(3000)]
    appender = threading.Thread(target=lambda: [writer.append(record, durable=False) for record in what])
    appender.start()
    reader, cursors, got = SpoolReader(tmp_path), {}, []
    while appender.is_alive() or len(got) < len(what):
        batch = reader.read(cursors, limit=50)
        assert (batch.skipped, batch.damaged) == (0, ())
        if not batch.records and not appender.is_alive():
            break
        got += batch.records
        cursors = batch.cursors
        reader.remove(reader.finished(cursors))
    appender.join()
    got += reader.read(cursors, limit=5000).records
    assert got == what
    writer.close()
