"""No template has anything that axe-core finds, in either theme, at a phone's width and at a desk's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from tests.design import sample_pages
from tests.design.in_a_browser import opened

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(found => found.violations.map(
    one => [one.id, one.nodes.map(node => node.target.join(" ") + ": " + node.failureSummary)]))"""


@cache
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Any) -> list[Any]:
    page.evaluate(axe())
    found: list[Any] = page.evaluate(RUN, list(RULES))
    return found


WHOLE = sample_pages.pages().keys() - {"/_/answer.html"}
"""Without the shell whose heading comes with the front's words."""


@pytest.mark.parametrize("path", sorted(WHOLE))
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(browser: Any, origin: str, path: str, theme: Any, width: int) -> None:
    with opened(browser, origin + path, width=width, color_scheme=theme) as page:
        assert findings(page) == []


def test_axe_finds_what_is_wrong(browser: Any, origin: str) -> None:
    with opened(browser, f"{origin}/about/") as page:
        page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        page.evaluate("document.documentElement.removeAttribute('lang')")
        page.evaluate("document.querySelector('main p').style.color = '#ccc'")
        assert {name for name, _nodes in findings(page)} >= {"image-alt", "html-has-lang", "color-contrast"}
