"""What a reader has to fetch before reading, compressed as the press does at its best (brotli, 11)."""

from __future__ import annotations

import brotli
import pytest

from tests.design import sample_pages
from warraq.design import assets

STYLE = len(brotli.compress(assets.read("paper.css"), quality=11))


@pytest.mark.parametrize(
    ("path", "most"),
    [("/economy/2/", 14_600), ("/economy/1/", 14_600), ("/news/", 20_000), ("/", 30_000)],
    ids=["article", "long article with comments", "section", "front"],
)
def test_text_and_style_of_a_page_fit(path: str, most: int, record_property: object) -> None:
    text = len(brotli.compress(sample_pages.draw(sample_pages.pages()[path]).encode(), quality=11))
    record_property("bytes", text + STYLE)  # type: ignore[operator]
    print(f"{path}: text {text} + style {STYLE} = {text + STYLE} of {most} bytes")
    assert text + STYLE <= most
