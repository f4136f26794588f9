"""Rain over terraces, running down a stepped cistern."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, arc, path, ribbon

RIM, FLOOR, STEPS, TREAD, RISER = 640.0, 250.0, 6, 62.0, 52.0
"""Of the cistern: where its rim lies, half the width of its floor, and its steps on either side."""


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    c.fade(mix(p.water, p.haze, 0.35), p.haze, until=RIM)
    _terraces(c, (c.middle + side * 420, 250), 760, mix(p.leaf, p.haze, 0.62), p.haze)
    _terraces(c, (c.middle - side * 560, 330), 680, mix(p.leaf, p.haze, 0.25), mix(p.leaf, p.light, 0.6))
    _fall(c, p, rng)
    for x, y, size in ((-620, 90, 120), (-230, 60, 150), (160, 84, 126), (560, 50, 156)):
        _cloud(c, p, (c.middle + x + rng.uniform(-40, 40), y + rng.uniform(-16, 16)), size)
    level = rng.randint(1, 2)
    _cistern(c, p, level)
    _torrent(c, p, side)
    for _ in range(9):
        spot = (c.middle + rng.uniform(-260, 260), RIM + (level + 0.8) * RISER + rng.uniform(10, 150))
        for reach in (44, 26):
            c.line(arc(spot, reach, reach * 0.26, 0, 360, 32), 3.4, veil(p.light, 0.75))


def _terraces(c: Canvas, peak: Point, half: float, tone: str, edge: str) -> None:
    x, y = peak
    foot, left, right = 700.0, x - half * 0.5, x + half * 0.5
    climb = ((left, 660), (x - half * 0.3, y), (x, y))
    slope = path((x - half, foot), climb, ((x + half * 0.3, y), (right, 660), (x + half, foot)))
    c.shape(slope, tone)
    with c.within(slope):
        for k in range(1, 9):
            low, high = y + k * 50 + 40, y + k * 50 - 30
            c.line(path((x - half, low), ((x - half * 0.3, high), (x + half * 0.3, high), (x + half, low))), 5, edge)


def _fall(c: Canvas, p: Palette, rng: Random) -> None:
    for _ in range(190):
        x, y, length = rng.uniform(-60, c.width + 60), rng.uniform(120, 600), rng.uniform(36, 90)
        c.line(
            [(x, y), (x - length * 0.2, y + length)], rng.choice((3, 3, 4.6)), veil(p.light, rng.uniform(0.55, 0.95))
        )


def _cloud(c: Canvas, p: Palette, heart: Point, size: float) -> None:
    """Scales laid one over another, as the sea's waves are."""
    x, y = heart
    tone = mix(p.water, p.deep, 0.4)
    for dx, dy, share in ((-1.15, 0.3, 0.62), (1.2, 0.32, 0.6), (-0.55, 0.1, 0.86), (0.62, 0.12, 0.84), (0, 0.34, 0.9)):
        for ring, colour in ((1, p.light), (0.93, tone), (0.68, p.light), (0.62, tone), (0.36, p.light), (0.29, tone)):
            c.disc((x + dx * size, y + dy * size), size * share * ring, colour)


def _cistern(c: Canvas, p: Palette, level: int) -> None:
    """Cut open: the ground, the stepped basin, and the water up to a step."""
    c.box(0, RIM, c.width, HEIGHT, mix(p.sand, p.deep, 0.6))
    for k in range(1, 9):
        c.line([(0, RIM + k * 44), (c.width, RIM + k * 44 + 12)], 3, veil(p.ink, 0.22))
    surface = RIM + (level + 0.45) * RISER
    for k in range(STEPS + 1):
        half, top = FLOOR + (STEPS - k) * TREAD, RIM + k * RISER
        foot = min(top + RISER + 2, HEIGHT)
        c.box(c.middle - half, top, c.middle + half, foot, mix(p.haze, p.sand, 0.25 + 0.1 * k))
        if foot > surface:
            c.box(c.middle - half, max(surface, top), c.middle + half, foot, mix(p.water, p.ink, 0.05 * k))
        for way in (-1, 1):
            edges = sorted((c.middle + way * half, c.middle + way * (half + TREAD)))
            c.box(edges[0], top - 5, edges[1], top + 5, p.sand)
    half = FLOOR + (STEPS - level) * TREAD
    c.box(c.middle - half, surface, c.middle + half, surface + 7, p.light)


def _torrent(c: Canvas, p: Palette, side: int) -> None:
    """Down from the terraces, over the rim."""
    rim = c.middle - side * (FLOOR + STEPS * TREAD)
    spine = path(
        (c.middle - side * 560, 340), ((c.middle - side * 760, 470), (c.middle - side * 380, 520), (rim, RIM - 6))
    )
    c.shape(ribbon(spine, (8, 20, 36, 50)), p.water)
    c.shape(ribbon(spine, (2, 5, 8, 12)), p.light)
