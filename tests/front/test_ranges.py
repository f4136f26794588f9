"""A part of a picture is sent where it is asked for, and all of it wherever there is any doubt."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.front.conftest import Paper, Reply, ask
from warraq.front import ranges
from warraq.front.answers import OK, Answer
from warraq.front.app import Front

PHOTO = "/_/media/photo.jpg"
BYTES = bytes(range(200))


@pytest.fixture
def photo(paper: Paper, front: Front) -> Front:
    file = paper.settings.pressed / "pages" / PHOTO.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(BYTES)
    return front


def part(front: Front, asked: str, **more: str) -> Reply:
    return ask(front, PHOTO, HTTP_RANGE=asked, **more)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=190-", 190, 200),
        ("bytes=-5", 195, 200),
        ("bytes=0-999", 0, 200),
        ("bytes=-999", 0, 200),
    ],
)
def test_a_part_is_sent(photo: Front, asked: str, start: int, end: int) -> None:
    whole, reply = ask(photo, PHOTO), part(photo, asked)
    assert (reply.status, reply.body) == (206, BYTES[start:end])
    assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/200"
    assert reply.headers["content-length"] == str(end - start)
    same = {name: value for name, value in reply.headers.items() if name not in ("content-range", "content-length")}
    assert same.items() <= whole.headers.items()
    assert whole.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=200-", "bytes=500-600", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(photo: Front, asked: str) -> None:
    reply = part(photo, asked)
    assert (reply.status, reply.body, reply.headers["content-range"]) == (416, b"", "bytes */200")


@pytest.mark.parametrize(
    "asked",
    ["bytes=9-0", "bytes=-", "bytes=0-1,3-4", "items=0-5", "bytes=a-b", "bytes=٠-٩", "", "bytes=" + "9" * 30 + "-"],
)
def test_what_is_no_single_range_gets_all(photo: Front, asked: str) -> None:
    assert (part(photo, asked).status, part(photo, asked).body) == (200, BYTES)


def test_a_part_of_another_version_is_all_of_this_one(photo: Front) -> None:
    etag = ask(photo, PHOTO).headers["etag"]
    assert part(photo, "bytes=5-", HTTP_IF_RANGE=etag).status == 206
    assert part(photo, "bytes=5-", HTTP_IF_RANGE='"other"').body == BYTES
    assert part(photo, "bytes=5-", HTTP_IF_RANGE="Sat, 28 Nov 2026 10:00:00 GMT").body == BYTES
    assert part(photo, "bytes=5-", HTTP_IF_NONE_MATCH=etag).status == 304


def test_pages_come_whole(photo: Front) -> None:
    reply = ask(photo, "/news/12/", HTTP_RANGE="bytes=0-5")
    assert reply.status == 200
    assert "accept-ranges" not in reply.headers
    assert part(photo, "bytes=0-5", method="HEAD").status == 200


@given(st.integers(0, 260), st.integers(0, 260))
def test_whatever_is_asked_for_is_what_it_says(first: int, second: int) -> None:
    copy = SimpleNamespace(etag='"e"', whole=Answer(OK, [("content-length", "200")], BYTES))
    asked = {"REQUEST_METHOD": "GET", "HTTP_RANGE": f"bytes={first}-{second}"}
    answer = ranges.answer(asked, PHOTO, copy)  # type: ignore[arg-type]
    if first > second:
        assert answer.body == BYTES
    else:
        assert answer.body == BYTES[first : second + 1]
