"""A whole paper with a bucket: pressroom, command line and doctor as processes, and kills in the middle."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buckets import ACCESS_KEY, SECRET_KEY, Line, new_bucket, serving, slowly
from tests.processes import answer, eventually, running, warraq
from warraq.config.paper import BucketConfig
from warraq.press.bucket import BucketStore
from warraq.press.folder import FolderStore


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with serving("moto", tmp_path / "moto") as endpoint:
        line = Line(endpoint)
        yield line
        line.close()


def variables(config: BucketConfig) -> dict[str, str]:
    return {
        "WARRAQ_BUCKET__NAME": config.name,
        "WARRAQ_BUCKET__ENDPOINT": config.endpoint,
        "WARRAQ_BUCKET__ACCESS_KEY": ACCESS_KEY,
        "WARRAQ_BUCKET__SECRET_KEY": SECRET_KEY,
    }


def is_same(paper: Path, config: BucketConfig) -> bool:
    folder, store = FolderStore(paper / "pressed"), BucketStore(config)
    held = sorted(folder.places())
    return sorted(store.places()) == held and all(store.is_whole(*place, folder.read(*place) or b"") for place in held)


def check(paper: Path, more: dict[str, str]) -> dict[str, object]:
    result = warraq("doctor", "--paper", paper, "--json", **more)

    return next(one for one in json.loads(result.stdout)["checks"] if one["name"] == "bucket")


def test_a_killed_pressroom_goes_on_and_the_bucket_comes_to_hold_the_paper(paper: Path, line: Line) -> None:
    config = new_bucket(line.endpoint)
    more = variables(config)
    line.fault = slowly(0.02)
    line.asked.clear()
    for _kill in range(3):
        before = line.asked["PUT"]
        with running("serve", "--only", "pressroom", "--paper", paper, **more) as process:
            eventually(lambda before=before: line.asked["PUT"] > before + 30, seconds=60)
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert not is_same(paper, config)
    line.fault = lambda method, path: None
    with running("serve", "--only", "pressroom", "--paper", paper, **more):
        eventually(lambda: line.asked["PUT"] and check(paper, more)["says"].startswith("0 files"), seconds=120)
    assert is_same(paper, config)
    assert answer("press", "--verify", "--paper", paper, **more)["drift"] == []

    sent = line.asked["PUT"]
    answer("press", "--all", "--paper", paper, **more)
    answer("press", "--verify", "--paper", paper, **more)
    assert line.asked["PUT"] == sent, "a full press sends nothing that the bucket holds"

    store = BucketStore(config)
    place = next(place for place in store.places() if place.path == "/")
    store._client.put_object(Bucket=config.name, Key=store.key(*place), Body=b"defaced")
    result = warraq("press", "--verify", "--paper", paper, **more)
    assert result.returncode == 1
    assert "bucket: pages/" in result.stdout
    assert is_same(paper, config)


def test_a_bucket_that_is_away_holds_nothing_up_and_is_told(paper: Path, line: Line) -> None:
    config = new_bucket(line.endpoint)
    more = variables(config)
    line.fault = lambda method, path: 503
    with running("serve", "--only", "pressroom", "--paper", paper, **more):
        told = eventually(lambda: (found := check(paper, more)) and not found["ok"] and found, seconds=60)
        assert "Told503" in told["says"]
        assert SECRET_KEY not in told["says"]
    result = warraq("press", "--verify", "--paper", paper, **more)
    assert result.returncode == 1
    assert "own pages are as they should be" in result.stderr
    assert SECRET_KEY not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_pressroom_that_waits_for_a_dead_bucket_stops_in_time(paper: Path, line: Line) -> None:
    config = new_bucket(line.endpoint)
    line.fault = slowly(30)
    with running("serve", "--only", "pressroom", "--paper", paper, **variables(config)) as process:
        eventually((paper / "run" / "pressroom.ready").exists, seconds=60)
        time.sleep(2)
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        assert time.monotonic() - started < 12
