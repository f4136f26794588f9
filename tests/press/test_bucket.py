"""A bucket's own: what readers' caches are told, redirects, and each failure as a sentence that names no key."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

from tests.buckets import ACCESS_KEY, SECRET_KEY, Line, new_bucket, objects
from warraq.config.paper import BucketConfig
from warraq.press import bucket as bucket_module
from warraq.press.bucket import BucketStore, redirect
from warraq.press.errors import StoreError
from warraq.press.layout import GONE, MOVED, PAGES
from warraq.press.store import Place, Put

PAGE = "<!doctype html><p>كان البن ينزل من الجبال إلى المخا.".encode()


def put(path: str, body: bytes = PAGE, tree: str = PAGES) -> Put:
    return Put(tree, path, body, {".br": b"?", ".gz": b"?"})


def told_of(store: BucketStore, key: str) -> dict[str, object]:
    return store._client.head_object(Bucket=store.target.name, Key=key)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_module, "CONNECT_SECONDS", 0.5)
    monkeypatch.setattr(bucket_module, "READ_SECONDS", 0.5)
    monkeypatch.setattr(bucket_module, "TRIES", 2)


@pytest.fixture(params=["moto", "rclone"])
def store(request: pytest.FixtureRequest) -> BucketStore:
    return BucketStore(new_bucket(request.getfixturevalue(request.param), prefix="/paper/"))


def test_an_object_says_its_type_and_how_long_it_may_be_kept(store: BucketStore) -> None:
    store.land([put("/news/12/"), put("/_/media/ab12-640.webp", b"RIFF"), put("/_/ranking/read/day.html")], [])

    page = told_of(store, "paper/pages/news/12/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"] == "public, max-age=0, stale-while-revalidate=30, stale-if-error=604800"
    picture = told_of(store, "paper/pages/_/media/ab12-640.webp")
    assert picture["ContentType"] == "image/webp"
    assert "immutable" in picture["CacheControl"]
    assert "max-age=2," in told_of(store, "paper/pages/_/ranking/read/day.html")["CacheControl"]


def test_a_page_is_one_object_and_its_encodings_are_none(store: BucketStore) -> None:
    store.land([put("/news/12/")], [])
    assert set(objects(store.target)) == {"paper/pages/news/12/index.html"}


def test_a_path_that_moved_leads_on_by_header_and_by_itself(store: BucketStore) -> None:
    store.land([put("/news/12/")], [])
    store.land([put("/news/12/", b"/culture/12/\n", MOVED)], [Place(PAGES, "/news/12/")])

    key = "paper/pages/news/12/index.html"
    assert told_of(store, key)["WebsiteRedirectLocation"] == "/culture/12/"
    body = store._client.get_object(Bucket=store.target.name, Key=key)["Body"].read()
    assert b'content="0;url=/culture/12/"' in body
    assert set(objects(store.target)) == {key, "paper/moved/news/12/index.html"}

    store.land([put("/news/12/", b"", GONE)], [Place(MOVED, "/news/12/")])
    assert set(objects(store.target)) == {"paper/gone/news/12/index.html"}


def test_a_mark_that_leads_nowhere_makes_no_redirect(store: BucketStore) -> None:
    store.land([put("/news/12/", b"https://evil.example/\r\nx: y", MOVED)], [])
    assert set(objects(store.target)) == {"paper/moved/news/12/index.html"}
    assert b"<script" not in redirect('/"><script>')


def test_what_others_put_into_our_folders_is_seen_but_is_no_place(moto: str) -> None:
    store = BucketStore(new_bucket(moto, prefix="paper"))
    store.land([put("/news/12/")], [])
    for key in ("paper/pages/news/", "paper/pages/.hidden", "paper/other/x", "elsewhere"):
        store._client.put_object(Bucket=store.target.name, Key=key, Body=b"x")

    assert list(store.places()) == [Place(PAGES, "/news/12/")]
    listed = {one.key for one in store.listed(PAGES)}
    assert {"paper/pages/.hidden", "paper/pages/news/12/index.html"} <= listed
    assert "paper/other/x" not in listed


def test_without_an_md5_for_an_etag_the_sum_that_came_with_it_is_compared(store: BucketStore) -> None:
    store.land([put("/news/12/")], [])
    (listed,) = store.listed(PAGES)
    assert store.is_same(listed, PAGE)
    encrypted = listed._replace(etag="9b2cf535f27731c974343645a3985328-x")
    assert store.is_same(encrypted, PAGE)
    assert not store.is_same(encrypted, PAGE[:-1] + b"!")


def test_bytes_that_changed_on_the_way_are_refused(rclone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = BucketStore(new_bucket(rclone))
    real = bucket_module._md5
    monkeypatch.setattr(bucket_module, "_md5", lambda data: real(data + b"?"))
    with pytest.raises(StoreError, match="BadDigest"):
        store.land([put("/news/12/")], [])
    assert objects(store.target) == {}


def refusal(store: BucketStore) -> str:
    with pytest.raises(StoreError) as raised:
        store.land([put(f"/news/{number}/") for number in range(3)], [])
    text = str(raised.value)
    assert "own pages are as they should be" in text
    assert SECRET_KEY not in text
    assert ACCESS_KEY not in text
    assert raised.value.__suppress_context__
    return text


def test_wrong_keys_are_told_and_not_shown(rclone: str) -> None:
    config = new_bucket(rclone)
    text = refusal(BucketStore(config.model_copy(update={"secret_key": "another-secret"})))
    assert "bucket.access_key" in text
    assert "another-secret" not in text


def test_a_store_that_shows_our_keys_in_its_refusal_has_them_hidden(line: Line) -> None:
    store = BucketStore(new_bucket(line.endpoint))
    line.fault = lambda method, path: 403
    assert "bucket.access_key" in refusal(store) or "Told403" in refusal(store)


def test_a_bucket_that_is_not_there_is_told(moto: str) -> None:
    config = new_bucket(moto).model_copy(update={"name": "no-such-paper"})
    assert "bucket.name" in refusal(BucketStore(config))


def test_nobody_there_is_told_within_bounds(quick: None) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        config = BucketConfig(name="paper", endpoint=endpoint, access_key=ACCESS_KEY, secret_key=SECRET_KEY)
        started = time.monotonic()
        assert "bucket.endpoint" in refusal(BucketStore(config))
        assert time.monotonic() - started < 10


@pytest.mark.parametrize("status", [500, 503, 0])
def test_a_store_that_fails_is_tried_again_and_then_told(line: Line, quick: None, status: int) -> None:
    store = BucketStore(new_bucket(line.endpoint))
    left = [1]
    line.fault = lambda method, path: status if left and left.pop() else None
    store.land([put("/news/1/")], [])
    assert store.read(PAGES, "/news/1/") == PAGE
    line.fault = lambda method, path: status
    refusal(store)


def test_a_store_that_never_answers_is_left_in_time(line: Line, quick: None) -> None:
    store = BucketStore(new_bucket(line.endpoint))
    going = threading.Event()
    line.fault = lambda method, path: 0 * going.wait(20)
    started = time.monotonic()
    refusal(store)
    assert time.monotonic() - started < 12
    going.set()


def test_a_deletion_that_is_refused_is_told(line: Line) -> None:
    store = BucketStore(new_bucket(line.endpoint))
    store.land([put("/news/1/")], [])
    answer = {"Errors": [{"Key": "pages/news/1/index.html", "Code": "AccessDenied"}]}
    store._client.delete_objects = lambda **_asked: answer
    with pytest.raises(StoreError, match="AccessDenied"):
        store.land([], [Place(PAGES, "/news/1/")])


def test_puts_come_before_removals_and_after_a_failed_put_nothing_is_removed(line: Line, quick: None) -> None:
    store = BucketStore(new_bucket(line.endpoint))
    store.land([put("/news/1/"), put("/news/2/")], [])
    line.fault = lambda method, path: 500 if "/news/3/" in path else None
    with pytest.raises(StoreError):
        store.land([put("/news/3/")], [Place(PAGES, "/news/1/")])
    assert sorted(store.places()) == [Place(PAGES, "/news/1/"), Place(PAGES, "/news/2/")]


def test_the_key_may_lie_in_a_file(moto: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{SECRET_KEY}\n")
    config = new_bucket(moto).model_copy(update={"secret_key": "", "secret_key_file": "key"})
    BucketStore(config, file).land([put("/")], [])
    with pytest.raises(StoreError, match="key"):
        BucketStore(config, tmp_path / "absent")
