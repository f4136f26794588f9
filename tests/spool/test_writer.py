"""What `append` returned from is kept; what was not kept is said not to be."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from warraq.spool import RecordTooLarge, SpoolFailed, SpoolFull, SpoolReader, SpoolWriter, frames
from warraq.spool import writer as writing

APPENDER = """
import os, sys, threading
from pathlib import Path
from warraq.spool import SpoolWriter
writer = SpoolWriter(Path(sys.argv[1]), segment_bytes=4000)
def append(thread):
    for number in range(10**9):
        record = f"{thread}-{number} تعليق".encode()
        writer.append(record, durable=number % 5 == 0)
        os.write(1, record + b"\\n")
for thread in range(3):
    threading.Thread(target=append, args=(thread,)).start()
"""
HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def records(folder: Path) -> list[bytes]:
    return list(SpoolReader(folder).read({}, limit=10**6).records)


@pytest.mark.parametrize("wait", [0.05, 0.15, 0.3])
def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path, wait: float) -> None:
    process = subprocess.Popen([sys.executable, "-c", APPENDER, str(tmp_path)], stdout=subprocess.PIPE, env=HERE)
    assert process.stdout
    first = process.stdout.readline()
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    # A pipe's write of one short line is whole or not there.
    acknowledged = [first.rstrip(b"\n"), *process.stdout.read().splitlines()]
    process.wait()
    process.stdout.close()
    kept = records(tmp_path)
    assert len(acknowledged) > 3
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    for thread in range(3):
        mine = [record for record in kept if record.startswith(b"%d-" % thread)]
        assert mine == [f"{thread}-{number} تعليق".encode() for number in range(len(mine))]


def test_many_threads_share_one_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = SpoolWriter(tmp_path)
    writer.append(b"first", durable=True)
    syncs = []

    def slow(handle: int) -> None:
        syncs.append(handle)
        time.sleep(0.05)

    monkeypatch.setattr(os, "fsync", slow)
    threads = [threading.Thread(target=writer.append, args=(b"%d" % n,), kwargs={"durable": True}) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(records(tmp_path)) == 21
    assert 1 <= len(syncs) <= 4


def test_a_durable_record_is_synced_before_append_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = SpoolWriter(tmp_path)
    writer.append(b"first", durable=True)
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append(os.fstat(handle).st_size))
    writer.append(b"second", durable=True)
    [file] = tmp_path.glob("*.log")
    assert seen == [file.stat().st_size]


def test_other_records_are_synced_within_the_interval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = SpoolWriter(tmp_path, sync_interval_ms=50)
    writer.append(b"first", durable=True)
    synced = threading.Event()
    monkeypatch.setattr(os, "fsync", lambda _handle: synced.set())
    writer.append(b"read", durable=False)
    assert not synced.is_set()
    assert synced.wait(1)


def test_segments_rotate_by_size_and_sort_by_time(tmp_path: Path) -> None:
    writer = SpoolWriter(tmp_path, segment_bytes=1000)
    what = [b"%03d" % number * 30 for number in range(60)]
    for record in what:
        writer.append(record, durable=False)
    writer.close()
    files = sorted(tmp_path.glob("*.log"))
    assert len(files) > 4
    assert all(file.stat().st_size < 1200 for file in files)
    assert records(tmp_path) == what


@pytest.mark.parametrize("durable", [True, False])
def test_a_failed_sync_abandons_the_segment_and_is_never_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    monkeypatch.setattr(writing, "REST_SECONDS", 0.3)
    writer = SpoolWriter(tmp_path, sync_interval_ms=10)
    writer.append(b"kept", durable=True)
    real = os.fsync
    calls = []

    def fails(handle: int) -> None:
        calls.append(handle)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fails)
    if durable:
        with pytest.raises(SpoolFailed, match="Input/output"):
            writer.append("تعليق".encode(), durable=True)
    else:
        writer.append("قراءة".encode(), durable=False)
        time.sleep(0.1)
    with pytest.raises(SpoolFailed):
        writer.append(b"refused at once", durable=False)
    assert len(calls) == 1
    monkeypatch.setattr(os, "fsync", real)
    time.sleep(0.3)
    writer.append(b"in a new segment", durable=True)
    assert len(list(tmp_path.glob("*.log"))) == 2
    assert records(tmp_path)[-1] == b"in a new segment"


def test_a_full_disk_refuses_and_leaves_no_empty_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "REST_SECONDS", 0.0)
    real = os.write
    room = 100

    def full(handle: int, data: memoryview) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = real(handle, data[:room])
        room -= count
        return count

    monkeypatch.setattr(os, "write", full)
    writer = SpoolWriter(tmp_path)
    writer.append(b"kept" * 5, durable=True)
    for _ in range(3):
        with pytest.raises(SpoolFailed, match="No space"):
            writer.append(b"lost" * 50, durable=True)
    monkeypatch.setattr(os, "write", real)
    writer.append(b"again", durable=True)
    assert records(tmp_path) == [b"kept" * 5, b"again"]
    writer.close()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_segment_whose_first_record_does_not_fit_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write

    def full(handle: int, data: memoryview) -> int:
        if len(data) > 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data[:60])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(SpoolFailed):
        SpoolWriter(tmp_path).append(b"lost" * 30, durable=True)
    assert not list(tmp_path.iterdir())


def test_the_disks_reserve_is_left_to_the_rest_of_the_paper(tmp_path: Path) -> None:
    writer = SpoolWriter(tmp_path, reserve_bytes=1 << 60)
    with pytest.raises(SpoolFull):
        writer.append(b"x", durable=False)
    assert not list(tmp_path.iterdir())


def test_a_record_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordTooLarge):
        SpoolWriter(tmp_path).append(b"x" * (frames.MAX_RECORD + 1), durable=False)


def test_a_forked_process_writes_a_segment_of_its_own(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from warraq.spool import SpoolWriter\n"
        "w = SpoolWriter(Path(sys.argv[1])); w.append(b'parent', durable=True)\n"
        "child = os.fork()\n"
        "w.append(b'child' if child == 0 else b'again', durable=True)\n"
        "w.append(b'c2' if child == 0 else b'p2', durable=False)\n"
        "os._exit(0) if child == 0 else os.waitpid(child, 0)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, timeout=20, env=HERE)
    assert len(list(tmp_path.glob("*.log"))) == 2
    assert records(tmp_path) == [b"parent", b"again", b"p2", b"child", b"c2"]


def test_a_name_held_by_a_reader_is_not_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = SpoolReader(tmp_path)
    real = os.open
    removed = []

    def slow(file: Path, flags: int, mode: int = 0o777) -> int:
        handle = real(file, flags, mode)
        if flags & os.O_EXCL and not removed:
            removed.append(Path(file).name)
            reader.remove(removed)
        return handle

    monkeypatch.setattr(os, "open", slow)
    SpoolWriter(tmp_path).append(b"kept", durable=True)
    assert removed
    assert records(tmp_path) == [b"kept"]


def test_a_slow_disk_is_asked_sooner_so_that_the_interval_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that comes just after a sync began waits for its end, for the rest, and for the next one."""
    writer = SpoolWriter(tmp_path, sync_interval_ms=1000)
    writer.append(b"first", durable=True)
    began, asked = [], threading.Event()

    def slow(_handle: int) -> None:
        began.append(time.monotonic())
        if len(began) > 1:
            asked.set()
        time.sleep(0.4)

    monkeypatch.setattr(os, "fsync", slow)
    deadline = time.monotonic() + 20
    while not asked.is_set() and time.monotonic() < deadline:
        writer.append(b"read", durable=False)
        time.sleep(0.01)
    assert began[1] - began[0] < 1.0, "0.4 for the sync and 0.2 of rest; a whole interval of rest would be 1.4"
