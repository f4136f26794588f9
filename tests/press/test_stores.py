"""What every store promises, asked of each: the folder, and buckets of two makers."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import pytest

from tests.buckets import new_bucket
from warraq.press.bucket import BucketStore
from warraq.press.encoding import encodings
from warraq.press.errors import BadPath, StoreError
from warraq.press.folder import FolderStore
from warraq.press.layout import CHANGES, CHANGES_BYTES, GONE, MOVED, PAGES
from warraq.press.store import Place, Put, Store

BODY = ("<!doctype html><html lang=ar dir=rtl><p>كان البن ينزل من الجبال إلى المخا." * 20).encode()
OTHER = BODY + "ثمّ عاد".encode()


@pytest.fixture(params=["folder", "moto", "rclone"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return FolderStore(tmp_path / "pressed")
    return BucketStore(new_bucket(request.getfixturevalue(request.param), prefix="papers/warraq"))


def put(path: str, body: bytes = BODY, tree: str = PAGES) -> Put:
    return Put(tree, path, body, encodings(path, body, 1))


def places(store: Store) -> list[Place]:
    return sorted(store.places())


def test_what_lands_is_there_whole(store: Store) -> None:
    store.land([put("/news/12/"), put("/feed.rss"), put("/", OTHER), put("/news/9/", b"", GONE)], [])

    assert store.read(PAGES, "/news/12/") == BODY
    assert store.read(PAGES, "/") == OTHER
    assert store.read(GONE, "/news/9/") == b""
    assert store.holds(PAGES, "/feed.rss")
    assert store.is_whole(PAGES, "/news/12/", BODY)
    assert not store.is_whole(PAGES, "/news/12/", OTHER)
    assert places(store) == [
        Place(GONE, "/news/9/"),
        Place(PAGES, "/"),
        Place(PAGES, "/feed.rss"),
        Place(PAGES, "/news/12/"),
    ]


def test_what_is_not_there_is_not_there(store: Store) -> None:
    assert places(store) == []
    store.land([put("/news/12/")], [])
    for tree, path in (
        (PAGES, "/news/"),
        (PAGES, "/news/1/"),
        (PAGES, "/news"),
        (GONE, "/news/12/"),
        (MOVED, "/news/12/"),
    ):
        assert store.read(tree, path) is None
        assert not store.holds(tree, path)
        assert not store.is_whole(tree, path, BODY)


def test_what_lands_again_replaces(store: Store) -> None:
    store.land([put("/news/12/")], [])
    store.land([put("/news/12/", OTHER)], [])

    assert store.read(PAGES, "/news/12/") == OTHER
    assert store.is_whole(PAGES, "/news/12/", OTHER)
    assert places(store) == [Place(PAGES, "/news/12/")]


def test_what_is_removed_is_gone_and_its_neighbours_stay(store: Store) -> None:
    store.land([put("/news/12/"), put("/news/"), put("/news/1/")], [])
    store.land([], [Place(PAGES, "/news/12/")])

    assert places(store) == [Place(PAGES, "/news/"), Place(PAGES, "/news/1/")]
    assert store.read(PAGES, "/news/12/") is None


def test_removing_what_is_not_there_is_nothing(store: Store) -> None:
    store.land([], [Place(PAGES, "/news/12/"), Place(MOVED, "/news/12/"), Place(GONE, "/news/12/")])
    assert places(store) == []


def test_removals_come_after_puts(store: Store) -> None:
    store.land([put("/news/12/")], [Place(PAGES, "/news/12/")])
    assert places(store) == []


@pytest.mark.parametrize(
    "path", ["/../secret", "news/12/", "/news//12/", "/.staging/x", "/a\x00b", "/خبر/", "", "/a b", "/" + "a" * 300]
)
def test_a_path_that_is_not_public_is_refused_and_nothing_lands(store: Store, path: str) -> None:
    with pytest.raises(BadPath):
        store.land([put(path)], [])
    with pytest.raises(BadPath):
        store.land([], [Place(PAGES, path)])
    with pytest.raises(BadPath):
        store.read(PAGES, path)
    assert places(store) == []


def test_a_move_leaves_its_trace_and_comes_back(store: Store) -> None:
    old, new, mark = put("/news/12/"), put("/culture/12/"), put("/news/12/", b"/culture/12/\n", MOVED)
    store.land([old], [])
    store.land([new, mark], [Place(PAGES, "/news/12/")])

    assert places(store) == [Place(MOVED, "/news/12/"), Place(PAGES, "/culture/12/")]
    assert store.read(MOVED, "/news/12/") == b"/culture/12/\n"
    assert store.read(PAGES, "/news/12/") is None
    assert not store.holds(PAGES, "/news/12/")

    store.land([old], [Place(MOVED, "/news/12/"), Place(PAGES, "/culture/12/")])
    assert places(store) == [Place(PAGES, "/news/12/")]
    assert store.read(PAGES, "/news/12/") == BODY


def test_a_move_in_single_steps_in_any_order(store: Store) -> None:
    """Killed, or sent in parts."""
    page, mark = Place(PAGES, "/news/12/"), Place(MOVED, "/news/12/")
    put_page, put_mark = put("/news/12/"), put("/news/12/", b"/culture/12/\n", MOVED)
    store.land([put_page], [])
    store.land([put_mark], [])
    assert places(store) == [mark, page]
    assert store.read(*page) == BODY
    store.land([], [page])
    assert places(store) == [mark]
    store.land([put_page], [])
    assert places(store) == [mark, page]
    store.land([], [mark])
    assert places(store) == [page]
    store.land([], [page])
    assert places(store) == []
    store.land([put_mark], [])
    store.land([], [mark])
    assert places(store) == []
    assert not store.holds(*page)


def test_a_reader_sees_one_version_or_the_other(store: Store) -> None:
    versions = {BODY, OTHER}
    store.land([put("/news/12/")], [])
    seen, done = set(), threading.Event()

    def look() -> None:
        while not done.is_set():
            with contextlib.suppress(StoreError):  # rclone answers 500 at that moment, which shows no reader a mixture
                seen.add(store.read(PAGES, "/news/12/"))

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(30):
        store.land([put("/news/12/", OTHER if number % 2 else BODY)], [])
    done.set()
    reader.join()
    assert seen <= versions
    assert seen


def test_a_thousand_files(store: Store) -> None:
    """More than one request lists, and than one deletes."""
    paths = [f"/news/{number}/" for number in range(1050)]
    store.land([put(path, path.encode()) for path in paths], [])
    assert places(store) == sorted(Place(PAGES, path) for path in paths)
    store.land([], [Place(PAGES, path) for path in paths])
    assert places(store) == []


def test_two_versions_of_a_page_never_bear_the_same_second(tmp_path: Path) -> None:
    """nginx and others tell them apart by their second and their length."""
    store, seconds = FolderStore(tmp_path / "pressed"), []
    for number in range(4):
        store.land([put("/news/12/", BODY + b"%d" % number)], [])
        files = {store.file(PAGES, "/news/12/").with_name(f"index.html{suffix}") for suffix in ("", ".br", ".gz")}
        [stamp] = {file.stat().st_mtime_ns for file in files}
        seconds.append(stamp // 10**9)
    assert len(set(seconds)) == len(seconds)
    assert seconds == sorted(seconds)


def test_whoever_reads_the_folder_is_told_of_each_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, told = FolderStore(tmp_path / "pressed"), set()
    for puts, removals in (([put("/news/12/")], []), ([put("/", OTHER)], []), ([], [Place(PAGES, "/news/12/")])):
        store.land(puts, removals)
        told.add((store.root / CHANGES).read_bytes())
    monkeypatch.setattr(store, "_remove", lambda _removals: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(StoreError):
        store.land([put("/", BODY)], [])  # it lies there all the same
    told.add((store.root / CHANGES).read_bytes())
    assert {len(told), *map(len, told)} == {4, CHANGES_BYTES}
