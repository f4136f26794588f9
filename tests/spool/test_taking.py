"""What several fronts sent is taken in once each and in each front's order, however it comes."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spool.kept import PAPER, Room, outbox, packed, written
from warraq.spool import parcels
from warraq.spool.inbox import COPIED_SECONDS, NUMBER, Inbox
from warraq.spool.parcels import Label
from warraq.spool.taking import SILENT_SECONDS, Intake, Taken

FRONTS = ("web-1-aaaaaaaaaaaa", "web-2-bbbbbbbbbbbb", "web-3-cccccccccccc")


def parcel(front: str, number: int, *, paper: str = PAPER, kind: str = "reads", complete: int = 0) -> bytes:
    label = Label(paper, kind, front, number, complete)
    return parcels.pack(label, [f"{front} {number} {nth}".encode() for nth in range(number % 3)])


def put(spools: Path, front: str, number: int, data: bytes | None = None) -> Path:
    folder = spools / "inbox" / "reads"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / parcels.file_name(front, number)
    file.write_bytes(parcel(front, number) if data is None else data)
    return file


def make_old(file: Path) -> None:
    long_ago = time.time() - COPIED_SECONDS - 1
    os.utime(file, (long_ago, long_ago), follow_symlinks=False)


def names(spools: Path) -> list[str]:
    return sorted(file.name for file in (spools / "inbox" / "reads").glob("*"))


@given(st.data())
def test_in_any_order_some_twice_and_cut_short_anywhere_each_record_is_kept_once(data):
    sent = [(front, number) for front in FRONTS for number in range(1, data.draw(st.integers(1, 6)))]
    arrivals = data.draw(st.permutations(sent + data.draw(st.lists(st.sampled_from(sent)) if sent else st.just([]))))
    own = data.draw(st.lists(st.binary(min_size=1, max_size=4), max_size=5))
    room = Room()
    with tempfile.TemporaryDirectory() as name:
        spools = Path(name)
        written(spools, own)
        for front, number in arrivals:
            put(spools, front, number)
            left = {file.name: file.read_bytes() for file in (spools / "inbox" / "reads").glob("*")}
            room.dies = data.draw(st.sampled_from(["", "within", "after"]))
            try:
                room.take_in(spools, limit=data.draw(st.integers(1, 9)))
            except KeyboardInterrupt:
                continue
            if data.draw(st.booleans()):  # killed before it could remove what it had taken in
                for file, content in left.items():
                    (spools / "inbox" / "reads" / file).write_bytes(content)
        room.dies = ""
        room.take_in_all(spools)
        assert names(spools) == []
    wanted = {
        front: [f"{front} {n} {nth}".encode() for f, n in sent if f == front for nth in range(n % 3)]
        for front in FRONTS
    }
    for front in FRONTS:
        assert [one for one in room.records if one.startswith(front.encode())] == wanted[front]
    assert Counter(room.records) == Counter([*own, *(one for some in wanted.values() for one in some)])


@pytest.mark.parametrize("moment", ["within", "after"])
def test_killed_in_its_transaction_or_just_after_it_takes_each_record_once(tmp_path, moment):
    room = Room(dies=moment)
    written(tmp_path, [b"own"])
    put(tmp_path, FRONTS[0], 1)
    with pytest.raises(KeyboardInterrupt):
        room.take_in(tmp_path)
    room.dies = ""
    room.take_in_all(tmp_path)
    assert sorted(room.records) == [b"own", f"{FRONTS[0]} 1 0".encode()]


def test_a_gap_holds_up_its_own_front_alone_and_is_named(tmp_path):
    room = Room()
    for front, number in ((FRONTS[0], 1), (FRONTS[0], 3), (FRONTS[1], 1), (FRONTS[1], 2), (FRONTS[2], 5)):
        put(tmp_path, front, number)
    room.take_in_all(tmp_path)
    assert {front: room.cursors.get(NUMBER + front, 0) for front in FRONTS} == dict(zip(FRONTS, (1, 2, 0), strict=True))
    assert Inbox(tmp_path, "reads", paper=PAPER).missing(room.cursors) == {FRONTS[0]: 2, FRONTS[2]: 1}
    put(tmp_path, FRONTS[0], 2)
    room.take_in_all(tmp_path)
    assert room.cursors[NUMBER + FRONTS[0]] == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        parcel(FRONTS[0], 1)[:-1],
        parcel(FRONTS[1], 1),
        parcel(FRONTS[0], 2),
        parcel(FRONTS[0], 1, paper="another"),
        parcel(FRONTS[0], 1, kind="comments"),
        b"\0" * (parcels.MOST_BYTES + 1),
    ],
)
def test_what_is_no_parcel_of_this_name_is_put_aside_and_others_go_on(tmp_path, data):
    wrong = put(tmp_path, FRONTS[0], 1, data)
    put(tmp_path, FRONTS[1], 1)
    room = Room()
    room.take_in_all(tmp_path)
    assert names(tmp_path) == [wrong.name]  # it may still be on its way into the file
    make_old(wrong)
    room.take_in_all(tmp_path)
    assert names(tmp_path) == [wrong.name + ".damaged"]
    put(tmp_path, FRONTS[0], 1)  # brought again
    room.take_in_all(tmp_path)
    assert room.cursors[NUMBER + FRONTS[0]] == 1


def test_links_pipes_and_folders_are_not_followed(tmp_path):
    room, folder = Room(), tmp_path / "inbox" / "reads"
    put(tmp_path, FRONTS[0], 1).rename(tmp_path / "elsewhere")
    (folder / parcels.file_name(FRONTS[0], 1)).symlink_to(tmp_path / "elsewhere")
    os.mkfifo(folder / parcels.file_name(FRONTS[1], 1))
    (folder / parcels.file_name(FRONTS[2], 1)).mkdir()
    for file in folder.iterdir():
        make_old(file)
    room.take_in_all(tmp_path)
    assert room.records == []
    assert all(name.endswith(".damaged") for name in names(tmp_path))


def test_unfinished_copies_and_other_files_are_left_alone(tmp_path):
    put(tmp_path, FRONTS[0], 1)
    folder = tmp_path / "inbox" / "reads"
    for name in (f".{parcels.file_name(FRONTS[0], 2)}.Xy12Zw", "README", f".{parcels.file_name(FRONTS[0], 3)}"):
        (folder / name).write_bytes(b"x")
        make_old(folder / name)
    Room().take_in_all(tmp_path)
    assert len(names(tmp_path)) == 3


def test_a_file_with_a_wrong_name_is_put_aside(tmp_path):
    make_old(put(tmp_path, "web-1-aaaaaaaaaaaa-copy", 1))
    Room().take_in_all(tmp_path)
    assert [name.endswith(".damaged") for name in names(tmp_path)] == [True]


def test_much_of_this_machine_leaves_room_for_the_others(tmp_path):
    written(tmp_path, [b"own"] * 50)
    put(tmp_path, FRONTS[0], 1)
    room = Room()
    room.take_in(tmp_path, limit=10)
    assert Counter(room.records) == {b"own": 10, f"{FRONTS[0]} 1 0".encode(): 1}


def test_a_busy_front_leaves_room_for_the_others(tmp_path):
    for number in range(1, 9):
        put(tmp_path, FRONTS[0], number, parcel(FRONTS[0], number, complete=1000 + number))
    put(tmp_path, FRONTS[1], 1, parcel(FRONTS[1], 1, complete=1000))
    room = Room()
    for _ in range(2):
        room.take_in(tmp_path, limit=1)
    assert room.cursors[NUMBER + FRONTS[1]] == 1


def test_all_is_complete_when_it_is_on_every_front(tmp_path):
    now, told = time.time(), []

    def take_in(limit: int = 100) -> None:
        Intake(tmp_path, "reads", PAPER, room).take_in(lambda taken: told.append(taken), limit=limit)

    room = Room()
    written(tmp_path, [b"own"] * 3)
    take_in(limit=3)
    assert told.pop().complete is None  # more may wait
    put(tmp_path, FRONTS[0], 1, parcel(FRONTS[0], 1, complete=int(now - 50) * 1000))
    put(tmp_path, FRONTS[1], 1, parcel(FRONTS[1], 1, complete=int(now - 90) * 1000))
    take_in()
    first: Taken = told.pop()
    assert first.complete is not None
    assert int(first.complete.timestamp()) == int(now - 90)
    put(tmp_path, FRONTS[2], 1, parcel(FRONTS[2], 1, complete=int(now - SILENT_SECONDS - 10) * 1000))
    take_in()
    assert int(told.pop().complete.timestamp()) == int(now - 90)  # one that is gone is not waited for


def test_what_fronts_pack_comes_out_here(tmp_path):
    room = Room()
    for front in ("a", "b"):
        for file in packed(tmp_path / front, [b"1", b"2"], [b"3"]):
            put(tmp_path, *(parcels.named(file.name) or ("", 0)), file.read_bytes())
    room.take_in_all(tmp_path)
    assert sorted(room.records) == [b"1", b"1", b"2", b"2", b"3", b"3"]
    assert outbox(tmp_path / "a").waiting() == [1, 2]
