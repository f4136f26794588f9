from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest

from tests.intake.readers.pages import PARAGRAPHS, SENTENCE, of_kind, said, taken
from warraq.intake.errors import NoArticle, TooBig
from warraq.intake.material import Material
from warraq.intake.readers.furniture import why
from warraq.intake.readers.page import LONGEST_PAGE


@pytest.fixture(scope="module")
def material(fixtures: Path) -> Material:
    return taken((fixtures / "page.html").read_text(encoding="utf-8"))


def test_the_facts_of_a_page(material: Material) -> None:
    assert (material.headline, material.headline_proposed) == ("مكتبة جديدة على الميناء تفتح أبوابها", False)
    assert material.authors == ("هدى بامطرف",)
    assert material.published is not None
    assert material.published.isoformat() == "2025-03-04T18:05:00+03:00"
    assert material.tags == ("مكتبات", "الميناء")
    assert material.origin_url.startswith("https://almarfa.example/news/2025/%D9%85")
    assert material.old_paths[1] == "/?p=417"
    assert material.picture == "https://almarfa.example/pictures/library.jpg"


def test_the_body_of_a_page_in_its_order(material: Material) -> None:
    assert [piece.kind for piece in material.body] == [
        "image", "paragraph", "heading", "paragraph", "list", "paragraph", "quotation", "table", "quotation", "link",
        "paragraph",
    ]  # fmt: skip
    assert material.standfirst.startswith("تفتح المكتبة العامة الجديدة")
    assert of_kind(material, "list") == [
        {"items": ("الدخول مجاني", "الإعارة <strong>لأسبوعين</strong>"), "ordered": False}
    ]
    assert of_kind(material, "table")[0]["head"] == ("القاعة", "المقاعد")
    assert of_kind(material, "table")[0]["rows"] == (("الكبار", "120"), ("الأطفال", "60"))
    assert of_kind(material, "quotation")[1] == {"text": "الكتاب خير جليس.", "speaker": "مثل عربي", "source": ""}
    assert of_kind(material, "link")[0]["host"] == "youtube.com"
    assert of_kind(material, "image") == [
        {
            "url": "https://almarfa.example/pictures/library.jpg",
            "alt": "واجهة المكتبة",
            "caption": "واجهة المكتبة بعد الترميم",
        }
    ]


def test_links_stay_and_what_they_would_run_goes(material: Material) -> None:
    (html,) = [value["html"] for value in of_kind(material, "paragraph") if "<a" in value["html"]]
    assert '<a href="https://archive.example/list?x=1&amp;y=2">قائمة بها</a>' in html
    assert "onclick" not in html


def test_the_rest_of_the_page_is_listed_by_kind(material: Material) -> None:
    listed = {left.why: left.text for left in material.left_out}
    assert listed[why("nav")] == "الرئيسية · اقتصاد · ثقافة"
    assert listed[why("follow")] == "تابعوا أخبار المرفأ عبر غوغل نيوز"
    assert "افتتاح معرض للخط العربي" in listed[why("aside")]
    assert "مبروك لأهل المدينة" in listed[why("comments")]
    assert listed[why("frame")] == "script × 2"
    assert listed[why("picture")] == material.picture
    assert not any(left.text in said(material) for left in material.left_out if left.why != why("header"))


def test_scripts_write_nothing(material: Material) -> None:
    assert "لا يُقرأ" not in said(material)


def test_lines_parted_by_breaks_become_paragraphs_and_sub_headings() -> None:
    lines = f"{SENTENCE}<br><br>قاعة للأطفال<br><br>{SENTENCE}<br>{SENTENCE}"
    made = taken(f"<html><body><h1>عنوان الخبر كله</h1><div>{lines}</div>{PARAGRAPHS}")
    assert {"text": "قاعة للأطفال"} in of_kind(made, "heading")
    assert said(made).count("تفتح المكتبة") == 7


def test_players_stay_as_links_and_buttons_do_not() -> None:
    player = '<p><iframe src="https://player.vimeo.com/video/7"></iframe></p>'
    button = '<p><iframe src="https://platform.twitter.com/widgets/tweet_button.html?x=1"></iframe></p>'
    stranger = '<p><iframe src="https://ads.example/banner"></iframe></p>'
    made = taken(f"<body>{PARAGRAPHS}{player}{button}{stranger}{PARAGRAPHS}")
    assert [value["url"] for value in of_kind(made, "link")] == ["https://player.vimeo.com/video/7"]


def test_a_paragraph_all_in_bold_is_a_sub_heading_if_it_is_short() -> None:
    made = taken(f"<body>{PARAGRAPHS}<p><b>قاعة للأطفال</b></p><p><b>{SENTENCE}</b></p>{PARAGRAPHS}")
    assert of_kind(made, "heading") == [{"text": "قاعة للأطفال"}]
    assert "<strong>" not in "".join(value["html"] for value in of_kind(made, "paragraph"))


def test_a_page_of_bare_text_is_read_too() -> None:
    made = taken(f"<html><head><title>خبر المكتبة</title></head><body dir=RTL>\n{SENTENCE} {SENTENCE}\n</body></html>")
    assert SENTENCE in said(made)


def test_broken_json_and_hostile_dates_are_passed_over() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
        '<script type="application/ld+json">{"@type":"NewsArticle","author":[null,7,{"name":["x"]}],"datePublished":5}'
        "</script>"
        '<meta property="article:published_time" content="2025-99-99T99:99">'
    )
    made = taken(f"<html><head>{head}</head><body>{PARAGRAPHS}</body></html>")
    assert made.published is None
    assert made.authors == ()


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><p>قصير</p></body></html>", "<!doctype html>", ""])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(NoArticle, match="Nothing was taken in"):
        taken(page)


LINKS = "".join(f"<li><a href='/{n}'>خبر رقم {n} عن أسعار البن في الأسواق</a></li>" for n in range(30))


@pytest.mark.parametrize(
    "page",
    [
        f"<nav><ul>{LINKS}</ul></nav>",
        f"<body><ul>{LINKS}</ul></body>",
        f"<title>أسعار البن</title><div><p>{LINKS.replace('<li>', '').replace('</li>', ' ')}</p></div>",
    ],
)
def test_a_page_of_links_is_no_article(page: str) -> None:
    with pytest.raises(NoArticle):
        taken(page)


def test_an_article_with_links_in_it_is_one() -> None:
    links = f"<p>{SENTENCE} <a href='https://a.example/1'>قاعة الأطفال في المكتبة</a> {SENTENCE}</p>"
    assert said(taken(f"<body>{links}{PARAGRAPHS}<ul>{LINKS}</ul></body>")).count("تفتح المكتبة") == 6


@pytest.mark.parametrize("inside", ["", "نص "])
def test_an_article_under_hundreds_of_elements_is_read(inside: str) -> None:
    page = f"<title>المكتبة تفتح أبوابها</title>{f'<div>{inside}' * 300}{PARAGRAPHS}{'</div>' * 300}"
    made = taken(page)
    assert said(made).count(SENTENCE) == 4
    assert made.headline == "المكتبة تفتح أبوابها"


def test_what_the_library_warns_of_does_not_reach_the_papers_log(capfd: pytest.CaptureFixture[str]) -> None:
    handler = logging.StreamHandler()
    logging.getLogger().addHandler(handler)
    try:
        with pytest.raises(NoArticle):
            taken("<html></html>")
    finally:
        logging.getLogger().removeHandler(handler)
    assert capfd.readouterr() == ("", "")


def test_a_page_deeper_than_the_parser_goes_is_refused() -> None:
    assert SENTENCE in said(taken(f"{'<div>نص ' * 1_500}{PARAGRAPHS}"))
    with pytest.raises(NoArticle):
        taken(f"{'<div>نص ' * 9_000}{PARAGRAPHS}")


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "x" * LONGEST_PAGE,
        "<html><body>" + "<b>x</b>" * 20_000,
        "<html><body>" + PARAGRAPHS * 1500,
        "<html><body " + " ".join(f"a{n}='>'" for n in range(400)) + ">" + PARAGRAPHS,
    ],
    ids=["characters", "elements", "text", "attributes"],
)
def test_a_page_that_would_take_for_ever_is_refused(page: str) -> None:
    with pytest.raises(TooBig):
        taken(page)


def test_pictures_written_into_the_page_do_not_count() -> None:
    image = f'<img src="data:image/png;base64,{"A" * LONGEST_PAGE}">'
    assert SENTENCE in said(taken(f"<html><body>{image}{PARAGRAPHS}</body></html>"))


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("name", ["albayan", "almadenahnews", "beirutobserver", "youm7"])
def test_real_pages_against_their_gold(inputs: Path, name: str) -> None:
    page = (inputs / "html" / f"ar-{name}.html").read_text(encoding="utf-8")
    gold = json.loads((inputs / "html" / f"ar-{name}.gold.json").read_text(encoding="utf-8"))
    made = taken(page)
    text = folded(said(made))
    assert made.headline == gold["title"]
    assert [part for part in gold["with"] if folded(part) not in text] == []
    assert [part for part in gold["without"] if folded(part) in text] == []
    assert made.published is not None
    assert made.published.date().isoformat() == gold["date"]


def test_a_real_page_holds_all_its_paragraphs(inputs: Path) -> None:
    gold = (inputs / "html" / "ar-cnn-2013.gold.txt").read_text(encoding="utf-8")
    made = taken((inputs / "html" / "ar-cnn-2013.html").read_text(encoding="utf-8"))
    assert [folded(line) for line in gold.split("\n") if line.strip()] == said(made).split("\n")
