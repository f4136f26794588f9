"""A read is kept with what tells repeats apart, and without anything that tells who read."""

from __future__ import annotations

import dataclasses
import ipaddress
import time
from pathlib import Path

import pytest

from tests.front.conftest import BROWSER, Paper, Reply, ask
from warraq.front import paces, robots
from warraq.front.app import Front, build
from warraq.spool import SpoolFailed, SpoolWriter

ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def read(front: Front, **given: str | bytes) -> Reply:
    given.setdefault("query", "id=12")
    return ask(front, "/_/read", method="POST", **given)  # type: ignore[arg-type]


def test_a_read_is_kept(paper: Paper, front: Front) -> None:
    before = time.time() * 1000 - 1
    reply = read(front)
    assert (reply.status, reply.body, reply.headers["cache-control"]) == (204, b"", "no-store")
    [record] = paper.spooled("reads")
    assert record.keys() == {"a", "t", "v", "n"}
    assert record["a"] == 12
    assert before <= record["t"] <= time.time() * 1000


@pytest.mark.parametrize(
    "given",
    [
        {"query": "", "body": b"id=12", "CONTENT_TYPE": "application/x-www-form-urlencoded"},
        {"query": "", "body": b"id=12", "CONTENT_TYPE": "text/plain;charset=UTF-8"},
        {"query": "x=1", "body": b"x=2&id=12"},
        {"query": "id=12", "body": b"id=13"},
        {"query": "", "body": b"id=12", "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""},
    ],
)
def test_the_article_is_named_in_the_query_or_the_body(
    paper: Paper, front: Front, given: dict[str, str | bytes]
) -> None:
    assert read(front, **given).status == 204
    assert [record["a"] for record in paper.spooled("reads")] == [12]


@pytest.mark.parametrize("wrong", ["", "x", "0", "-1", "1.5", "٣", "12 ", "01", "9" * 19, "12;13", "%00"])
def test_what_is_no_article_is_refused(paper: Paper, front: Front, wrong: str) -> None:
    assert read(front, query=f"id={wrong}").status == 400
    assert read(front, query="", body=f"id={wrong}".encode()).status == 400
    assert read(front, query="", body=b"\xff\xfe=" + b"&" * 100).status == 400
    assert paper.spooled("reads") == []


def test_a_long_body_is_refused_unread(front: Front) -> None:
    assert read(front, query="", body=b"id=12&x=" + b"x" * 2000).status == 413


def test_reads_are_only_posted(front: Front) -> None:
    reply = ask(front, "/_/read", query="id=12")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_one_visitor_is_known_again_that_day_and_on_that_article_only(paper: Paper, front: Front) -> None:
    read(front)
    read(front)
    read(front, query="id=13")
    read(front, REMOTE_ADDR="192.0.2.8")
    read(front, HTTP_USER_AGENT=BROWSER + " x")
    read(front, REMOTE_ADDR="198.51.100.1")
    first, again, other_article, neighbour, other_agent, far = paper.spooled("reads")
    assert first["v"] == again["v"]
    others = [other_article, neighbour, other_agent, far]
    assert len({first["v"], *(record["v"] for record in others)}) == 5
    assert {record["n"] for record in (first, again, neighbour, other_agent)} == {first["n"]}
    assert far["n"] != first["n"]


def test_no_address_is_written_anywhere(paper: Paper, front: Front) -> None:
    read(front, REMOTE_ADDR="203.0.113.77")
    read(front, REMOTE_ADDR="2001:db8:1234:5678::9")
    for file in Path(paper.settings.spool).rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"203.0.113" not in content
            assert b"2001:db8" not in content
            assert b"\xcb\x00\x71" not in content


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"HTTP_USER_AGENT": ROBOT}, "robot"),
        ({"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"}, "robot"),
        ({"HTTP_SEC_PURPOSE": "prefetch;prerender"}, "prefetch"),
        ({"HTTP_PURPOSE": "prefetch"}, "prefetch"),
        ({"HTTP_X_MOZ": "prefetch"}, "prefetch"),
    ],
)
def test_what_is_no_reader_is_set_aside_not_dropped(
    paper: Paper, front: Front, given: dict[str, str | bytes], reason: str
) -> None:
    assert read(front, **given).status == 204
    assert [record["r"] for record in paper.spooled("reads")] == [reason]


@pytest.mark.parametrize("agent", ["curl/8.5", "python-requests/2.32", "Mozilla/5.0 (X11) HeadlessChrome/156.0 Safari"])
def test_a_tool_that_people_read_through_counts(paper: Paper, front: Front, agent: str) -> None:
    read(front, HTTP_USER_AGENT=agent)
    assert ["r" in record for record in paper.spooled("reads")] == [False]


def test_a_flood_of_invented_agents_takes_little_time_and_leaves_readers_counted(
    paper: Paper, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    note_judged(monkeypatch, judged)
    for number in range(robots.NEW_AGENTS_A_SECOND * 3):
        read(front, HTTP_USER_AGENT=f"Mozilla/5.0 {number}")
    assert len(judged) < robots.NEW_AGENTS_A_SECOND * 3
    assert not any("r" in record for record in paper.spooled("reads"))


def note_judged(monkeypatch: pytest.MonkeyPatch, judged: list[str]) -> None:
    """Write down which agents the library is asked about."""
    real = robots.CrawlerDetect.is_crawler

    def noting(self: robots.CrawlerDetect, agent: str | None = None) -> bool:
        judged.append(agent or "")
        return real(self, agent)

    monkeypatch.setattr(robots.CrawlerDetect, "is_crawler", noting)


@pytest.mark.parametrize(
    "given",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "https://paper.example.evil.example"},
        {"HTTP_ORIGIN": "https://paper.example", "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://[::"},
    ],
)
def test_other_sites_pages_count_no_reads(paper: Paper, front: Front, given: dict[str, str | bytes]) -> None:
    assert read(front, **given).status == 403
    assert paper.spooled("reads") == []


@pytest.mark.parametrize("origin", ["https://paper.example", "http://paper.example", "https://PAPER.example"])
def test_the_papers_own_pages_do(front: Front, origin: str) -> None:
    assert read(front, HTTP_ORIGIN=origin, HTTP_SEC_FETCH_SITE="same-origin").status == 204


def test_the_papers_origin_is_its_own_whatever_host_a_proxy_names(paper: Paper) -> None:
    front = build(dataclasses.replace(paper.settings, origin="https://paper.example"))
    assert read(front, HTTP_ORIGIN="https://paper.example", HTTP_HOST="127.0.0.1:8000").status == 204
    assert read(front, HTTP_ORIGIN="https://evil.example", HTTP_HOST="127.0.0.1:8000").status == 403


def test_a_read_that_is_not_kept_is_not_acknowledged(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_spool: SpoolWriter, _record: bytes, *, durable: bool) -> None:
        raise SpoolFailed("disk full")

    monkeypatch.setattr(SpoolWriter, "append", full)
    assert read(front).status == 503


def test_a_salt_that_cannot_be_kept_counts_nobody_twice(paper: Paper, front: Front) -> None:
    paper.settings.spool.write_text("a file in the place of a folder")
    assert read(front).status == 503


def test_a_crowd_behind_one_address_is_told_apart_by_what_the_script_draws(paper: Paper, front: Front) -> None:
    for load in ("a1", "b2", "a1"):
        read(front, query="", body=f"id=12&k={load}".encode())
    read(front)
    first, second, again, without = (record["v"] for record in paper.spooled("reads"))
    assert first == again
    assert len({first, second, without}) == 3


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("h=t.me", "t.me"), ("k=x1&h=www.example-news.com", "www.example-news.com"),
        ("h=xn--mgbh0fb.example", "xn--mgbh0fb.example"),
        ("h=", None), ("h=.x", None), ("h=a b", None), ("h=http://x/", None), ("h=" + "x" * 101, None), ("h=%00", None),
        ("h=%D9%85", None), ("h=EXAMPLE.com", None),
    ],
)  # fmt: skip
def test_of_where_a_reader_came_from_the_host_alone_is_kept(
    paper: Paper, front: Front, told: str, kept: str | None
) -> None:
    assert read(front, query="", body=f"id=12&{told}".encode()).status == 204
    assert [record.get("h") for record in paper.spooled("reads")] == [kept]


def test_who_runs_no_script_is_counted_by_a_picture(paper: Paper, front: Front) -> None:
    reply = ask(front, "/_/read.gif", query="id=12")
    assert (reply.status, reply.headers["content-type"], reply.headers["cache-control"]) == (
        200,
        "image/gif",
        "no-store",
    )
    assert reply.body.startswith(b"GIF89a")
    assert ask(front, "/_/read.gif", query="id=x").status == 400
    assert ask(front, "/_/read.gif", query="id=12", method="HEAD").status == 200
    assert ask(front, "/_/read.gif", query="id=12", HTTP_SEC_FETCH_SITE="cross-site").status == 403
    assert [record["a"] for record in paper.spooled("reads")] == [12]


def test_a_loop_that_reads_faster_than_people_is_set_aside(paper: Paper, front: Front) -> None:
    for article in range(1, paces.MOST_A_MINUTE + 4):
        read(front, query=f"id={article}")
    read(front, query="id=99&k=ab")  # told apart by our script
    read(front, query="id=99", REMOTE_ADDR="192.0.2.8")
    reasons = [record.get("r") for record in paper.spooled("reads")]
    assert reasons == [None] * paces.MOST_A_MINUTE + ["rate"] * 3 + [None, None]


def test_who_has_no_address_is_not_measured(paper: Paper, front: Front) -> None:
    for article in range(1, paces.MOST_A_MINUTE * 2):
        read(front, query=f"id={article}", REMOTE_ADDR="")
    assert {record.get("r") for record in paper.spooled("reads")} == {None}


def test_one_article_read_again_and_again_is_no_pace(paper: Paper, front: Front) -> None:
    for _ in range(paces.MOST_A_MINUTE * 2):
        read(front)
    assert {record.get("r") for record in paper.spooled("reads")} == {None}


def test_the_memory_of_paces_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paces, "ROOM", 2)
    known = paces.Paces()
    for number in range(9):
        for article in range(paces.MOST_A_MINUTE * 2):
            known.is_too_fast(ipaddress.ip_address("192.0.2.7"), f"agent {number}", article)
    assert len(known._read) == 2
    assert all(len(articles) <= paces.MOST_A_MINUTE + 1 for articles in known._read.values())
