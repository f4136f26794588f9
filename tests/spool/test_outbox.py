"""A front's records come into parcels once each and in order, wherever the packing is cut short."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import environment
from tests.spool import packs
from tests.spool.kept import Room, outbox, packed, written
from warraq.spool import SpoolWriter, parcels
from warraq.spool.errors import BadOutbox
from warraq.spool.parcels import MOST_RECORDS

WHAT = [f"قراءة {number}".encode() for number in range(60)]


def received(spools: Path, into: Path) -> list[bytes]:
    """What a pressroom keeps of all that lies in the outbox."""
    box = into / "inbox" / "reads"
    shutil.copytree(
        spools / "outbox" / "reads", box, ignore=lambda _folder, names: [n for n in names if "parcel" not in n]
    )
    room = Room()
    room.take_in_all(into)
    return room.records


def numbers(spools: Path) -> list[int]:
    return outbox(spools).waiting()


def test_records_are_packed_in_order_and_their_segments_go(tmp_path):
    written(tmp_path / "front", WHAT, segment_bytes=200)
    assert outbox(tmp_path / "front").pack() is False
    assert list((tmp_path / "front" / "reads").iterdir()) == []
    assert received(tmp_path / "front", tmp_path / "press") == WHAT


def test_a_segment_that_is_still_written_is_packed_as_far_as_it_goes(tmp_path):
    writer, box = SpoolWriter(tmp_path / "reads"), outbox(tmp_path)
    for record in WHAT[:3]:
        writer.append(record, durable=False)
        box.pack()
    assert len(list((tmp_path / "reads").glob("*.log"))) == 1
    writer.close()
    box.pack()
    assert list((tmp_path / "reads").glob("*.log")) == []
    assert numbers(tmp_path) == [1, 2, 3]
    assert received(tmp_path, tmp_path / "press") == WHAT[:3]


def test_much_becomes_several_parcels(tmp_path):
    written(tmp_path, [b"x"] * (MOST_RECORDS + 1))
    box = outbox(tmp_path)
    assert (box.pack(), box.pack()) == (True, False)
    assert numbers(tmp_path) == [1, 2]


def test_a_front_that_nobody_reads_says_now_and_then_that_it_lives(tmp_path):
    box = outbox(tmp_path)
    for second in (1_000_000, 1_000_100, 1_000_301, 1_000_400):
        box.pack(now=lambda second=second: second)
    (first, second) = sorted((tmp_path / "outbox" / "reads").glob("*.parcel"))
    assert [parcels.unpack(one.read_bytes()).label.complete for one in (first, second)] == [
        1_000_000_000,
        1_000_301_000,
    ]


def test_what_is_not_yet_packed_is_not_called_complete(tmp_path):
    box = outbox(tmp_path)
    written(tmp_path, [b"x"] * (MOST_RECORDS + 1))
    box.pack(now=lambda: 2_000)
    assert box.state.complete == 0
    box.pack(now=lambda: 2_001)
    assert box.state.complete == 2_001_000


def test_confirmed_parcels_go_and_numbers_go_on(tmp_path):
    packed(tmp_path, [b"a"], [b"b"], [b"c"])
    outbox(tmp_path).confirm(2)
    assert numbers(tmp_path) == [3]
    packed(tmp_path, [b"d"])
    assert numbers(tmp_path) == [3, 4]


def test_an_older_copy_of_a_folder_becomes_another_front(tmp_path):
    packed(tmp_path, [b"a"])
    before = outbox(tmp_path).state.front
    outbox(tmp_path).confirm(5)
    packed(tmp_path, [b"b"])
    box = outbox(tmp_path)
    assert box.state.front != before
    assert box.waiting() == [1]
    assert parcels.unpack(box.data(1) or b"").records == (b"b",)


def test_two_fronts_have_names_of_their_own(tmp_path):
    assert outbox(tmp_path / "a").state.front != outbox(tmp_path / "b").state.front


@pytest.mark.parametrize("text", ["", "{", "[]", '{"front": "x"}', '{"front": "a-0123456789ab", "number": -1}'])
def test_a_state_that_cannot_be_read_stops_the_packing_and_loses_nothing(tmp_path, text):
    packed(tmp_path, [b"a"])
    (tmp_path / "outbox" / "reads" / "state").write_text(text)
    written(tmp_path, [b"b"])
    with pytest.raises(BadOutbox):
        outbox(tmp_path).pack()
    assert len(list((tmp_path / "reads").glob("*.log"))) == 1


def test_a_parcel_that_the_disk_spoiled_is_put_aside(tmp_path):
    (file,) = packed(tmp_path, [b"abc"])
    file.write_bytes(file.read_bytes().replace(b"abc", b"abd"))
    assert outbox(tmp_path).data(1) is None
    assert [one.name for one in file.parent.glob("*.damaged")] == [file.name + ".damaged"]
    assert numbers(tmp_path) == []


@pytest.mark.parametrize("how", ["killed", "fail"])
def test_cut_short_at_any_step_each_record_is_packed_once(tmp_path, how):
    """At each change and sync of a file the process is killed, or the disk refuses it once."""
    for at in range(1, 200):
        spools = tmp_path / str(at)
        written(spools, WHAT, segment_bytes=300)
        code = _packs(spools, at, how)
        assert _packs(spools, 0, how) == 0  # the next one, to its end
        assert received(spools, spools / "press") == WHAT, at
        assert list((spools / "reads").iterdir()) == []
        assert not list((spools / "outbox" / "reads").glob(".*.new"))
        if code == packs.ENDED:
            break
        assert code == (-signal.SIGKILL if how == "killed" else 0), at
    assert at > 15


def _packs(spools: Path, at: int, how: str) -> int:
    arguments = [sys.executable, packs.__file__, str(spools), str(at), how]
    return subprocess.run(arguments, env=environment(), check=False, timeout=60).returncode
