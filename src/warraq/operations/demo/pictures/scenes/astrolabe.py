"""A brass astrolabe hung before the stars."""

from __future__ import annotations

from random import Random

from ..canvas import Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, arc, leaf, mirrored, moved, path, polar, star


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.fade(p.sky, p.haze)
    for _ in range(150):
        c.disc((rng.uniform(0, c.width), rng.uniform(0, 1000)), rng.uniform(1.2, 3.4), veil(p.light, 0.8))
    for _ in range(14):
        c.shape(star((rng.uniform(0, c.width), rng.uniform(40, 960)), rng.uniform(14, 28), inner=0.4), p.sand)
    heart = (c.middle, 560.0)
    c.halo(heart, 400, p.sand, rings=3, opacity=0.1)
    _throne(c, p, heart)
    for radius, tone in ((400, p.clay), (392, p.sand), (346, mix(p.sand, p.clay, 0.55)), (340, p.deep)):
        c.disc(heart, radius, tone)
    for k in range(72):
        c.line([polar(heart, 386, k * 5), polar(heart, 372 if k % 3 else 356, k * 5)], 3 if k % 3 else 5, p.deep)
    _plate(c, p, heart)
    _web(c, p, heart, rng.uniform(0, 360))
    angle = rng.choice((-28, -36, 208, 216))
    for way in (0, 180):
        for half in leaf(heart, polar(heart, 384, angle + way), 0.05):
            c.shape(half, p.light)
    c.disc(heart, 26, p.clay)
    c.shape(star(heart, 19), p.light)


def _throne(c: Canvas, p: Palette, heart: Point) -> None:
    """What it hangs by."""
    x, y = heart[0], heart[1] - 392
    c.line([(x, -20), (x, y - 96)], 8, p.clay)
    c.ring((x, y - 92), 44, 12, p.sand)
    right = path((0, -62), ((50, -60), (40, -20), (96, -16)), ((150, -6), (160, 40), (170, 60)))
    c.shape(moved(mirrored(right, 0), x, y), p.sand)
    c.shape(star((x, y - 6), 34), p.clay)


def _plate(c: Canvas, p: Palette, heart: Point) -> None:
    """The sky of one latitude: circles of height about a zenith, and hours below the horizon."""
    x, y = heart
    with c.within(arc(heart, 340, 340, 0, 360, 120)):
        for k in range(9):
            c.ring((x, y - 120 + k * 17), 40 + k * 43, 2.6, veil(p.sand, 0.6))
        for k in range(-4, 5):
            c.line([(x, y - 120), polar((x, y - 120), 700, 90 + k * 22)], 2, veil(p.sand, 0.4))
        for radius in (150, 236):
            c.ring(heart, radius, 2.6, veil(p.accent, 0.9))


def _web(c: Canvas, p: Palette, heart: Point, turn: float) -> None:
    """The net of the stars, with the sun's yearly circle off the middle."""
    sun_path = polar(heart, 92, turn)
    c.ring(heart, 340, 22, p.sand)
    c.ring(sun_path, 248, 26, p.sand)
    c.ring(sun_path, 234, 3, p.clay)
    for k in range(24):
        c.line([polar(sun_path, 247, k * 15), polar(sun_path, 236, k * 15)], 3, p.deep)
    c.line([polar(heart, 334, turn + 90), polar(heart, 334, turn + 270)], 16, p.sand)
    for k in range(11):
        foot = polar(sun_path, 224 if k % 2 else 246, turn + k * 33)
        tip = polar(foot, 62, turn + k * 33 + (200 if k % 2 else 34))
        for half in leaf(foot, tip, 0.24):
            c.shape(half, p.sand)
        c.shape(star(tip, 13, inner=0.5), p.light)
