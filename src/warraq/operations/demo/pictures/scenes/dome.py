"""A carved dome between minarets over a street of arches."""

from __future__ import annotations

from math import cos, radians
from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import crescent, horseshoe, moved, onion, path, pointed, star
from .ground import sunlit


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    sunlit(c, p, (c.middle + side * rng.uniform(180, 300), 330), 215)
    far = mix(p.sand, p.haze, 0.45)
    for x, half in ((-640, 120), (-380, 90), (420, 100), (660, 130)):
        c.shape(moved(onion(half), c.middle + x, 700 + rng.uniform(-30, 30)), far)
        c.box(c.middle + x - half, 695, c.middle + x + half, HEIGHT, far)
    c.box(0, 760, c.width, HEIGHT, far)
    for k in (-1, 1):
        _minaret(c, p, c.middle + k * rng.uniform(420, 500), 170 if k == side else 250)
    _great_dome(c, p, rng)
    _arcade(c, p, 800)


def _great_dome(c: Canvas, p: Palette, rng: Random) -> None:
    x, base, half = c.middle, 590.0, 262.0
    shell = moved(onion(half), x, base)
    c.line([(x, base - 1.62 * half + 8), (x, base - 1.62 * half - 74)], 6, p.deep)
    c.disc((x, base - 1.62 * half - 22), 11, p.deep)
    c.shape(crescent((x, base - 1.62 * half - 92), 24, turn=-90), p.deep)
    c.shape(shell, p.clay)
    with c.within(shell):
        if rng.random() < 0.5:
            for k in range(-7, 8):
                bend = k * half / 6
                spine = path(
                    (x, base - 1.64 * half),
                    ((x + bend * 0.6, base - 1.2 * half), (x + bend * 1.2, base - 0.8 * half), (x + bend, base)),
                )
                c.line(spine, 9, p.deep if k % 2 else p.sand)
        else:
            for row in range(6):
                for k in range(-3, 4):
                    width = 92 * cos(radians(row * 9))
                    c.outline(star((x + (k + (row % 2) / 2) * width, base - 46 - row * 62), 46), 6, p.sand)
        c.box(x, base - 2 * half, x + 2 * half, base, veil(p.deep, 0.26))
        c.box(x - half * 1.2, base - 34, x + half * 1.2, base, p.sand)
    c.box(x - half * 0.96, base, x + half * 0.96, base + 118, p.sand)
    c.box(x, base, x + half * 0.96, base + 118, mix(p.sand, p.clay, 0.35))
    for k in range(-3, 4):
        c.shape(pointed(x + k * 68, 19, base + 48, 28, base + 94), p.deep)
    c.box(x - half * 1.3, base + 112, x + half * 1.3, HEIGHT, p.clay)
    c.box(x - half * 1.3, base + 112, x + half * 1.3, base + 126, p.light)
    for k in range(-8, 9):
        c.shape([(x + k * 40 - 15, base + 113), (x + k * 40 + 15, base + 113), (x + k * 40, base + 84)], p.clay)


def _minaret(c: Canvas, p: Palette, x: float, top: float) -> None:
    shade = mix(p.sand, p.clay, 0.5)
    for half, upper, lower in ((50, top + 300, HEIGHT), (40, top + 150, top + 300), (26, top + 62, top + 150)):
        c.box(x - half, upper, x + half, lower, p.sand)
        c.box(x + half * 0.15, upper, x + half, lower, shade)
    c.shape(moved(onion(28), x, top + 64), p.clay)
    c.line([(x, top + 22), (x, top - 26)], 4, p.deep)
    c.shape(crescent((x, top - 38), 12, turn=-90), p.deep)
    for half, y in ((68, top + 296), (54, top + 146)):
        c.shape([(x - half, y), (x + half, y), (x + half * 0.7, y + 30), (x - half * 0.7, y + 30)], p.deep)
        c.box(x - half, y - 16, x + half, y, p.clay)
    for k in range(6):
        c.shape(star((x, top + 370 + k * 62), 19), p.deep)
    c.shape(pointed(x, 14, top + 205, 20, top + 250), p.deep)


def _arcade(c: Canvas, p: Palette, top: float) -> None:
    c.box(0, top, c.width, HEIGHT, p.deep)
    c.box(0, top, c.width, top + 12, p.sand)
    count = int(c.width / 118 / 2) + 1
    for k in range(-count, count + 1):
        x = c.middle + k * 118
        c.shape([(x - 20, top), (x + 20, top), (x + 12, top - 26), (x - 12, top - 26)], p.deep)
        c.shape(horseshoe(x, 42, top + 92, HEIGHT), p.sand)
        c.shape(horseshoe(x, 34, top + 94, HEIGHT), p.ink)
