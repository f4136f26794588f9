"""WCAG 2.2 contrast of the tokens, in both themes: 7 for what is read at length, 4.5 for every other word."""

from __future__ import annotations

import re

import pytest

from warraq.design import assets

TOKENS = (assets.HERE / "css" / "tokens.css").read_text(encoding="utf-8")


def colours(source: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", source))


LIGHT = colours(TOKENS.partition("prefers-color-scheme: dark")[0])
DARK = colours(TOKENS.partition("prefers-color-scheme: dark")[2])


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "paper", 7),
        ("ink", "panel", 7),
        ("ink", "mark", 7),
        ("soft", "paper", 4.5),
        ("soft", "panel", 4.5),
        ("accent", "paper", 4.5),
        ("accent", "panel", 4.5),
        ("on-accent", "accent", 4.5),
    ],
)
def test_words_stand_out_from_their_paper(theme: dict[str, str], ink: str, paper: str, least: float) -> None:
    assert contrast(theme[ink], theme[paper]) >= least


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_word_that_was_looked_for_is_marked_visibly(theme: dict[str, str]) -> None:
    assert contrast(theme["mark"], theme["paper"]) >= 1.2


def test_browsers_paint_their_own_edges_in_the_papers_colours() -> None:
    head = (assets.HERE / "templates" / "design" / "components" / "head.html").read_text(encoding="utf-8")
    assert re.findall(r'name="theme-color" content="(#\w+)"', head) == [LIGHT["paper"], DARK["paper"]]
