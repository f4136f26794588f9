"""The script in a browser, under the policy that the front sends: what it adds, and that nothing needs it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.design import sample_pages
from tests.design.in_a_browser import Front, opened, until


@pytest.mark.parametrize("path", sample_pages.pages())
def test_a_page_breaks_no_rule_of_the_policy_and_fits_a_small_screen(browser: Any, origin: str, path: str) -> None:
    with opened(browser, origin + path) as page:
        for size in ("100%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, size


def test_a_tab_brings_its_list_and_is_marked(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/") as page:
        box = page.locator("[data-ranking]").first
        assert "12,480 قراءة" not in box.inner_text()
        box.get_by_role("link", name="الأسبوع").click()
        box.get_by_text("12,480 قراءة").wait_for()
        assert box.locator("[aria-current]").inner_text() == "الأسبوع"
        assert page.url == f"{origin}/"


def test_a_tab_whose_list_cannot_be_fetched_leads_to_its_page(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/most-commented/week/") as page:
        page.route("**/_/ranking/**", lambda route: route.fulfill(status=500, body=""))
        page.evaluate("document.querySelector('[data-fragment*=month]').href = '/most-read/day/'")
        page.get_by_role("link", name="الشهر").click()
        page.wait_for_url("**/most-read/day/")


def test_rankings_beside_an_article_are_filled_when_they_come_near(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/economy/1/") as page:
        last = page.locator("[data-ranking]").last
        last.scroll_into_view_if_needed()
        last.get_by_text("9,312 تعليقاً").wait_for()
        page.locator("[data-ranking]").first.get_by_text("9,312 قراءة").wait_for()


def test_room_is_kept_for_rankings_that_come_and_given_back_where_they_cannot(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/about/") as page:
        page.route("**/_/ranking/comment/**", lambda route: route.fulfill(status=500, body=""))
        page.goto(f"{origin}/economy/1/", wait_until="networkidle")
        lists = page.locator("[data-ranking] [data-list]")
        heights = "all => all.map(one => one.getBoundingClientRect().height)"
        assert min(lists.evaluate_all(heights)) > 700
        page.locator("[data-ranking]").last.scroll_into_view_if_needed()
        page.get_by_text("9,312 قراءة").wait_for()
        until(page, lambda: lists.evaluate_all(heights)[1] == 0)


def test_without_script_an_empty_ranking_is_one_line_of_links(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/economy/1/", java_script_enabled=False) as page:
        box = page.locator("[data-ranking]").first
        assert box.bounding_box()["height"] < 60
        assert box.get_by_role("link").all_inner_texts() == ["اليوم", "الأسبوع", "الشهر"]


def test_the_readers_section_is_in_sight_and_the_page_stands_still(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/texts/") as page:
        box = page.locator(".sections [aria-current]").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert page.evaluate("scrollX + scrollY") == 0


@pytest.mark.parametrize("path", ["/", "/author/1/", "/tag/1/", "/opinion/2/", "/opinion/"])
@pytest.mark.parametrize("width", [768, 1024, 1280])
def test_nothing_stands_out_of_a_wider_page(browser: Any, origin: str, path: str, width: int) -> None:
    with opened(browser, origin + path, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_read_is_told_once_after_four_seconds_in_sight(browser: Any, origin: str) -> None:
    Front.posts.clear()
    with opened(browser, f"{origin}/about/") as page:
        page.clock.install(time="2026-11-24T10:00:00Z")
        page.clock.pause_at("2026-11-24T12:00:00Z")
        page.goto(f"{origin}/economy/1/", wait_until="networkidle")
        page.clock.run_for(3900)
        assert Front.posts == []
        page.clock.run_for(200)
        until(page, lambda: bool(Front.posts))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.clock.run_for(20_000)
        page.goto(f"{origin}/news/", wait_until="networkidle")
        page.clock.run_for(20_000)
        assert [(path, sent["id"], set(sent)) for path, sent in Front.posts] == [("/_/read", ["1"], {"id", "k"})]
        page.goto(f"{origin}/economy/1/", wait_until="networkidle")
        page.clock.run_for(20_000)
        assert len(Front.posts) == 1  # read again within half an hour
        page.clock.run_for(1_800_000)
        page.goto(f"{origin}/economy/1/", wait_until="networkidle")
        page.clock.run_for(5_000)
        until(page, lambda: len(Front.posts) == 2)
        assert Front.posts[0][1]["k"] != Front.posts[1][1]["k"]
        assert page.evaluate("Object.keys(JSON.parse(localStorage.reads))") == ["1"]


def test_a_read_tells_the_host_that_led_to_it_and_no_more(browser: Any, origin: str) -> None:
    Front.posts.clear()
    with opened(browser, f"{origin}/about/") as page:
        page.clock.install(time="2026-11-24T12:00:00Z")
        page.goto(f"{origin}/economy/1/", referer="https://t.me/a-channel/17?secret=1", wait_until="networkidle")
        page.clock.run_for(5_000)
        until(page, lambda: bool(Front.posts))
        assert Front.posts[0][1]["h"] == ["t.me"]


def test_a_ranking_that_was_not_renewed_for_two_hours_says_so(browser: Any, origin: str) -> None:
    notice = ".ranking-page [data-old]"
    with opened(browser, f"{origin}/most-read/day/") as page:
        until = page.get_attribute(".ranking-page [data-until]", "data-until")
        page.clock.install(time=until)
        page.clock.run_for(7_100_000)
        page.reload(wait_until="networkidle")
        assert not page.is_visible(notice)
        page.clock.run_for(200_000)
        page.reload(wait_until="networkidle")
        assert page.is_visible(notice)


def test_the_link_is_copied(browser: Any, origin: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, f"{origin}/economy/1/", permissions=allowed) as page:
        page.get_by_role("button", name="نسخ الرابط").click()
        page.get_by_role("button", name="نُسخ الرابط").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{origin}/economy/1/"


def test_breaking_news_comes_to_other_pages_until_it_is_closed(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/news/") as page:
        bar = page.get_by_role("complementary", name="عاجل")
        assert "وصول أول قافلة ملح" in bar.inner_text()
        bar.get_by_role("button", name="أغلق").click()
        assert not bar.is_visible()
        page.goto(f"{origin}/about/", wait_until="networkidle")
        assert not bar.is_visible()


def test_a_reply_says_whom_it_answers_and_can_be_taken_back(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/economy/1/") as page:
        page.locator("#comment-3").get_by_role("button", name="ردّ").first.click()
        assert page.locator("[name=parent]").input_value() == "3"
        assert page.get_by_text("ردًّا على Salim").is_visible()
        assert page.evaluate("document.activeElement.name") == "text"
        page.get_by_role("button", name="إلغاء").click()
        assert page.locator("[name=parent]").input_value() == ""
        assert not page.get_by_text("ردًّا على Salim").is_visible()


def test_who_saves_data_asks_for_a_picture(browser: Any, origin: str) -> None:
    saving = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    with opened(browser, f"{origin}/economy/1/", before=saving) as page:
        figure = page.locator(".body figure.picture")
        assert not figure.locator("img").is_visible()
        assert figure.locator("img").get_attribute("src") is None
        figure.get_by_role("button", name="أظهر الصورة").click()
        assert figure.locator("img").get_attribute("srcset")
        assert not figure.get_by_role("button").count()


def test_without_script_the_form_sends_and_every_tab_leads_somewhere(browser: Any, origin: str) -> None:
    Front.posts.clear()
    with opened(browser, f"{origin}/economy/1/", java_script_enabled=False) as page:
        assert page.get_by_role("button").all_inner_texts() == ["أرسل التعليق"]
        page.get_by_role("link", name="الأسبوع").last.click()
        assert page.url == f"{origin}/most-commented/week/"
        page.goto(f"{origin}/economy/1/")
        page.get_by_label("الاسم").fill("أم ياسر")
        page.locator("textarea").fill("أحسنتم.")
        page.get_by_role("button", name="أرسل التعليق").click()
        until(page, lambda: bool(Front.posts))
    sent = {"article": ["1"], "parent": [""], "website": [""], "name": ["أم ياسر"], "text": ["أحسنتم."]}
    assert Front.posts == [("/_/comment", sent)]
