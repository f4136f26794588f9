"""A clock's face before its wheels."""

from __future__ import annotations

from random import Random

from ..canvas import Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Outline, Point, leaf, polar, star


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    c.fade(p.sky, p.haze)
    c.lattice(veil(p.clay, 0.16), pitch=125, weight=2)
    wheels = (
        ((-560, 250), 210, 24, p.sand),
        ((560, 760), 250, 28, p.clay),
        ((-600, 800), 170, 18, p.accent),
        ((590, 230), 160, 18, mix(p.sand, p.clay, 0.5)),
        ((-330, 930), 130, 14, mix(p.clay, p.deep, 0.4)),
        ((360, 70), 120, 14, p.deep),
    )
    for (dx, y), radius, teeth, tone in wheels:
        _wheel(c, p, (c.middle + side * dx, y), radius, teeth, tone, rng.uniform(0, 20))
    _face(c, p, (c.middle, 500.0))
    hour, minute = rng.choice(((10, 9), (1, 51), (8, 21), (4, 38)))  # hands well apart
    _hand(c, p.deep, (c.middle, 500.0), 220, hour * 30 + minute / 2 - 90, 0.16)
    _hand(c, p.clay, (c.middle, 500.0), 320, minute * 6 - 90, 0.08)
    c.shape(star((c.middle, 500), 44), p.deep)
    c.disc((c.middle, 500), 15, p.sand)


def _wheel(c: Canvas, p: Palette, hub: Point, radius: float, teeth: int, tone: str, turn: float) -> None:
    c.shape(_toothed(hub, radius, teeth, turn), tone)
    c.disc(hub, radius * 0.78, mix(tone, p.ink, 0.3))
    c.disc(hub, radius * 0.74, mix(p.haze, p.sky, 0.5))
    for k in range(6):
        c.line([hub, polar(hub, radius * 0.77, turn + k * 60)], radius * 0.1, tone)
    c.disc(hub, radius * 0.24, tone)
    c.shape(star(hub, radius * 0.17, turn=turn), p.light)


def _toothed(hub: Point, radius: float, teeth: int, turn: float) -> Outline:
    step = 360 / teeth
    profile = ((-0.30, 0.9), (-0.18, 1.0), (0.18, 1.0), (0.30, 0.9))
    return [polar(hub, radius * share, turn + (k + along) * step) for k in range(teeth) for along, share in profile]


def _face(c: Canvas, p: Palette, heart: Point) -> None:
    c.disc((heart[0] + 14, heart[1] + 18), 424, veil(p.ink, 0.25))
    for radius, tone in ((420, p.deep), (400, p.sand), (384, p.deep), (374, p.light)):
        c.disc(heart, radius, tone)
    for k in range(60):
        ends = [polar(heart, reach, k * 6) for reach in (358, 340 if k % 5 else 326)]
        c.line(ends, 4 if k % 5 else 9, p.deep)
    for k in range(12):
        c.shape(star(polar(heart, 286, k * 30), 26 if k % 3 else 40), p.accent if k % 3 else p.clay)
        c.disc(polar(heart, 286, k * 30), 7 if k % 3 else 11, p.light)
    c.disc(heart, 218, mix(p.haze, p.sand, 0.35))
    c.disc(heart, 206, p.light)
    for turn in range(0, 45, 15):
        c.outline(star(heart, 200, points=8, inner=0.62, turn=turn), 2.6, veil(p.clay, 0.5))


def _hand(c: Canvas, tone: str, heart: Point, length: float, angle: float, breadth: float) -> None:
    for half in leaf(polar(heart, 70, angle + 180), polar(heart, length, angle), breadth):
        c.shape(half, tone)
