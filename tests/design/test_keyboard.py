"""A reader without a mouse: every stop is seen, in the page's order, and everything can be done from there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.design.in_a_browser import Front, opened, until

STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one), all = [...document.querySelectorAll("*")];
  return {
    name: one.tagName, text: (one.textContent || one.name || "").trim().slice(0, 40), at: all.indexOf(one),
    seen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def stops(page: Any, most: int = 400) -> list[dict[str, Any]]:
    """Where Tab leads, from the page's beginning to its end."""
    found: list[dict[str, Any]] = []
    while len(found) < most:
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["at"] == found[0]["at"]):
            return found
        found.append(stop)
    return found


@pytest.mark.parametrize("path", ["/", "/economy/1/", "/news/", "/archive/2026/11/", "/search/", "/most-read/day/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_stop_is_seen_and_in_the_pages_order(browser: Any, origin: str, path: str, width: int) -> None:
    with opened(browser, origin + path, width=width) as page:
        found = stops(page)
        assert len(found) > 8
        assert [stop for stop in found if not (stop["seen"] and stop["marked"])] == []
        order = [stop["at"] for stop in found]
        assert order == sorted(order)


def test_a_stop_that_is_not_marked_is_found_out(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/about/") as page:
        page.evaluate("document.querySelectorAll('a').forEach(one => one.style.outline = 'none')")
        assert not all(stop["marked"] for stop in stops(page))


def test_from_the_first_stop_one_goes_straight_to_the_text(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/economy/1/") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_ranking_is_changed_and_a_comment_sent_by_keys_alone(browser: Any, origin: str) -> None:
    Front.posts.clear()
    with opened(browser, f"{origin}/economy/1/") as page:
        tab = page.locator("[data-ranking]").first.get_by_role("link", name="الأسبوع")
        tab.focus()
        page.keyboard.press("Enter")
        page.get_by_text("12,480 قراءة").wait_for()
        assert tab.evaluate(
            "one => one === document.activeElement || one.textContent === document.activeElement.textContent"
        )
        page.locator("form [name=name]").focus()
        page.keyboard.type("أم ياسر")
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "text":
                break
        page.keyboard.type("أحسنتم.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        until(page, lambda: bool(Front.posts))
        sent = next(sent for path, sent in Front.posts if path == "/_/comment")
        assert (sent["name"], sent["text"]) == (["أم ياسر"], ["أحسنتم."])
