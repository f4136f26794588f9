"""The demonstration paper's own pictures: flat geometry, drawn on the spot, the same bytes for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import faces
from .canvas import Canvas
from .errors import UnknownMotif
from .palettes import DAY, NIGHT, Palette
from .scenes import (
    arch,
    astrolabe,
    bed,
    birds,
    book,
    city,
    clock,
    coffee,
    comb,
    dome,
    ink,
    lamp,
    leaf,
    loom,
    palm,
    rain,
    sea,
    sky,
    stars,
)

__all__ = ["MOTIFS", "UnknownMotif", "draw", "portrait"]

Scene = Callable[[Canvas, Palette, Random], None]

SCENES: dict[str, tuple[Scene, tuple[Palette, ...]]] = {
    "coffee": (coffee.draw, DAY),
    "book": (book.draw, DAY),
    "ink": (ink.draw, DAY),
    "dome": (dome.draw, DAY),
    "stars": (stars.draw, NIGHT),
    "sea": (sea.draw, DAY),
    "palm": (palm.draw, DAY),
    "city": (city.draw, DAY),
    "leaf": (leaf.draw, DAY),
    "arch": (arch.draw, DAY),
    "loom": (loom.draw, DAY),
    "lamp": (lamp.draw, NIGHT),
    "rain": (rain.draw, DAY),
    "clock": (clock.draw, DAY),
    "birds": (birds.draw, DAY),
    "sky": (sky.draw, DAY),
    "comb": (comb.draw, DAY),
    "bed": (bed.draw, NIGHT),
    "astrolabe": (astrolabe.draw, NIGHT),
}

MOTIFS = tuple(SCENES)


def draw(motif: str, seed: int, *, width: int = 1600, height: int = 1000) -> bytes:
    """A JPEG of that many pixels, composed for a landscape; neighbouring seeds get other colours.

    Raises UnknownMotif.
    """
    if motif not in SCENES:
        raise UnknownMotif(motif, MOTIFS)
    scene, palettes = SCENES[motif]
    palette = palettes[seed % len(palettes)]
    canvas = Canvas(width, height, palette.sky)
    scene(canvas, palette, _chance(f"{motif} {seed}"))
    return canvas.jpeg()


def portrait(seed: int, *, size: int = 800) -> bytes:
    """A square JPEG of nobody in particular; an odd seed draws a woman, an even one a man."""
    palettes = (*DAY, *NIGHT)
    palette = palettes[seed // 2 % len(palettes)]
    canvas = Canvas(size, size, palette.clay)
    faces.medallion(canvas, palette, _chance(f"portrait {seed}"), woman=seed % 2 == 1)
    return canvas.jpeg()


def _chance(name: str) -> Random:
    return Random(name)  # noqa: S311 - a drawing wants the same dice every time, not secret ones
