"""A bee dancing on the comb, and those who read the dance."""

from __future__ import annotations

from math import cos, radians, sin
from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, leaf, polar

CELL, ROOT = 76.0, 3**0.5
"""A cell from its middle to a corner; its width is that by the root of three."""


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.box(0, 0, c.width, HEIGHT, mix(p.sand, p.clay, 0.75))
    heart = (c.middle, 500.0)
    rows, columns = int(HEIGHT / CELL / 1.5) + 2, int(c.width / CELL / ROOT) + 3
    for row in range(rows):
        for column in range(columns):
            at = ((column + row % 2 / 2 - 0.5) * CELL * ROOT, row * CELL * 1.5)
            far = min(abs(at[0] - heart[0]) / 900 + abs(at[1] - 500) / 900, 1.0)
            _cell(c, p, at, mix(mix(p.light, p.sand, 0.55 + 0.45 * far), p.clay, 0.45 * far * rng.random()), rng)
    lean = rng.choice((-60, -120, -50, -130))
    _figure(c, p, heart, lean)
    _bee(c, p, heart, lean, 1.3)
    for k in range(5):
        angle = lean + 180 + (k - 2) * 44 + rng.uniform(-8, 8)
        _bee(c, p, polar(heart, 330 + 24 * (k % 2), angle), angle + 180 + rng.uniform(-16, 16), 0.92)


def _cell(c: Canvas, p: Palette, at: Point, tone: str, rng: Random) -> None:
    c.shape([polar(at, CELL * 0.94, 30 + 60 * k) for k in range(6)], mix(tone, p.ink, 0.22))
    c.shape([polar((at[0], at[1] + 3), CELL * 0.84, 30 + 60 * k) for k in range(6)], tone)
    if rng.random() < 0.3:
        c.shape([polar(at, CELL * 0.6, 30 + 60 * k) for k in range(6)], veil(p.light, 0.45))


def _figure(c: Canvas, p: Palette, heart: Point, lean: float) -> None:
    """The eight that she walks: a straight run, and a way back on either side."""
    for way in (-1, 1):
        middle = polar(heart, 150, lean + 90 * way)
        for k in range(0, 300, 20):
            bow = [_oval(middle, lean, 230, 150, angle) for angle in range(k + 30, k + 42, 3)]
            c.line(bow, 11, p.light)


def _oval(middle: Point, lean: float, along: float, across: float, angle: float) -> Point:
    x, y = along * cos(radians(angle)), across * sin(radians(angle))
    turn = radians(lean)
    return middle[0] + x * cos(turn) - y * sin(turn), middle[1] + x * sin(turn) + y * cos(turn)


def _bee(c: Canvas, p: Palette, at: Point, heading: float, scale: float) -> None:
    tail, chest = polar(at, 52 * scale, heading + 180), polar(at, 34 * scale, heading)
    for way in (-1, 1):
        for reach in (40, 66, 96):
            knee = polar(chest, 44 * scale, heading + way * reach * 1.2)
            c.line([chest, knee, polar(knee, 26 * scale, heading + way * (reach + 60))], 5 * scale, p.ink)
        head = polar(at, 70 * scale, heading)
        c.line([head, polar(head, 46 * scale, heading + way * 32)], 4.6 * scale, p.ink)
    body = [_oval(tail, heading, 66 * scale, 38 * scale, angle) for angle in range(0, 360, 9)]
    c.disc((tail[0] + 8, tail[1] + 12), 50 * scale, veil(p.ink, 0.2))
    c.shape(body, mix(p.sand, p.light, 0.12))
    with c.within(body):
        for step in (-46, -18, 10):
            middle = polar(tail, step * scale, heading)
            c.line(
                [polar(middle, 60 * scale, heading + 90), polar(middle, 60 * scale, heading - 90)], 14 * scale, p.ink
            )
    c.disc(chest, 30 * scale, mix(p.clay, p.ink, 0.35))
    c.disc(polar(at, 70 * scale, heading), 21 * scale, p.ink)
    for way in (-1, 1):
        for spread, length in ((140, 118), (166, 84)):
            for half in leaf(chest, polar(chest, length * scale, heading + way * spread), 0.22):
                c.shape(half, veil(p.light, 0.78))
