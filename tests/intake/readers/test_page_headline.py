from __future__ import annotations

import pytest

from tests.intake.readers.pages import PARAGRAPHS, of_kind, taken

HEADLINE = "المكتبة الجديدة تستقبل قرّاءها على الميناء"


@pytest.mark.parametrize(
    "head",
    [
        "<title>صحيفة الأخبار | أخبار محلية</title>",
        "<title>صحيفة الأخبار</title>",
        "<title>عنوان الصفحة - الموقع</title>",
        "<title>المرفأ نيوز</title><meta property=og:title content='المرفأ نيوز'>"
        "<meta property=og:site_name content='المرفأ نيوز'>",
    ],
)
@pytest.mark.parametrize("frame", ["<article>{}</article>", "<main><header>{}</header></main>"])
def test_the_articles_own_h1_is_the_headline_where_the_titles_say_another_thing(head: str, frame: str) -> None:
    article = frame.format(f"<h1>{HEADLINE}</h1>") + f"<article>{PARAGRAPHS}</article>"
    made = taken(f"<html><head>{head}</head><body><header><h1>المرفأ</h1></header>{article}</body></html>")
    assert (made.headline, made.headline_proposed) == (HEADLINE, False)
    assert of_kind(made, "heading") == []


def test_of_two_h1_that_the_title_names_the_articles_own_is_the_headline() -> None:
    site = "بوابة أخبار الميناء والمدينة القديمة وضواحيها كلها"
    head = f"<title>{HEADLINE} - {site}</title>"
    made = taken(f"{head}<div id=top><h1>{site}</h1></div><article><h1>{HEADLINE}</h1>{PARAGRAPHS}</article>")
    assert made.headline == HEADLINE


def test_a_headline_that_begins_like_an_outlets_name_is_one_in_the_article() -> None:
    made = taken(f"<title>صحيفة المرفأ</title><article><h1>قناة السويس الجديدة</h1>{PARAGRAPHS}</article>")
    assert made.headline == "قناة السويس الجديدة"


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} :: صحيفة المرفأ",
        f"صحيفة المرفأ | {HEADLINE}",
        f"{HEADLINE} - أخبار الميناء اليوم",
        f"أخبار الميناء اليوم – {HEADLINE}",
    ],
)
def test_the_sites_name_is_cut_off_where_the_page_tells_it(title: str) -> None:
    logo = "<header><a href='/'><img alt='أخبار الميناء اليوم' src=l.png></a></header>"
    made = taken(f"<html><head><title>{title}</title></head><body>{logo}<div>{PARAGRAPHS}</div></body></html>")
    assert (made.headline, made.headline_proposed) == (HEADLINE, False)


@pytest.mark.parametrize(
    "title", ["صحيفة الأخبار | أخبار محلية", "صحيفة الأخبار", "المرفأ نيوز - الرئيسية", "windows-1256", "بلا عنوان"]
)
def test_where_only_the_sites_name_is_left_a_headline_is_proposed(title: str) -> None:
    logo = "<header><h1><a href='/'>المرفأ نيوز</a></h1></header>"
    made = taken(f"<html><head><title>{title}</title></head><body>{logo}<div>{PARAGRAPHS}</div></body></html>")
    assert made.headline_proposed
    assert made.headline.startswith("تفتح المكتبة العامة")


def test_the_sites_name_is_not_the_headline() -> None:
    site = "<meta property='og:site_name' content='المرفأ نيوز'>"
    head = f"<head><title>المكتبة تفتح أبوابها - المرفأ نيوز</title>{site}</head>"
    made = taken(f"<html>{head}<body><h1>المرفأ نيوز</h1>{PARAGRAPHS}")
    assert made.headline == "المكتبة تفتح أبوابها"


def test_without_any_title_a_headline_is_proposed() -> None:
    made = taken(f"<html><body><div>{PARAGRAPHS}</div></body></html>")
    assert made.headline_proposed
    assert made.headline.startswith("تفتح المكتبة العامة")
