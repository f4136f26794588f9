"""A comment is on disk before its reader is thanked; one that is refused is given back whole."""

from __future__ import annotations

import os
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.front.conftest import Paper, Reply, ask
from warraq.front import notices, robots
from warraq.front.app import Front
from warraq.front.comments import FORM, MOST_NAME, MOST_TEXT
from warraq.spool import SpoolFailed, SpoolWriter

GOOD = {"article": "12", "name": "سالم الحضرمي", "text": "شكرًا للوَرّاق.\n\nسطرٌ ثانٍ."}


def send(front: Front, fields: dict[str, str] | bytes, **environ: str) -> Reply:
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    return ask(front, "/_/comment", method="POST", body=body, **{"CONTENT_TYPE": FORM, **environ})


class Form(HTMLParser):
    """The fields of a page's form as a browser would send them again."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.tags: list[str] = []
        self._area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if tag == "input":
            self.fields[given["name"] or ""] = given["value"] or ""
        if tag == "textarea":
            self._area = given["name"]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._area = None


def test_a_comment_is_kept_and_its_reader_thanked(paper: Paper, front: Front) -> None:
    reply = send(front, {**GOOD, "parent": "7", "email": "salem@example.org"})
    assert (reply.status, reply.headers["location"]) == (303, "/_/comment-received.html")
    [record] = paper.spooled("comments")
    assert re.fullmatch(r"[0-9a-f]{32}", record.pop("id"))
    assert record.keys() == {"article", "name", "text", "parent", "t", "v", "n"}
    assert (record["article"], record["parent"]) == (12, 7)
    assert (record["name"], record["text"]) == (GOOD["name"], GOOD["text"])
    files = [file.read_bytes() for file in Path(paper.settings.spool).rglob("*") if file.is_file()]
    assert not any(b"salem@" in content or b"192.0.2" in content for content in files)


def test_a_comment_is_on_disk_before_the_answer(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    send(front, GOOD)
    synced = []
    monkeypatch.setattr(os, "fsync", synced.append)
    send(front, GOOD)
    assert synced


def test_what_could_spoof_is_taken_out(paper: Paper, front: Front) -> None:
    send(front, {**GOOD, "name": " س\u202eالم\n ", "text": "a\u2066b\r\n\r\n\r\n\r\nc\x00"})
    [record] = paper.spooled("comments")
    assert (record["name"], record["text"]) == ("سالم", "ab\n\nc")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"article": "x"}, "article"),
        ({"article": ""}, "article"),
        ({"parent": "-1"}, "parent"),
        ({"name": ""}, "name"),
        ({"name": " \u202e\u200f "}, "name"),
        ({"name": "س" * (MOST_NAME + 1)}, "name"),
        ({"text": ""}, "text"),
        ({"text": " \n\u200b "}, "text"),
        ({"text": "ق" * (MOST_TEXT + 1)}, "text"),
        ({"text": "ق" * MOST_TEXT + " آخر الكلام"}, "text"),
        ({"name": "س" * MOST_NAME + " بن سالم"}, "name"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_gives_all_back(
    paper: Paper, front: Front, given: dict[str, str], field: str
) -> None:
    sent = {"parent": "", "email": "", **GOOD, **given}
    reply = send(front, sent)
    assert (reply.status, reply.headers["cache-control"]) == (400, "no-store")
    assert re.findall(r'<li id="wrong-(\w+)">', reply.text) == [field]
    assert Form(reply.text).fields == sent
    assert paper.spooled("comments") == []


def test_the_longest_that_is_allowed_is_kept(paper: Paper, front: Front) -> None:
    longest = {**GOOD, "name": "س" * MOST_NAME, "text": "قهوة " * (MOST_TEXT // 5 - 1) + "قهوةX"}
    assert send(front, longest).status == 303
    [record] = paper.spooled("comments")
    assert (record["name"], record["text"]) == (longest["name"], longest["text"])


def test_a_refusal_is_only_text(front: Front) -> None:
    attack = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    reply = send(front, {"article": attack, "parent": attack, "name": attack, "email": attack, "text": attack})
    form = Form(reply.text)
    assert form.fields["text"] == form.fields["name"] == form.fields["article"] == attack
    assert not {"script", "img", "style"} & set(form.tags)


def test_a_refusal_stands_in_the_papers_own_page_where_one_is_pressed(paper: Paper, front: Front) -> None:
    paper.press(notices.ANSWER, "<title>الوراق</title><main><!--answer--></main>".encode())
    reply = send(front, {**GOOD, "text": ""})
    assert reply.text.startswith("<title>الوراق</title><main><h1>")
    assert Form(reply.text).fields["name"] == GOOD["name"]


def test_what_only_a_robot_fills_in_is_thanked_and_set_aside(paper: Paper, front: Front) -> None:
    assert send(front, {**GOOD, "website": "http://spam.example"}).status == 303
    assert send(front, {**GOOD, "website": ""}).status == 303
    assert [record.get("r") for record in paper.spooled("comments")] == ["honeypot", None]


def test_a_known_robot_is_set_aside_and_an_agent_nobody_had_time_to_judge_is_not(
    paper: Paper, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(front, GOOD, HTTP_USER_AGENT="Googlebot/2.1")
    monkeypatch.setattr(robots, "NEW_AGENTS_A_SECOND", 0)
    time.sleep(1)
    send(front, GOOD, HTTP_USER_AGENT="Mozilla/5.0 unseen")
    assert [record.get("r") for record in paper.spooled("comments")] == ["robot", None]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("multipart/form-data; boundary=x", 415),
        ("text/plain", 415),
        ("application/json", 415),
        ("", 415),
        (f"{FORM}; charset=UTF-8", 303),
    ],
)
def test_only_plain_forms_are_taken(front: Front, kind: str, status: int) -> None:
    assert send(front, GOOD, CONTENT_TYPE=kind).status == status


@pytest.mark.parametrize(("body", "status"), [(b"text=" + b"x" * 70_000, 413), (b"text=%FF&name=x", 400), (b"", 400)])
def test_a_body_that_is_no_comment_is_refused(paper: Paper, front: Front, body: bytes, status: int) -> None:
    assert send(front, body).status == status
    assert paper.spooled("comments") == []


def test_another_sites_page_cannot_comment(paper: Paper, front: Front) -> None:
    assert send(front, GOOD, HTTP_ORIGIN="https://evil.example").status == 403
    assert paper.spooled("comments") == []


def test_a_comment_that_is_not_kept_is_said_not_to_be_and_given_back(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_spool: SpoolWriter, _record: bytes, *, durable: bool) -> None:
        assert durable
        raise SpoolFailed("disk full")

    monkeypatch.setattr(SpoolWriter, "append", full)
    reply = send(front, GOOD)
    assert (reply.status, reply.headers["retry-after"]) == (503, "30")
    assert "NOT kept" in reply.text
    assert Form(reply.text).fields["text"] == GOOD["text"]


def test_the_thanks_are_the_papers_page_or_plain(paper: Paper, front: Front) -> None:
    assert "received" in ask(front, "/_/comment-received.html").text
    paper.press("/_/comment-received.html", "وصل تعليقك".encode() * 50)
    assert "وصل تعليقك" in ask(front, "/_/comment-received.html").text
