"""A path is answered with its page, whole, in one of its forms, under one spelling; nothing else is reached."""

from __future__ import annotations

import gzip
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest

from tests.front.conftest import ARTICLE, Paper, Reply, ask
from warraq.front import changes, copies
from warraq.front.app import Front, build
from warraq.front.headers import FOR_EVER, FRAGMENT, PAGE
from warraq.press import layout

Get = Callable[..., Reply]


def test_a_page_is_answered_with_its_bytes(get: Get) -> None:
    reply = get("/news/12/")
    assert (reply.status, reply.body) == (200, ARTICLE)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-length"] == str(len(ARTICLE))
    assert "content-encoding" not in reply.headers


@pytest.mark.parametrize(("accept", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip")])
def test_a_page_comes_in_the_form_that_the_reader_takes(get: Get, accept: str, coding: str) -> None:
    reply = get("/news/12/", HTTP_ACCEPT_ENCODING=accept)
    assert reply.headers["content-encoding"] == coding
    assert reply.headers["vary"] == "accept-encoding"
    assert {"br": brotli.decompress, "gzip": gzip.decompress}[coding](reply.body) == ARTICLE


@pytest.mark.parametrize(("left", "coding"), [((".gz",), "gzip"), ((), None)])
def test_where_a_form_is_missing_the_next_best_is_sent(paper: Paper, get: Get, left, coding) -> None:
    file = layout.file_of(paper.settings.pressed / layout.PAGES, "/news/12/")
    for suffix in {".br", ".gz"} - set(left):
        Path(f"{file}{suffix}").unlink()
    assert get("/news/12/", HTTP_ACCEPT_ENCODING="br, gzip").headers.get("content-encoding") == coding


def test_a_page_and_its_forms_change_in_one_instant(paper: Paper, get: Get) -> None:
    file = paper.press("/news/13/", ARTICLE)
    new = ARTICLE + b"<p>2"
    for suffix, data in ((".br", brotli.compress(new)), (".gz", gzip.compress(new))):
        Path(f"{file}{suffix}").write_bytes(data)  # the new forms are there, the new page is not yet
    reply = get("/news/13/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert ("content-encoding" in reply.headers, reply.body) == (False, ARTICLE)
    aside = file.with_name("aside")
    aside.write_bytes(new)
    stamp = time.time_ns()
    for each in (aside, Path(f"{file}.br"), Path(f"{file}.gz")):
        os.utime(each, ns=(stamp, stamp))
    aside.replace(file)
    reply = get("/news/13/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert (reply.headers["content-encoding"], brotli.decompress(reply.body)) == ("br", new)


def test_each_form_has_a_tag_of_its_own_and_is_not_sent_twice(get: Get) -> None:
    tags = set()
    for accept in ("", "br", "gzip"):
        first = get("/news/12/", HTTP_ACCEPT_ENCODING=accept)
        tag = first.headers["etag"]
        again = get("/news/12/", HTTP_ACCEPT_ENCODING=accept, HTTP_IF_NONE_MATCH=f'"other", W/{tag}')
        assert (again.status, again.body) == (304, b"")
        assert {"etag", "cache-control", "vary"} <= again.headers.keys()
        assert not {"content-type", "content-encoding", "content-length"} & again.headers.keys()
        tags.add(tag)
    assert len(tags) == 3
    assert get("/news/12/", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH='"another"').status == 200


def test_a_new_version_is_answered_at_once(paper: Paper, get: Get) -> None:
    for number in range(30):
        body = f"<title>طبعة {number:04}</title>".encode() * 20
        paper.press("/news/12/", body, old=number % 2 == 0)
        for _ in range(2):
            reply = get("/news/12/", HTTP_ACCEPT_ENCODING="br")
            assert brotli.decompress(reply.body) == body


def test_a_page_is_not_looked_at_again_before_something_changes(
    paper: Paper, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    noting = SimpleNamespace(path=os.path, stat=lambda file: looks.append(file) or Path(file).stat())
    monkeypatch.setattr("warraq.front.tree.os", noting)
    monkeypatch.setattr(changes, "TRUSTED_SECONDS", 60.0)
    paper.press("/news/13/", ARTICLE)
    for _ in range(3):
        assert get("/news/12/").status == 200
    assert len(looks) == 1
    paper.press("/news/13/", ARTICLE * 2)
    for _ in range(3):
        assert get("/news/12/").status == 200
    assert len(looks) == 2
    (paper.settings.pressed / "pages/news/12/index.html").unlink()
    paper.tell()
    assert get("/news/12/").status == 404


def test_a_change_that_nobody_tells_shows_all_the_same(paper: Paper, get: Get) -> None:
    paper.press("/news/12/", ARTICLE)
    assert get("/news/12/").body == ARTICLE
    paper.press("/news/12/", ARTICLE * 2, is_told=False)
    time.sleep(changes.TRUSTED_SECONDS)
    assert get("/news/12/").body == ARTICLE * 2
    (paper.settings.pressed / layout.CHANGES).unlink()
    fresh = build(paper.settings)  # on a tree in which nobody ever told
    for number in range(3):
        paper.press("/news/12/", ARTICLE * (number + 1), is_told=False)
        assert ask(fresh, "/news/12/").body == ARTICLE * (number + 1)


def test_a_version_that_only_its_bytes_tell_from_the_last_is_answered_too(
    paper: Paper, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "YOUNG_NS", 60_000_000_000)
    file = paper.press("/news/12/", "<p>واحد".encode(), packed=False)
    now = time.time_ns()
    for body in ("<p>اثنا".encode(), "<p>ثلاث".encode()):
        file.write_bytes(body)
        os.utime(file, ns=(now, now))
        assert get("/news/12/").body == body


def test_a_page_replaced_again_and_again_is_never_mixed(paper: Paper, front: Front) -> None:
    versions = [f"<title>{letter * 50}</title>".encode() * 40 for letter in "أبتثج"]
    whole = {
        form for body in versions for form in (body, brotli.compress(body, quality=1), gzip.compress(body, mtime=0))
    }
    paper.press("/news/12/", versions[0])
    done = threading.Event()
    replies: list[Reply] = []

    def read(accept: str) -> None:
        while not done.is_set():
            replies.append(ask(front, "/news/12/", HTTP_ACCEPT_ENCODING=accept))

    readers = [threading.Thread(target=read, args=(accept,)) for accept in ("br", "gzip", "")]
    for reader in readers:
        reader.start()
    for number in range(60):
        paper.press("/news/12/", versions[number % 5], old=False)
    done.set()
    for reader in readers:
        reader.join()
    by_tag: dict[str, bytes] = {}
    for reply in replies:
        assert reply.status == 200
        assert reply.body in whole
        assert by_tag.setdefault(reply.headers["etag"], reply.body) == reply.body
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
            reply.headers.get("content-encoding", ""), bytes
        )
        assert unpack(reply.body) in versions
    assert len(by_tag) > 3


def test_a_page_that_goes_is_gone_at_once(paper: Paper, get: Get) -> None:
    assert get("/news/12/").status == 200
    layout.file_of(paper.settings.pressed / layout.PAGES, "/news/12/").unlink()
    paper.tell()
    assert get("/news/12/").status == 404


def test_a_moved_page_leads_to_its_new_place(get: Get) -> None:
    reply = get("/culture/9/", query="utm_source=telegram")
    assert (reply.status, reply.headers["location"], reply.body) == (301, "/news/12/", b"")


def test_a_page_that_is_gone_without_words_of_its_own_gets_the_papers(paper: Paper, get: Get) -> None:
    paper.press("/news/67/", b"", tree=layout.GONE)
    assert "This page is gone" in get("/news/67/").body.decode()
    paper.press(layout.ERROR_410, "<p>رُفعت هذه الصفحة</p>".encode())
    reply = get("/news/67/")
    assert (reply.status, "رُفعت" in reply.body.decode()) == (410, True)


def test_a_withdrawn_page_says_so(get: Get) -> None:
    reply = get("/news/66/", HTTP_ACCEPT_ENCODING="br")
    assert reply.status == 410
    assert "سُحب" in brotli.decompress(reply.body).decode()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/a/../../b", "/x\r\nset-cookie: a=b", ""])
def test_a_moved_file_that_names_no_public_path_leads_nowhere(paper: Paper, get: Get, to: str) -> None:
    paper.press("/culture/9/", to.encode(), tree=layout.MOVED, packed=False)
    assert get("/culture/9/").status == 404


@pytest.mark.parametrize(
    "spelling",
    [
        "/news/12",
        "/News/12/",
        "/NEWS/12",
        "//news//12/",
        "/news/./12/",
        "/news/11/../12/",
        "/../../news/12/",
        "\\news\\12\\",
        "/news/12/index.html",
        "/news/12//",
    ],
)
def test_another_spelling_leads_to_the_one_path(get: Get, spelling: str) -> None:
    reply = get(spelling, query="x=1")
    assert (reply.status, reply.headers["location"]) == (301, "/news/12/")


def test_another_spelling_of_a_moved_page_leads_straight_to_its_new_place(get: Get) -> None:
    assert get("/Culture/9").headers["location"] == "/news/12/"


@pytest.mark.parametrize(
    ("spelling", "to"), [("/robots.txt/", "/robots.txt"), ("//", "/"), ("/index.html", "/"), ("", "/")]
)
def test_a_file_has_no_slash_at_its_end_and_the_front_has_one(get: Get, spelling: str, to: str) -> None:
    assert get(spelling).headers["location"] == to


@pytest.mark.parametrize(
    "path",
    [
        "/nope/",
        "/news/12/index.html.br",
        "/robots.txt.gz",
        "/news/12\x00/",
        "/news/12/%2e%2e/",
        "/../secret",
        "/../../../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/moved/culture/9/index.html",
        "/.staging/0",
        "/news/.hidden",
        "/خبر/",
        "/\xd9\x82/",
        "/" + "a" * 300,
        "/" + "a/" * 5000,
        "*",
        "/news/12/x",
        "/robots.txt/x",
        layout.ERROR_404,
    ],
)
def test_what_is_no_page_is_not_found_and_nothing_outside_is_read(paper: Paper, get: Get, path: str) -> None:
    (paper.settings.pressed / "secret").write_text("secret")
    (paper.folder / "secret").write_text("secret")
    reply = get(path)
    assert (reply.status, reply.text[:11]) == (404, "لا صفحة هنا")


def test_where_no_page_for_errors_is_pressed_both_languages_are_spoken(paper: Paper, get: Get) -> None:
    layout.file_of(paper.settings.pressed / layout.PAGES, layout.ERROR_404).unlink()
    text = get("/nope/").text
    assert "هذه الصفحة غير موجودة" in text
    assert "This page does not exist" in text


def test_a_head_is_a_get_without_its_body(get: Get) -> None:
    for path in ("/news/12/", "/nope/", "/news/66/"):
        head, whole = get(path, method="HEAD"), get(path)
        assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_pages_are_only_read(get: Get, method: str) -> None:
    reply = get("/news/12/", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("path", "keep"),
    [
        ("/", PAGE),
        ("/news/12/", PAGE),
        ("/culture/9/", PAGE),
        ("/news/66/", PAGE),
        ("/_/static/paper.0123456789.css", FOR_EVER),
        ("/_/media/ab12cd-640.webp", FOR_EVER),
        ("/_/ranking/read/day.html", FRAGMENT),
        ("/nope/", "no-cache"),
    ],
)
def test_how_long_an_answer_may_be_kept(get: Get, path: str, keep: str) -> None:
    assert get(path).headers["cache-control"] == keep


def test_headers_and_queries_of_a_request_shape_no_page(get: Get) -> None:
    plain = get("/news/12/")
    canary = {
        f"HTTP_{name}": "canary.example"
        for name in ("X_FORWARDED_HOST", "X_FORWARDED_PROTO", "FORWARDED", "X_ORIGINAL_URL", "X_REWRITE_URL", "COOKIE",
                     "ACCEPT_LANGUAGE", "X_HTTP_METHOD_OVERRIDE", "RANGE", "ACCEPT", "REFERER", "PURPOSE")
    }  # fmt: skip
    assert get("/news/12/", query="preview=1&lang=en&canary", HTTP_HOST="other.example:8000", **canary) == plain
    assert "canary" not in str(get("/News/12", query="canary", **canary))
    assert "canary" not in str(get("/nope/", query="canary", **canary))


@pytest.mark.parametrize("host", ["", "a,b", "a b", "evil.example/x", "x" * 300, "<script>"])
def test_a_request_without_one_host_is_refused(get: Get, host: str) -> None:
    assert get("/news/12/", HTTP_HOST=host).status == 400


def test_an_old_client_need_name_no_host(get: Get) -> None:
    assert get("/news/12/", HTTP_HOST="", SERVER_PROTOCOL="HTTP/1.0").status == 200


def test_a_file_that_cannot_be_read_is_an_error_nobody_keeps(
    paper: Paper, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: str) -> os.stat_result:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "stat", broken)
    reply = get("/news/12/")
    assert (reply.status, reply.headers["cache-control"]) == (500, "no-store")


def test_an_empty_pressed_folder_is_answered(tmp_path: Path) -> None:
    empty = build(Paper(tmp_path).settings)
    assert ask(empty, "/").status == 404
    assert ask(empty, "/_/health").text == "ok\n"
