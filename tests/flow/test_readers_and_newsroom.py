"""Whole stories: somebody reads, somebody comments, somebody decides, the paper changes."""

from __future__ import annotations

import re
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect


def first_article(paper) -> str:
    """The path of an article that readers may comment on."""
    return re.findall(r'href="(/culture/\d+/)"', paper.get("/culture/")[1])[0]


def approve(editor: Page, paper, words: str) -> None:
    """Find the comment in the queue, once the pressroom has taken it in, and publish it, as a moderator does."""
    row = editor.locator(".queue-row").filter(has_text=words)
    for _look in range(60):
        editor.goto(f"{paper.newsroom}admin/comments/?q={words.split()[-1]}")
        if row.count():
            break
        editor.wait_for_timeout(250)
    row.get_by_role("button", name="انشر").click()
    editor.wait_for_load_state()


def test_the_front_is_arabic_and_its_rankings_switch(reader: Page, paper):
    reader.goto(paper.readers)
    assert reader.locator("html").get_attribute("dir") == "rtl"
    expect(reader.get_by_role("heading", name="الأكثر قراءة").first).to_be_visible()
    reader.get_by_role("link", name="الشهر").or_(reader.get_by_role("tab", name="الشهر")).first.click()
    expect(reader.get_by_text(re.compile("من .* إلى|إلى ")).first).to_be_visible()
    assert reader.url == paper.readers


def test_without_script_the_tabs_are_pages(scriptless: Page, paper):
    scriptless.goto(paper.readers)
    scriptless.get_by_role("link", name="الشهر").first.click()
    assert re.search(r"/most-(read|commented)/month/$", scriptless.url)
    expect(scriptless.locator("ol li").first).to_be_visible()


def test_a_reader_comments_a_moderator_approves_everybody_sees_it(reader: Page, editor: Page, paper):
    words = f"شكرًا على هذه المادة الجميلة {time.time_ns()}"
    path = first_article(paper)
    reader.goto(paper.readers.rstrip("/") + path)
    reader.fill("[name=name]", "قارئة من عدن")
    reader.fill("[name=text]", words)
    reader.locator("form[action='/_/comment'] [type=submit]").click()
    expect(reader.locator("h1")).to_contain_text("تعليق")
    assert words not in paper.get(path)[1]
    approve(editor, paper, words)
    paper.until(path, words, seconds=10)


def test_commenting_needs_no_script(scriptless: Page, editor: Page, paper):
    words = f"تعليق بلا نصوص برمجية {time.time_ns()}"
    path = first_article(paper)
    scriptless.goto(paper.readers.rstrip("/") + path)
    scriptless.fill("[name=name]", "قارئ")
    scriptless.fill("[name=text]", words)
    scriptless.locator("form[action='/_/comment'] [type=submit]").click()
    expect(scriptless.locator("h1")).to_contain_text("تعليق")
    approve(editor, paper, words)
    paper.until(path, words, seconds=10)


def test_a_refused_comment_comes_back_with_what_was_typed(scriptless: Page, paper):
    scriptless.goto(paper.readers.rstrip("/") + first_article(paper))
    scriptless.fill("[name=name]", "قارئ")
    scriptless.fill("[name=text]", "   ")
    scriptless.locator("form[action='/_/comment'] [type=submit]").click()
    expect(scriptless.get_by_role("alert")).to_contain_text("فارغ")
    expect(scriptless.locator("[name=name]")).to_have_value("قارئ")
    expect(scriptless.locator("header .nameplate")).to_be_visible()  # within the paper's own page


def test_what_an_editor_publishes_is_live_within_seconds(editor: Page, paper):
    path = first_article(paper)
    headline = f"عنوان جديد من غرفة التحرير {time.time_ns()}"
    editor.goto(f"{paper.newsroom}admin/pages/{path.split('/')[2]}/edit/")
    editor.fill("[name=title]", headline)
    editor.locator("footer .w-dropdown__toggle").click()
    editor.locator("[name=action-publish]").click()
    editor.wait_for_load_state()
    paper.until(path, headline, seconds=15)
    paper.until("/culture/", headline, seconds=10)


def test_reads_lift_an_article_in_the_ranking_of_the_day(paper):
    left_of_the_hour = 3600 - time.time() % 3600
    if left_of_the_hour < 60:  # when it ends, the window lets go of its first hour, and counts fall
        time.sleep(left_of_the_hour)
    ranked = paper.command("rankings", "--kind", "read", "--window", "day")["items"]
    path = ranked[-1]["url"]  # one outside the list might not come into it by so few
    ident = path.split("/")[2]
    before = next((item["count"] for item in ranked if item["url"] == path), 0)
    port = urlsplit(paper.readers).port
    for number in range(40):  # each from a network of its own
        agent = f"Mozilla/5.0 (Linux; Android 9; Phone {number}) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
        line = HTTPConnection("127.0.0.1", port, timeout=10, source_address=(f"127.0.{number + 1}.1", 0))
        line.request("POST", f"/_/read?id={ident}", body=b"", headers={"User-Agent": agent})
        assert line.getresponse().status == 204
        line.close()
    started = time.monotonic()
    while time.monotonic() - started < 30:
        items = paper.command("rankings", "--kind", "read", "--window", "day")["items"]
        count = next((item["count"] for item in items if item["url"] == path), 0)
        if count >= before + 40:
            break
        time.sleep(0.2)
    assert count == before + 40
    paper.until("/_/ranking/read/day.html", path, seconds=10)
