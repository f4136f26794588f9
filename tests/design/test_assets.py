from __future__ import annotations

import hashlib
import re

import brotli
import pytest

from warraq.design import assets
from warraq.design.errors import NoSuchAsset
from warraq.press import layout

STYLE = assets.read("paper.css").decode()
SOURCES = {file.name: file.read_text(encoding="utf-8") for file in sorted((assets.HERE / "css").glob("*.css"))}
PHYSICAL = re.compile(
    r"[{;]\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|float)\s*:"
)


def test_every_asset_lies_at_a_public_path_named_by_its_content() -> None:
    for name in assets.names():
        path = assets.url(name)
        assert layout.is_public_path(path)
        assert path.startswith(layout.FOR_EVER)
        assert hashlib.sha256(assets.read(name)).hexdigest()[:10] in path
        assert layout.media_type_of(path) != "application/octet-stream"


def test_the_style_names_its_fonts_by_their_public_paths_and_says_that_it_needs_them() -> None:
    assert assets.needs("paper.css") == ("text.woff2", "head.woff2")
    assert assets.needs("paper.js") == ()
    for font in assets.needs("paper.css"):
        assert f"url({assets.url(font)})" in STYLE


@pytest.mark.parametrize("ask", [assets.read, assets.url, assets.needs])
def test_a_name_that_is_none_is_refused(ask: object) -> None:
    with pytest.raises(NoSuchAsset, match=r"'paper\.txt'"):
        ask("paper.txt")  # type: ignore[operator]


def test_every_style_sheet_of_the_folder_is_part_of_the_style() -> None:
    assert sorted(f"{name}.css" for name in assets.STYLES) == sorted(SOURCES)


def test_the_style_asks_for_nothing_but_its_fonts() -> None:
    assert re.findall(r"url\(([^)]*)\)", STYLE) == [assets.url("text.woff2"), assets.url("head.woff2")]
    assert "@import" not in STYLE
    assert "http" not in STYLE.replace('a[href^="http"]', "")


@pytest.mark.parametrize("name", SOURCES)
def test_arabic_is_not_slanted_and_not_spaced_apart(name: str) -> None:
    source = SOURCES[name].replace("font-style: normal", "")
    assert not re.search(r"italic|oblique|letter-spacing|text-transform|text-align:\s*justify", source)


@pytest.mark.parametrize("name", SOURCES)
def test_style_speaks_of_start_and_end_and_never_of_left_and_right(name: str) -> None:
    assert not PHYSICAL.search(SOURCES[name])
    assert "[dir" not in SOURCES[name]
    assert not re.search(r"text-align:\s*(?:left|right)", SOURCES[name])


@pytest.mark.parametrize("name", SOURCES)
def test_no_line_of_head_or_text_is_too_tight_for_arabic(name: str) -> None:
    tight = [float(found) for found in re.findall(r"line-height:\s*([\d.]+);", SOURCES[name])]
    assert [height for height in tight if 1 < height < 1.3] == []


def test_made_smaller_the_style_says_the_same() -> None:
    assert "/*" not in STYLE
    assert len(STYLE) < sum(map(len, SOURCES.values()))
    assert (
        STYLE.count("{")
        == STYLE.count("}")
        == sum(re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL).count("{") for source in SOURCES.values())
    )
    assert 'content:" \\203A "' in STYLE


def test_fonts_fit_in_forty_kilobytes_and_lie_beside_their_licences() -> None:
    assert sum(len(assets.read(name)) for name in assets.needs("paper.css")) <= 40_000
    for name in assets.needs("paper.css"):
        licence = (assets.HERE / "fonts" / f"OFL-{name.removesuffix('.woff2')}.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License, Version 1.1" in licence


def test_the_script_is_small_and_knows_no_way_to_turn_text_into_markup() -> None:
    script = assets.read("paper.js").decode()
    assert len(brotli.compress(script.encode())) <= 4096
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write|eval|Function\("
    assert not re.search(rf"{sinks}|https?:", script)
