"""Striped arches one behind another, to a garden in the light."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Outline, Point, arc, horseshoe, mirrored, moved, path, pointed


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    kind = rng.choice((pointed, horseshoe))
    end = c.middle + rng.uniform(-150, 150)
    c.box(0, 0, c.width, HEIGHT, p.clay)
    c.lattice(p.sand, pitch=125, weight=5)
    c.lattice(veil(p.deep, 0.5), pitch=125, weight=1.6)
    frames = rng.randint(4, 6)
    for k in range(frames):
        share = k / (frames - 1)
        x = c.middle + (end - c.middle) * share
        half, spring = 560 - 395 * share**0.8, 520 + 60 * share
        base = HEIGHT + 20 - 210 * share**0.8
        tone = mix(p.deep, p.sand, share * 0.8)
        pale = mix(p.light, p.sand, 0.35 - share * 0.2)
        _ablaq(c, kind, (x, spring), half, base, (tone, pale))
        inner = _opening(kind, x, half * 0.84, spring, base)
        c.shape(inner, mix(p.deep, p.haze, 0.22 + 0.16 * k) if k < frames - 1 else p.haze)
        if k < frames - 1:
            with c.within(inner):
                floor = base - 120 + 90 * share
                c.shape(
                    [(0, floor), (c.width, floor), (c.width, base), (0, base)], mix(p.sand, p.light, 0.2 + 0.15 * k)
                )
    with c.within(_opening(kind, end, 165 * 0.84, 580, 830)):
        c.disc((end, 560), 84, p.light)
        c.disc((end, 560), 62, p.sand)
        _garden(c, p, end)
    with c.within(_opening(kind, c.middle, 560 * 0.84, 520, HEIGHT + 20)):
        for k in range(-9, 10):
            c.line([(end + k * 16, 815), (end + k * 150, HEIGHT)], 1.6, veil(p.deep, 0.35))


def _opening(kind: object, x: float, half: float, spring: float, base: float) -> Outline:
    return horseshoe(x, half, spring, base) if kind is horseshoe else pointed(x, half, spring, half * 1.02, base)


def _ablaq(c: Canvas, kind: object, spring: Point, half: float, base: float, tones: tuple[str, str]) -> None:
    x, y = spring
    whole = _opening(kind, x, half, y, base)
    c.shape(whole, tones[0])
    with c.within(whole):
        for k in range(17):
            if k % 2 == 0:
                start = 180 + k * 180 / 17
                c.shape([(x, y), *arc(spring, half * 1.5, half * 1.5, start, start + 180 / 17, 4)], tones[1])
        course = half / 5.5
        for k in range(int((base - y) / course) + 1):
            if k % 2 == 1:
                c.box(x - half * 1.1, y + k * course, x + half * 1.1, y + (k + 1) * course, tones[1])
    c.line(whole, 5, mix(tones[0], "#000000", 0.35))


def _garden(c: Canvas, p: Palette, x: float) -> None:
    for dx, tall in ((-70, 170), (70, 190), (-20, 120), (30, 140)):
        c.shape(
            moved(mirrored(path((0, -1), ((0.2, -0.7), (0.24, -0.3), (0.12, 0))), 0), x + dx, 800, scale=tall), p.leaf
        )
    c.box(x - 200, 780, x + 200, 840, mix(p.leaf, p.ink, 0.3))
