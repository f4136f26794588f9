"""The demonstration paper's pictures: what can be promised of a drawing without looking at it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from warraq.operations.demo import content, pictures
from warraq.operations.demo.pictures import MOTIFS, UnknownMotif, draw, portrait
from warraq.operations.demo.pictures.canvas import Canvas
from warraq.operations.demo.pictures.palettes import DAY, NIGHT, mix
from warraq.operations.demo.pictures.shapes import KHATAM, Point, mirrored, nib, pointed, star

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SMALL = {"width": 320, "height": 200}


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def rounded(outline: Iterable[Point]) -> list[Point]:
    return [(round(x, 6), round(y, 6)) for x, y in outline]


def shown(article: content.Table) -> list[str]:
    """The motifs of an article's pictures, its own first."""
    images = [block for block in article["body"] if block["kind"] == "image"]
    return [image["motif"] for image in ([article["image"]] if "image" in article else []) + images]


def test_every_motif_of_the_articles_is_drawn_and_no_other() -> None:
    assert set(MOTIFS) == {motif for article in content.articles(NOW) for motif in shown(article)}


@pytest.mark.parametrize("hour", range(24))
def test_the_newest_stories_and_neighbours_in_a_section_are_not_drawn_alike(hour: int) -> None:
    newest_first = content.articles(NOW + timedelta(hours=hour))[::-1]
    newest = [article["image"]["motif"] for article in newest_first[:10] if "image" in article]
    assert len(newest) == len(set(newest))

    for section in content.paper()["sections"]:
        parts = {one["slug"] for one in content.paper()["sections"] if section["slug"] in (one["slug"], one["parent"])}
        for within in ({section["slug"]}, parts):
            listed = [one for one in newest_first if one["section"] in within and "image" in one]
            for one, other in pairwise(listed):
                assert one["image"]["motif"] != other["image"]["motif"], (one["headline"], other["headline"])


def test_an_article_shows_no_motif_twice() -> None:
    assert all(len(shown(article)) == len(set(shown(article))) for article in content.articles(NOW))


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_picture_is_a_jpeg_of_the_size_that_was_asked_for(motif: str) -> None:
    picture = opened(draw(motif, 7, **SMALL))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (320, 200))


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_same_seed_draws_the_same_bytes_and_another_seed_another_composition(motif: str) -> None:
    first, same_palette = draw(motif, 7, **SMALL), 7 + len(DAY) * len(NIGHT)

    assert draw(motif, 7, **SMALL) == first
    assert draw(motif, same_palette, **SMALL) != first, "same colours, other composition"


@pytest.mark.parametrize("motif", MOTIFS)
def test_neighbouring_seeds_are_printed_in_other_colours(motif: str) -> None:
    corners = [opened(draw(motif, seed, **SMALL)).getpixel((1, 1)) for seed in (7, 8)]

    assert corners[0] != corners[1]


def test_every_motif_is_a_composition_of_its_own() -> None:
    assert len({draw(motif, 7, **SMALL) for motif in MOTIFS}) == len(MOTIFS)


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_picture_has_light_and_dark_in_it(motif: str) -> None:
    darkest, lightest = opened(draw(motif, 7, **SMALL)).convert("L").getextrema()

    assert darkest < 90
    assert lightest > 190


@pytest.mark.parametrize(("width", "height"), [(400, 400), (300, 450), (900, 300)])
def test_a_square_an_upright_and_a_wide_picture_are_filled_to_their_corners(width: int, height: int) -> None:
    picture = opened(draw("city", 3, width=width, height=height))

    assert picture.size == (width, height)
    foot = {picture.getpixel((x, height - 1)) for x in (0, width - 1)}
    assert all(sum(corner) < 200 for corner in foot), "the street runs from edge to edge"


def test_an_unknown_motif_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(UnknownMotif, match=r"'جمل'.*coffee.*lamp"):
        draw("جمل", 1)


def test_a_portrait_is_square_and_the_same_for_the_same_seed() -> None:
    first = portrait(101, size=200)

    assert opened(first).size == (200, 200)
    assert portrait(101, size=200) == first
    assert portrait(303, size=200) != first


def test_an_odd_seed_portrays_a_woman_and_an_even_one_a_man(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[bool] = []
    monkeypatch.setattr(pictures.faces, "medallion", lambda *_, woman: drawn.append(woman))
    for seed in (101, 202, 303):
        portrait(seed, size=20)

    assert drawn == [True, False, True]


def test_drawing_within_an_outline_leaves_what_is_outside_untouched() -> None:
    canvas = Canvas(100, 100, "#ffffff")
    with canvas.within([(250, 250), (750, 250), (750, 750), (250, 750)]):
        canvas.box(0, 0, 1000, 1000, "#000000")
    canvas.box(0, 900, 100, 1000, "#ff0000")

    assert canvas.image.getpixel((100, 100)) == (0, 0, 0)
    assert canvas.image.getpixel((20, 100)) == (255, 255, 255)
    assert canvas.image.getpixel((5, 195)) == (255, 0, 0), "drawing goes on afterwards"


def test_an_outline_that_leaves_the_paper_can_be_drawn_within() -> None:
    canvas = Canvas(100, 100, "#ffffff")
    with canvas.within([(-500, -500), (1500, -500), (1500, 500), (-500, 500)]):
        canvas.box(0, 0, 1000, 1000, "#000000")

    assert canvas.image.getpixel((0, 0)) == (0, 0, 0)
    assert canvas.image.getpixel((0, 199)) == (255, 255, 255)


def test_an_eight_fold_star_is_two_crossed_squares() -> None:
    outline = star((0, 0), 100)

    assert len(outline) == 16
    assert outline[1] == pytest.approx((100 / 2**0.5, 100 * KHATAM * 0.38268343), abs=1e-6), "on a square's side"


def test_a_pointed_arch_is_the_same_on_both_sides_and_peaks_at_its_rise() -> None:
    outline = pointed(0, 100, 300, 120, 500)

    assert min(y for _, y in outline) == pytest.approx(180)
    assert rounded((-x, y) for x, y in reversed(outline)) == rounded(outline)


def test_a_vessel_mirrors_its_profile() -> None:
    assert mirrored([(1, 0), (2, 5)], 10) == [(11, 0), (12, 5), (8, 5), (9, 0)]


def test_a_broad_pen_leaves_one_quadrilateral_a_step() -> None:
    strokes = nib([(0, 0), (10, 0), (20, 0)], 4, 90)

    assert len(strokes) == 2
    assert rounded(strokes[0]) == [(0, -2), (0, 2), (10, 2), (10, -2)]


def test_colours_are_mixed_by_share_and_written_as_hex() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#102030", "#ffffff", 0) == "#102030"


def test_by_day_the_sky_is_light_and_by_night_it_is_dark() -> None:
    def grey(colour: str) -> int:
        return Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))

    assert all(grey(palette.sky) > 150 > grey(palette.deep) for palette in DAY)
    assert all(grey(palette.sky) < 70 for palette in NIGHT)
