"""The pressed search page with the question and what was found put in, as text and nothing else."""

from __future__ import annotations

import dataclasses
import gzip
import html
import re
from collections.abc import Callable

import brotli
import pytest

from tests.front.conftest import Paper, Reply, ask
from warraq.front import search
from warraq.front.app import Front, build
from warraq.front.search import read_question
from warraq.search.engine import Document, Reader, Writer

SHELL = (
    '<!doctype html><title>ابحث</title><form><input type="search" id="q" name="q" value="" required></form>'
    "<!--results--><footer>name=&quot;q&quot;</footer>" + " " * 300
)
TEXT = "زرع أهل اليمن البن في المدرجات، ومن ميناء المخا حملته السفن إلى العالم."


def document(number: int, **given: str | int) -> Document:
    title = f"قهوة المخا {number}"
    base = Document(
        id=number, url=f"/culture/{number}/", title=title, body=TEXT, section="ثقافة", published=1_790_000_000
    )
    return dataclasses.replace(base, **given)


def index(paper: Paper, *documents: Document) -> None:
    with Writer(paper.settings.index) as writer:
        writer.put(documents)
        writer.commit()


@pytest.fixture
def shell(paper: Paper) -> Paper:
    paper.press("/search/", SHELL.encode())
    return paper


def find(front: Front, query: str, **environ: str) -> Reply:
    return ask(front, "/search/", query=query, **environ)


def test_without_a_question_the_page_is_the_pressed_one(shell: Paper, get: Callable[..., Reply]) -> None:
    for query in ("", "q=", "q=%20", "utm=1", "q=%E2%80%AE"):
        reply = get("/search/", query=query)
        assert (reply.text, reply.headers["cache-control"][:6]) == (SHELL, "public")


def test_what_was_found_stands_in_the_page(shell: Paper, front: Front) -> None:
    index(shell, document(9))
    reply = find(front, "q=%D9%82%D9%87%D9%88%D8%A9")
    assert (reply.status, reply.headers["cache-control"], reply.headers["x-robots-tag"]) == (200, "no-store", "noindex")
    assert '<input type="search" id="q" name="q" value="قهوة" required>' in reply.text
    assert '<a href="/culture/9/"><bdi><mark>قهوة</mark> المخا 9</bdi></a>' in reply.text
    assert '<p class="kicker">ثقافة</p>' in reply.text
    assert "<!--results-->" not in reply.text
    assert reply.text.endswith(SHELL[-50:])


def test_dates_and_digits_are_the_papers_own(paper: Paper, front: Front) -> None:
    late_evening = 1_795_554_000  # 2026-11-24 21:40 UTC: the 25th in Yemen and in Damascus
    index(paper, document(9, published=late_evening))
    for mark, date in [
        ("<!--results-->", "25 November 2026"),
        ("<!--results UTC gregorian arabic-->", "٢٤ November ٢٠٢٦"),
        ("<!--results Nowhere/None roman roman-->", "25 November 2026"),
    ]:
        paper.press("/search/", SHELL.replace("<!--results-->", mark).encode())
        assert f">{date}</time>" in find(front, "q=المخا").text


def test_a_question_and_a_headline_are_only_text(shell: Paper, front: Front) -> None:
    attack = '"><script>alert(1)</script> قهوة'
    index(shell, document(9, title=attack, section=attack, body=attack, url="javascript:alert(1)"))
    text = find(front, "q=" + html.unescape("%22%3E%3Cscript%3Ealert(1)%3C/script%3E+قهوة")).text
    assert "<mark>" in text
    assert "<script" not in text
    assert "javascript:" not in text
    nothing = find(front, "q=%3Cimg+src%3Dx%3E").text
    assert "<img" not in nothing
    assert "&lt;img src=x&gt;" in nothing


def test_twenty_stand_on_a_page_and_links_lead_on(shell: Paper, front: Front) -> None:
    index(shell, *(document(number) for number in range(1, 46)))
    pages = [find(front, f"q=قهوة&page={page}").text for page in (1, 2, 3, 4)]
    links = [re.findall(r'href="(/culture/\d+/)"', page) for page in pages]
    assert [len(found) for found in links] == [20, 20, 5, 0]
    assert len({link for found in links for link in found}) == 45
    assert [re.findall(r'rel="(\w+)"', page) for page in pages] == [["next"], ["prev", "next"], ["prev"], []]
    assert 'href="/search/?q=%D9%82%D9%87%D9%88%D8%A9&amp;page=3"' in pages[1]
    assert 'start="21"' in pages[1]


def test_nothing_found_and_no_index_are_said(shell: Paper, front: Front) -> None:
    assert "being set up" in find(front, "q=قهوة").text
    index(shell, document(9))
    assert "Nothing was found" in find(front, "q=ططططط").text
    (shell.settings.index / "format").write_text("of another version")
    assert "out of order" in find(front, "q=قهوة").text


def test_a_paper_without_a_pressed_search_page_is_searched_too(paper: Paper, front: Front) -> None:
    index(paper, document(9))
    text = find(front, "q=قهوة").text
    assert '<input type="search" name="q" value="قهوة"' in text
    assert "/culture/9/" in text


@pytest.mark.parametrize(("accept", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
def test_the_answer_is_compressed(shell: Paper, front: Front, accept: str, unpack: Callable[[bytes], bytes]) -> None:
    reply = find(front, "q=قهوة", HTTP_ACCEPT_ENCODING=accept)
    assert reply.headers.get("content-encoding", "") == accept
    assert unpack(reply.body).decode().startswith("<!doctype html>")


def test_a_flood_of_searches_is_told_to_come_again(shell: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 0)
    reply = find(build(shell.settings), "q=قهوة")
    assert (reply.status, "retry-after" in reply.headers) == (503, True)
    assert 'value="قهوة"' in reply.text


def test_an_answer_is_looked_for_once_until_the_index_changes(
    shell: Paper, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(shell, document(9))
    asked: list[str] = []
    looks = Reader.search
    monkeypatch.setattr(Reader, "search", lambda self, words, **more: asked.append(words) or looks(self, words, **more))
    first = find(front, "q=قهوة")
    assert find(front, "q=+قهوة+").body == first.body
    assert asked == ["قهوة"]
    find(front, "q=قهوة&page=2")
    index(shell, document(9), document(10))
    assert "/culture/10/" in find(front, "q=قهوة").text
    assert asked == ["قهوة"] * 3


@pytest.mark.parametrize(
    ("query", "words", "page"),
    [
        ("q=قهوة+المخا", "قهوة المخا", 1),
        ("page=3&q=%D8%A8%D9%86", "بن", 3),
        ("q=x&page=0", "x", 1),
        ("q=x&page=999999", "x", search.MOST_PAGES),
        ("q=x&page=-1", "x", 1),
        ("q=a&q=b", "a", 1),
        ("&".join(["a=1"] * 50) + "&q=x", "", 1),
        ("q=" + "ق" * 5000, "ق" * search.MOST_WORDS, 1),
    ],
)
def test_a_question_is_bounded(query: str, words: str, page: int) -> None:
    asked = read_question(query)
    assert (asked.words, asked.page) == (words, page)
