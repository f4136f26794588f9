"""The night turning over dunes and a small observatory."""

from __future__ import annotations

from random import Random

from ..canvas import Canvas
from ..palettes import Palette, mix, veil
from ..shapes import arc, moved, onion, pointed, ribbon, star
from .ground import dunes


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    c.fade(p.sky, p.haze)
    pole = (c.middle + side * rng.uniform(160, 300), rng.uniform(300, 360))
    for k in range(22):
        radius = 104 + k * 44
        for start in range(0, 360, 120):
            trail = arc(pole, radius, radius, start + (turn := rng.uniform(0, 110)), start + turn + rng.uniform(24, 96))
            tone = veil(rng.choice((p.light, p.light, p.sand, p.accent)), rng.uniform(0.25, 0.7))
            c.line(trail, rng.choice((2.2, 2.2, 4.2)), tone)
            c.disc(trail[-1], 4.6, p.light)
    for _ in range(110):
        c.disc((rng.uniform(0, c.width), rng.uniform(0, 780)), rng.uniform(1.2, 3.4), veil(p.light, 0.8))
    figure = [
        (c.middle - side * dx + rng.uniform(-30, 30), dy + rng.uniform(-30, 30))
        for dx, dy in ((-640, 470), (-420, 540), (-120, 580), (90, 440), (270, 250), (450, 300), (560, 150), (690, 210))
    ]
    c.line(figure, 3, p.sand)
    for k, spot in enumerate(figure):
        c.shape(star(spot, 30 if k % 3 else 46, inner=0.42), p.sand)
        c.disc(spot, 8, p.light)
    c.halo(pole, 62, p.light, rings=4, opacity=0.12)
    c.shape(star(pole, 128, inner=0.36), p.light)
    c.shape(star(pole, 66), p.sand)
    c.shape(star(pole, 34, turn=22.5), p.light)
    dunes(c, [mix(p.clay, p.sky, 0.6)], 740, rng)
    _observatory(c, p, c.middle - side * 380, 846)
    dunes(c, [mix(p.clay, p.sky, 0.28), p.deep], 830, rng)


def _observatory(c: Canvas, p: Palette, x: float, foot: float) -> None:
    c.shape(moved(onion(62), x, foot - 96), p.deep)
    c.box(x - 66, foot - 100, x + 66, foot + 60, p.deep)
    c.box(x - 96, foot - 40, x + 150, foot + 60, p.deep)
    c.shape(ribbon([(x + 4, foot - 150), (x + 92, foot - 214)], (20, 14)), p.sand)
    for dx in (-40, 0, 40, 84, 122):
        c.shape(pointed(x + dx, 10, foot - 6, 14, foot + 20), p.sand)
