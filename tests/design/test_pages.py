"""Every template over the sample paper: what must hold of each page that readers get."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.design import sample_pages

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PAGES = sample_pages.pages()
TEXTS = {path: sample_pages.draw(page) for path, page in PAGES.items()}


class Reader(HTMLParser):
    """Takes a page apart and finds tags that are not closed, or closed and never opened."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, times in Counter(name for name, _ in attrs).items() if times > 1]
        self.faults += [f"<{tag}> has {name} twice" for name in twice]
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


READ = {path: Reader(text) for path, text in TEXTS.items()}
each_page = pytest.mark.parametrize("path", TEXTS)


def test_a_page_with_a_fault_is_found_out() -> None:
    assert Reader("<p><b>و</p></b>").faults
    assert Reader("<div>").faults
    assert Reader('<a id="a" id="b"></a>').faults


@each_page
def test_a_page_is_whole_html_in_the_papers_language(path: str) -> None:
    assert TEXTS[path].startswith('<!doctype html>\n<html lang="ar" dir="rtl" data-offline>')
    assert READ[path].faults == []


@each_page
def test_no_id_stands_twice_and_every_label_and_link_within_finds_its_own(path: str) -> None:
    ids = Counter(value for _, attributes in READ[path].tags if (value := attributes.get("id")))
    assert [name for name, times in ids.items() if times > 1] == []
    names = ("aria-labelledby", "aria-describedby", "for")
    pointed = [words for _, at in READ[path].tags for name in names if (words := at.get(name))]
    pointed += [href[1:] for at in READ[path].all("a") if (href := at.get("href") or "").startswith("#")]
    assert set(pointed) <= set(ids)


@each_page
def test_a_page_has_one_h1_and_leaves_out_no_level_of_heading(path: str) -> None:
    levels = [int(tag[1]) for tag, _ in READ[path].tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == (path != "/_/answer.html")  # its heading comes from the front
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@each_page
def test_a_page_carries_no_style_and_no_script_of_its_own(path: str) -> None:
    for tag, attributes in READ[path].tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag not in {"style", "iframe", "object", "embed"}
        if tag == "script":
            assert attributes.get("type") == "application/ld+json" or attributes.get("defer", "") is None


@each_page
def test_a_page_fetches_nothing_from_another_host(path: str) -> None:
    for tag, attributes in READ[path].tags:
        if tag in {"a", "meta"} or attributes.get("rel") == "canonical":
            continue
        for name in ("src", "srcset", "href", "action"):
            assert not re.match(r"//|https?:", attributes.get(name) or ""), (tag, attributes)


@each_page
def test_links_to_other_hosts_do_not_hand_over_the_page(path: str) -> None:
    outside = [at for at in READ[path].all("a") if urlsplit(at.get("href") or "").netloc]
    assert [at for at in outside if "noopener" not in (at.get("rel") or "")] == []


@each_page
def test_every_picture_has_a_size_and_words_and_only_the_first_is_wanted_at_once(path: str) -> None:
    pictures = READ[path].all("img")
    for picture in pictures:
        assert picture.get("alt") is not None
        assert int(picture.get("width") or 0) > 0
        assert int(picture.get("height") or 0) > 0
        assert ("loading" in picture) != ("fetchpriority" in picture)
    assert sum("fetchpriority" in picture for picture in pictures) <= 1


@each_page
def test_every_field_has_a_label_and_every_button_a_kind(path: str) -> None:
    labels = {at.get("for") for at in READ[path].all("label")}
    for field in READ[path].all("input", "textarea"):
        assert field.get("type") == "hidden" or field.get("id") in labels
    assert {at.get("type") for at in READ[path].all("button")} <= {"button", "submit"}


@each_page
def test_a_page_has_its_landmarks_and_a_way_past_them(path: str) -> None:
    tags = [tag for tag, _ in READ[path].tags]
    assert tags.count("main") == 1
    assert next(at.get("href") for at in READ[path].all("a")) == "#main"
    names = [at.get("aria-label") for at in READ[path].all("nav")]
    assert None not in names
    assert len(set(names)) == len(names)


def test_pages_about_what_is_not_there_and_search_are_kept_out_of_search_engines() -> None:
    hidden = {path for path, reader in READ.items() if {"name": "robots", "content": "noindex"} in reader.all("meta")}
    assert hidden == {path for path in PAGES if path.startswith("/_/")} | {"/search/", "/news/9/"}
