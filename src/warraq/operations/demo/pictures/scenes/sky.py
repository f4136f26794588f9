"""A day's sky: the sun's light spread in rays, and bent into its colours."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, arc, path, polar

AZURE = "#3f86bd"
HUES = ("#b9473a", "#db8440", "#e8c45c", "#6f9d5f", "#3f7fa8", "#5b5795")
"""Of light and not of a palette: what a rain leaves of it, from the outside in."""


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    c.fade(mix(p.sky, AZURE, 0.85), mix(p.haze, AZURE, 0.12), until=860)
    sun = (c.middle - side * rng.uniform(330, 400), rng.uniform(240, 280))
    for k in range(16):
        start = k * 22.5 + 4
        c.shape([sun, polar(sun, 2000, start), polar(sun, 2000, start + 11.25)], veil(p.light, 0.16))
    c.halo(sun, 130, p.light, rings=4, opacity=0.2)
    c.disc(sun, 130, mix(p.sand, p.light, 0.25))
    bow = (c.middle + side * 230, 880.0)
    for k, hue in enumerate(HUES):
        outer, inner = (arc(bow, reach, reach, 180, 360, 90) for reach in (640 - k * 34, 606 - k * 34))
        c.shape([*outer, *reversed(inner)], veil(hue, 0.86))
    for dx, y, size in ((side * 560, 190, 74), (side * 120, 120, 56), (-side * 640, 470, 66), (-side * 130, 560, 50)):
        _cloud(c, p, (c.middle + dx + rng.uniform(-30, 30), y + rng.uniform(-20, 20)), size)
    _land(c, p, side)


def _cloud(c: Canvas, p: Palette, heart: Point, size: float) -> None:
    x, y = heart
    shade = mix(p.light, AZURE, 0.22)
    for dx, dy, share in ((-1.3, 0.24, 0.6), (1.3, 0.26, 0.58), (-0.6, 0, 0.85), (0.6, 0.06, 0.8), (0, 0.24, 0.84)):
        for ring, tone in ((1, p.light), (0.66, shade), (0.58, p.light), (0.3, shade)):
            c.disc((x + dx * size, y + dy * size), size * share * ring, tone)


def _land(c: Canvas, p: Palette, side: int) -> None:
    for k, tone in enumerate((mix(p.leaf, p.haze, 0.4), p.leaf, mix(p.leaf, p.ink, 0.4))):
        y = 800 + k * 62
        near, far = (-20.0, c.width + 20) if (k % 2 == 0) == (side > 0) else (c.width + 20, -20.0)
        reach = far - near
        ridge = path(
            (near, y - 30),
            ((near + reach * 0.25, y - 90), (near + reach * 0.4, y + 40), (near + reach * 0.6, y + 10)),
            ((near + reach * 0.75, y - 16), (near + reach * 0.9, y - 30), (far, y + 20)),
        )
        c.shape([*ridge, (far, HEIGHT), (near, HEIGHT)], tone)
