from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import translation
from jinja2 import ChoiceLoader, DictLoader, UndefinedError

from tests.design import sample
from warraq.design import assets, engine
from warraq.language.numerals import Digits


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Renders a template given as text."""
    files = engine.environment().loader
    assert files is not None

    def draw(source: str, *, style: Digits = "latin", **context: object) -> str:
        loader = ChoiceLoader([DictLoader({"given": source}), files])
        monkeypatch.setattr(engine.environment(), "loader", loader)
        context = {"meta": sample.meta("خبر", "/news/1/"), **context}
        return engine.render("given", paper=sample.PAPER, digits=style, asset=assets.url, **context).strip()

    return draw


@pytest.mark.parametrize(
    ("value", "latin", "arabic"),
    [
        (12480, "12,480", "١٢٬٤٨٠"),
        (7, "7", "٧"),
        ("صفحة 14", "صفحة 14", "صفحة ١٤"),
        ("٣ مقالات", "3 مقالات", "٣ مقالات"),
    ],
)
def test_numbers_are_written_in_the_papers_digits(
    drawn: Callable[..., str], value: str | int, latin: str, arabic: str
) -> None:
    assert drawn("{{ value|num }}", value=value) == latin
    assert drawn("{{ value|num }}", style="arabic", value=value) == arabic


def test_a_macro_of_another_file_writes_in_the_papers_digits_too(drawn: Callable[..., str]) -> None:
    source = '{% import "design/components/pages.html" as pages %}{{ pages.pages(archive=archive) }}'
    archive = (sample.p.Link("14", "/news/archive/14/"),)
    assert ">١٤<" in drawn(source, style="arabic", archive=archive)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "قراءة واحدة"),
        (2, "قراءتان"),
        (3, "3 قراءات"),
        (10, "10 قراءات"),
        (11, "11 قراءة"),
        (100, "100 قراءة"),
        (103, "103 قراءات"),
    ],
)
def test_counts_take_the_plural_that_arabic_has_for_them(drawn: Callable[..., str], count: int, words: str) -> None:
    assert drawn('{{ ngettext("%(count)s read", "%(count)s reads", n, count=n|num) }}', n=count) == words


def test_a_page_speaks_the_papers_language_whatever_the_process_speaks() -> None:
    context = {"meta": sample.meta("عن الصحيفة", "/about/"), "digits": "latin", "asset": assets.url}
    with translation.override("en"):
        assert "كيف نصوّب أخطاءنا" in engine.render("newsroom/pages/about.html", paper=sample.PAPER, **context)
        assert translation.get_language() == "en"
    english = sample.replace(sample.PAPER, language="en")
    with translation.override("ar"):
        text = engine.render("newsroom/pages/about.html", paper=english, **context)
    assert '<html lang="en" dir="ltr" data-offline>' in text
    assert "How we correct" in text


def test_what_a_template_was_not_given_is_an_error_and_not_an_empty_place(drawn: Callable[..., str]) -> None:
    with pytest.raises(UndefinedError, match="headline"):
        drawn("<h1>{{ headline }}</h1>")


def test_text_is_escaped_and_html_of_a_block_is_not(drawn: Callable[..., str]) -> None:
    assert drawn("{{ name }}", name="<script>'\"&") == "&lt;script&gt;&#39;&#34;&amp;"
    block = sample.p.Block("paragraph", {"html": "قال <b>نعم</b>"})
    assert drawn('{% include "design/blocks/paragraph.html" %}', block=block) == "<p>قال <b>نعم</b></p>"


def test_a_part_sees_the_pages_context_and_its_own(drawn: Callable[..., str]) -> None:
    part = sample.comments()
    text = drawn("{{ part_html(part) }}", part=part)
    assert 'id="comment-1"' in text
    assert 'name="article" value="1"' in text


def test_times_of_feeds_are_written_as_rss_wants_them() -> None:
    assert engine.rfc822("2026-11-24T14:05:00+03:00") == "Tue, 24 Nov 2026 14:05:00 +0300"


def test_links_of_feeds_name_the_host_and_others_are_left_alone() -> None:
    html = (
        '<a href="/news/1/"><img src="/_/media/a.webp"></a> <a href="https://x.example/">،</a> <a href="//y.example/">'
    )
    assert engine.absolute(html, "https://paper.example") == (
        '<a href="https://paper.example/news/1/"><img src="https://paper.example/_/media/a.webp"></a> '
        '<a href="https://x.example/">،</a> <a href="//y.example/">'
    )


@pytest.mark.parametrize(("given", "class_"), [(0, 0), (4, 0), (5, 10), (47, 50), (96, 100), (100, 100), (140, 100)])
def test_focal_points_are_rounded_to_tenths(given: int, class_: int) -> None:
    assert engine.tenth(given) == class_


def test_pages_hold_no_blank_lines_and_no_indents() -> None:
    text = engine.render(
        "newsroom/pages/about.html",
        paper=sample.PAPER, digits="latin", asset=assets.url, meta=sample.meta("عن", "/about/"),
    )  # fmt: skip
    assert text.endswith("</html>\n")
    assert not [line for line in text.splitlines() if not line or line != line.strip()]
