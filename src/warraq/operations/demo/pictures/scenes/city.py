"""Tower houses with friezes of plaster and fanlights of coloured glass."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, arc
from .ground import sunlit


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    sunlit(c, p, (c.middle + rng.uniform(-380, 380), 270), 190)
    hills = [(c.width * k / 8, 600 + rng.uniform(-110, 60)) for k in range(9)]
    c.shape([(0, HEIGHT), *hills, (c.width, HEIGHT)], mix(p.sand, p.haze, 0.55))
    rows = ((690.0, 104, mix(p.sand, p.haze, 0.15)), (600.0, 132, mix(p.sand, p.clay, 0.55)), (520.0, 172, p.clay))
    for depth, (tall, wide, tone) in enumerate(rows):
        x = -rng.uniform(10, wide)
        while x < c.width:
            width = wide * rng.uniform(0.82, 1.18)
            top = HEIGHT - tall * rng.choice((0.5, 0.62, 0.74, 0.88, 1.0)) * rng.uniform(0.94, 1.04)
            _tower(c, p, (x, top), width, mix(tone, p.deep, rng.uniform(0, 0.16 * (depth + 1))), depth)
            x += width + rng.choice((0, 8, 26, 60)) * (3 - depth) / 2
    c.box(0, HEIGHT - 34, c.width, HEIGHT, p.ink)
    for k in range(int(c.width / 46) + 1):
        c.box(k * 46, HEIGHT - 18, k * 46 + 24, HEIGHT - 14, p.sand)


def _tower(c: Canvas, p: Palette, corner: Point, width: float, tone: str, depth: int) -> None:
    left, top = corner
    right = left + width
    plaster = mix(tone, p.light, (0.55, 0.8, 1)[depth])
    c.box(left, top, right, HEIGHT, tone)
    steps = max(int(width / 30), 3)
    for k in range(steps):
        x, half = left + width * (k + 0.5) / steps, width / steps * 0.3
        c.box(x - half, top - 16, x + half, top, tone)
        c.box(x - half, top - 19, x + half, top - 14, plaster)
    c.box(left, top, right, top + 5, plaster)
    storey, y = 82 + 16 * depth, top + 26
    columns = 2 if width < 180 else 3
    storeys = 0
    while y < HEIGHT - 60:
        for k in range(columns):
            lit = (k * 7 + storeys * 3 + int(left)) % 4 == 0
            x = left + width * (k + 0.5) / columns
            _window(c, p, (x, y), width / columns * 0.25, storey * 0.6, (plaster, p.sand if lit else p.ink))
        band, teeth = y + storey * 0.74, max(int(width / 20), 4)
        c.line([(left + width * k / teeth, band + 9 * (k % 2)) for k in range(teeth + 1)], 3.6, plaster)
        c.box(left, band + 13, right, band + 16, plaster)
        y += storey
        storeys += 1
    c.box(left + width * 0.74, top - 19, right, HEIGHT, veil(p.ink, 0.18))


def _window(c: Canvas, p: Palette, head: Point, half: float, tall: float, tones: tuple[str, str]) -> None:
    """`head` is the middle of its top; `tones` are the plaster and the pane."""
    x, top = head
    spring = (x, top + half)
    c.shape(arc(spring, half + 5, half + 5, 180, 360, 16), tones[0])
    for angle, tone in ((180, p.accent), (240, p.sand), (300, p.accent)):
        c.shape([spring, *arc(spring, half, half, angle, angle + 60, 8)], tone)
    c.box(x - half - 5, spring[1], x + half + 5, top + tall, tones[0])
    c.box(x - half, spring[1] + 6, x + half, top + tall - 5, tones[1])
    c.box(x - 1.5, spring[1] + 6, x + 1.5, top + tall - 5, tones[0])
