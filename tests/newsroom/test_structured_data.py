"""What search engines are told (schema.org): types and properties that exist, and addresses that are there."""

from __future__ import annotations

import json
import re

import pytest

pytestmark = pytest.mark.django_db
ORIGIN = "https://paper.example"
THING = {"@id", "@type", "name", "url", "image", "description", "mainEntityOfPage", "sameAs", "potentialAction"}
CREATIVE_WORK = THING | {
    "headline", "datePublished", "dateModified", "inLanguage", "author", "publisher", "publication",
}  # fmt: skip
KNOWN = {
    "NewsMediaOrganization": THING | {"logo"},
    "Person": THING,
    "ImageObject": CREATIVE_WORK | {"width", "height", "caption", "creditText"},
    "NewsArticle": CREATIVE_WORK | {"articleSection", "articleBody", "wordCount"},
    "OpinionNewsArticle": CREATIVE_WORK | {"articleSection", "articleBody", "wordCount"},
    "BreadcrumbList": THING | {"itemListElement", "numberOfItems"},
    "ListItem": THING | {"position", "item"},
    "WebSite": CREATIVE_WORK | {"issn"},
    "SearchAction": THING | {"query", "target", "query-input"},
    "EntryPoint": THING | {"urlTemplate"},
}
"""Type → its properties and those that it inherits, of what is used here; from schema.org's own definitions."""


@pytest.fixture(autouse=True)
def _at_an_address(settings):
    settings.WARRAQ_ORIGIN = ORIGIN


def told(tree, path: str) -> list[dict]:
    """The things that a page tells of, each checked with what is inside it."""
    text = (tree / "pages" / path / "index.html").read_text()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    found = json.loads(data)
    assert found.pop("@context") == "https://schema.org"
    for thing in found["@graph"]:
        check(thing)
    return found["@graph"]


def check(thing: object) -> None:
    if isinstance(thing, list):
        for one in thing:
            check(one)
    elif isinstance(thing, dict) and thing.keys() != {"@id"}:
        assert thing.keys() <= KNOWN[thing["@type"]], thing
        for value in thing.values():
            check(value)


def test_an_unknown_type_or_property_is_found_out():
    with pytest.raises(KeyError):
        check({"@type": "NewsPaper"})
    with pytest.raises(AssertionError):
        check([{"@type": "Person", "publisher": {"@type": "Person", "age": 3}}])


def test_the_front_tells_who_publishes_and_how_to_search(make_article, press_all, tree):
    press_all()
    paper, site = told(tree, "")
    assert paper["@type"] == "NewsMediaOrganization"
    assert (tree / "pages" / paper["logo"]["url"].removeprefix(f"{ORIGIN}/")).exists()
    assert site["publisher"] == {"@id": paper["@id"]}
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{ORIGIN}/search/?q={{words}}"


def test_an_article_tells_its_times_its_writers_and_where_it_stands(make_article, section, press_all, tree):
    article = make_article("قهوة </script> المخا")
    press_all()
    news, crumbs = told(tree, f"news/{article.pk}")
    assert news["headline"] == "قهوة </script> المخا"
    assert news["mainEntityOfPage"] == f"{ORIGIN}/news/{article.pk}/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", news["datePublished"])
    assert [item["name"] for item in crumbs["itemListElement"]] == [section.title]
