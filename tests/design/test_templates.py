"""What each template says and shows, over the sample paper."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from tests.design import sample, sample_pages
from tests.design.test_pages import PAGES, READ, TEXTS, Reader
from warraq.newsroom import pieces

OTHERS = sample_pages.others()
OTHER_TEXTS = {path: sample_pages.draw(page) for path, page in OTHERS.items()}


def test_the_same_paper_gives_the_same_bytes_and_other_digits_give_others() -> None:
    again = {path: sample_pages.draw(page) for path, page in sample_pages.pages().items()}
    assert again == TEXTS
    arabic = sample_pages.draw(sample_pages.pages("arabic")["/economy/1/"], style="arabic")
    assert "٤ تعليقات" in arabic
    assert "تُقرأ في ٤ دقائق" in arabic


def test_an_article_shows_its_correction_before_its_text() -> None:
    text = TEXTS["/economy/1/"]
    assert text.index("تصويب") < text.index("نعتذر عن الخطأ") < text.index('<div class="body">')
    assert "تصويبان" in sample_pages.draw(_article(corrections=sample.article().corrections * 2))


def _article(**changed: object) -> sample_pages.Page:
    name, context = PAGES["/economy/1/"]
    return name, {**context, "article": replace(sample.article(), **changed)}  # type: ignore[arg-type]


def test_an_article_names_its_sources_and_isolates_foreign_names() -> None:
    text = TEXTS["/economy/1/"]
    assert "نقلاً عن:" in text
    assert "<bdi>Mountain Coffee</bdi>" in text


def test_an_article_says_who_it_is_to_the_script_and_other_pages_do_not() -> None:
    assert READ["/economy/1/"].all("main")[0]["data-article"] == "1"
    assert "data-article" not in READ["/news/"].all("main")[0]


def test_every_kind_of_block_has_its_template() -> None:
    kinds = {block.kind for block in sample.body()}
    assert kinds == set(re.findall(r"^    (\w+)  ", pieces.Block.__doc__ or "", re.MULTILINE))


def test_hemistichs_of_a_verse_stand_in_pairs() -> None:
    text = TEXTS["/texts/2/"]
    assert text.count('class="line"') == 4
    assert text.count('class="half"') == 8
    assert "poem paired" in text


def test_an_article_without_anything_optional_still_stands() -> None:
    bare = replace(
        sample.article(), kicker="", standfirst="", parents=(), authors=(), sources=(), updated=None, picture=None,
        body=(), tags=(), corrections=(), related=(), share=(),
    )  # fmt: skip
    text = sample_pages.draw(("article", {**PAGES["/economy/1/"][1], "article": bare, "parts": ()}))
    assert Reader(text).faults == []
    assert "نقلاً عن" not in text


def test_an_empty_paper_still_has_a_front_and_lists() -> None:
    front = replace(
        sample.front(), breaking=None, lead=None, lead_related=(), slots=(), latest=(), sections=(),
        rankings=tuple(replace(ranking, items=()) for ranking in sample.front().rankings),
    )  # fmt: skip
    text = sample_pages.draw(("front", {**PAGES["/"][1], "front": front}))
    assert Reader(text).faults == []
    assert "لا مواد في هذه المدة بعد." in text
    listing = replace(sample.listing(sample.NEWS, ()), archive=())
    assert "لم يُنشر هنا شيء بعد." in sample_pages.draw(("listing", {**PAGES["/news/"][1], "listing": listing}))


def test_a_paper_in_english_reads_from_the_left() -> None:
    english = replace(sample.PAPER, language="en", name="The Balance")
    for path, page in PAGES.items():
        text = sample_pages.draw(page, paper=english)
        assert '<html lang="en" dir="ltr" data-offline>' in text
        assert Reader(text).faults == [], path


def test_what_readers_and_writers_typed_cannot_become_markup() -> None:
    nasty = "</script><img src=x onerror=alert(1)>\"'><b>"
    said = replace(sample.comments().context["comments"][0], name=nasty, paragraphs=(nasty,))
    part = replace(sample.comments(), context={**sample.comments().context, "comments": (said,)})
    body = (sample.p.Block("quotation", {"text": nasty, "speaker": nasty, "source": nasty}),)
    article = replace(sample.article(), headline=nasty, standfirst=nasty, kicker=nasty, body=body)
    meta = replace(PAGES["/economy/1/"][1]["meta"], title=nasty, description=nasty)
    text = sample_pages.draw(("article", {"article": article, "parts": (part,), "meta": meta}))
    reader = Reader(text)
    assert reader.faults == []
    assert not [at for at in reader.all("img") if at.get("src") == "x"]
    assert text.count("<script") == 2


def test_search_leaves_the_two_places_that_the_front_fills() -> None:
    assert TEXTS["/search/"].count('name="q" value=""') == 1
    assert TEXTS["/search/"].count("<!--results-->") == 1
    name, context = PAGES["/search/"]
    told = sample_pages.draw((name, {**context, "custom": "Asia/Aden levantine arabic"}))
    assert "<!--results Asia/Aden levantine arabic-->" in told
    assert TEXTS["/_/answer.html"].count("<!--answer-->") == 1


def test_search_offers_other_ways_to_what_was_published() -> None:
    links = {at.get("href") for at in READ["/search/"].all("a")}
    ways = TEXTS["/search/"].partition('<div class="ways">')[2].partition("</div>")[0]
    assert {"/archive/", "/most-read/day/"} <= links
    assert all(f'href="{section.url}"' in ways for section in sample.SECTIONS)


def test_a_quotation_names_who_spoke_and_then_where() -> None:
    def caption(**value: str) -> str:
        body = (pieces.Block("quotation", {"text": "قال.", "speaker": "", "source": "", **value}),)
        text = sample_pages.draw(_article(body=body)).partition("<figcaption>")[2].partition("</figcaption>")[0]
        return re.sub(r"<[^>]+>", "", text).strip()

    assert caption(speaker="سالم", source="حديث إلى «الورّاق»") == "سالم&nbsp;— حديث إلى «الورّاق»"
    assert caption(speaker="سالم") == "سالم"
    assert caption(source="نشرة الأرض") == "نقلاً عن نشرة الأرض"


def test_the_byline_leads_to_the_comments_where_there_are_any() -> None:
    assert '<a href="#comments">التعليقات</a>' in TEXTS["/economy/1/"]
    assert "#comments" not in TEXTS["/economy/2/"]


def test_an_author_is_not_named_again_over_each_of_their_own_articles() -> None:
    name = sample.WRITERS[1].name
    assert name in TEXTS["/news/"].partition("<main")[2]
    own = sample_pages.draw(PAGES["/author/1/"]).partition("</header>")[2].partition("</main>")[0]
    assert not [writer.name for writer in sample.WRITERS if writer.name in own.partition('class="rows"')[2]]


@pytest.mark.parametrize("count", range(9))
def test_slots_stand_in_full_rows_whatever_their_pictures(count: int) -> None:
    for without in range(count + 1):
        slots = tuple(replace(card, picture=None) if n < without else replace(card, picture=sample.picture(n))
                      for n, card in enumerate(sample.cards(1, count)))  # fmt: skip
        text = sample_pages.draw(("front", {**PAGES["/"][1], "front": replace(sample.front(), slots=slots)}))
        assert Reader(text).faults == []
        rows = re.findall(r'class="stacks of-(\d)">(.*?)</div>\n(?:<div class="stacks|</section>)', text, re.DOTALL)
        assert bool(rows) == (without < count)
        for columns, row in rows:
            assert row.count("<article") % int(columns) == 0
        assert text.partition('class="slots"')[2].partition("</section>")[0].count("<article") == count


def test_a_sections_block_begins_with_a_story_that_has_a_picture() -> None:
    shown = sample.cards(1, 3)
    block = sample.p.SectionBlock(sample.NEWS, (replace(shown[0], picture=None), *shown[1:]))
    text = sample_pages.draw(("front", {**PAGES["/"][1], "front": replace(sample.front(), sections=(block,))}))
    assert Reader(text).faults == []
    urls = re.findall(r'<a href="(/news/[0-9]+/)">', text.partition('class="pair')[2])[:3]
    assert urls == [shown[1].url, shown[0].url, shown[2].url]


def test_a_closed_discussion_shows_its_comments_and_no_form() -> None:
    part = replace(sample.comments(), context={**sample.comments().context, "open": False})
    text = sample_pages.draw(("article", {**PAGES["/economy/1/"][1], "parts": (part,)}))
    assert "أُغلق باب التعليق" in text
    assert "<form" not in text
    assert 'id="comment-4"' in text


def test_a_ranking_says_its_span_of_time_and_its_counts() -> None:
    text = OTHER_TEXTS["/_/ranking/read/day.html"]
    assert Reader(text).faults == []
    assert re.sub(r"<[^>]+>", "", text).strip().startswith("من 23 نوفمبر 2026، 14:05 إلى 24 نوفمبر 2026، 14:05")
    assert "12,480 قراءة" in text
    assert "<html" not in text


def test_the_fronts_rankings_show_no_counts_for_it_is_not_pressed_again_for_them() -> None:
    assert "قراءة</span>" not in TEXTS["/"]
    assert len([at for at in READ["/"].all("section") if "data-ranking" in at]) == 2


def test_the_breaking_fragment_is_empty_where_there_is_no_such_news() -> None:
    assert "عاجل" in OTHER_TEXTS["/_/breaking.html"]
    assert sample_pages.draw(("fragment_breaking.html", {"breaking": None})).strip() == ""


@pytest.mark.parametrize("path", [path for path in OTHERS if path.endswith((".xml", ".rss"))])
def test_feeds_and_site_maps_are_well_formed_xml(path: str) -> None:
    etree.fromstring(OTHER_TEXTS[path].encode())


def test_a_feed_carries_whole_texts_with_addresses_that_work_anywhere() -> None:
    feed = etree.fromstring(OTHER_TEXTS["/feed.rss"].encode())
    item = feed.find("channel/item")
    assert item.findtext("link") == item.findtext("guid") == "https://paper.example/news/1/"
    assert item.findtext("pubDate") == "Tue, 24 Nov 2026 13:23:00 +0300"
    html = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert Reader(html).faults == []
    assert 'src="https://paper.example/_/media/' in html
    assert not re.search(r'(?:src|href)="/', html)


def test_without_an_address_of_its_own_a_paper_claims_none() -> None:
    nowhere = replace(sample.PAPER, origin="")
    text = sample_pages.draw(PAGES["/economy/1/"], paper=nowhere)
    assert "canonical" not in text
    assert "og:url" not in text
    assert "og:image" not in text
    assert "Sitemap" not in sample_pages.draw(OTHERS["/robots.txt"], paper=nowhere)
