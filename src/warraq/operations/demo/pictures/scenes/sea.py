"""A dhow before the sun, on waves laid like scales."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix
from ..shapes import Outline, Point, moved, path, ribbon, star
from .ground import sunlit


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    sun = (c.middle - side * rng.uniform(120, 260), 400.0)
    sunlit(c, p, sun, 235)
    for _ in range(rng.randint(4, 6)):
        _gull(c, p, (rng.uniform(c.middle - 620, c.middle + 620), rng.uniform(110, 330)), rng.uniform(22, 44))
    horizon = 640.0
    c.box(0, horizon - 14, c.width, HEIGHT, mix(p.water, p.haze, 0.45))
    _dhow(c, p, c.middle + side * 110, horizon + 54, side, rng.randint(1, 2))
    for row in range(7):
        _scales(c, p, horizon + 52 + row * 56, 62 + row * 9, row)


def _gull(c: Canvas, p: Palette, at: Point, span: float) -> None:
    x, y = at
    wing = path(
        (x - span, y - span * 0.1),
        ((x - span * 0.6, y - span * 0.5), (x - span * 0.2, y - span * 0.4), (x, y)),
        ((x + span * 0.2, y - span * 0.4), (x + span * 0.6, y - span * 0.5), (x + span, y - span * 0.1)),
    )
    c.shape(ribbon(wing, (1, span * 0.16, span * 0.2, span * 0.16, 1)), p.deep)


def _scales(c: Canvas, p: Palette, y: float, size: float, row: int) -> None:
    tones = (mix(p.water, p.haze, 0.3), p.water, mix(p.water, p.ink, 0.28), mix(p.water, p.ink, 0.5))
    tone = tones[min(row * 4 // 7, 3)]
    count = int(c.width / size / 2) + 2
    for k in range(-count, count + 1):
        x = c.middle + (k + (row % 2) / 2) * size * 1.5
        for share, ring in ((1, p.light), (0.93, tone), (0.66, p.light), (0.60, tone), (0.34, p.light), (0.28, tone)):
            c.disc((x, y + size * 0.55), size * share, ring)


HULL = path(
    (-330, -128),
    ((-280, -40), (-240, 0), (-200, 30)),
    ((0, 44), (180, 44), (230, 30)),
    ((290, -10), (350, -70), (420, -112)),
    ((250, -62), (60, -50), (-120, -60)),
    ((-200, -70), (-280, -110), (-330, -128)),
)
TRIM = path((-318, -108), ((-240, -50), (-60, -34), (60, -32)), ((220, -38), (330, -74), (404, -102)))


def _dhow(c: Canvas, p: Palette, x: float, water: float, side: int, sails: int) -> None:
    def put(outline: Outline) -> Outline:
        return moved(outline, x, water, flip=side < 0)

    for mast, tall, reach in ((40, 520, 1.0), (-170, 380, 0.68))[:sails]:
        c.line(put([(mast, -40), (mast + 16, -tall)]), 11, p.ink)
        yard, whole, shaded = (put(part) for part in _lateen(mast, tall, reach))
        c.shape(whole, p.light)
        with c.within(whole):
            c.shape(shaded, mix(p.light, p.clay, 0.3))
            c.box(0, water - 210, c.width, water - 192, p.accent)
            c.box(0, water - 182, c.width, water - 176, p.accent)
        c.line(yard, 9, p.ink)
    c.shape(put(HULL), p.deep)
    c.shape(ribbon(put(TRIM), (4, 13, 13, 4)), p.sand)
    for k in range(9):
        c.shape(star(put([(-190 + k * 50, -4)])[0], 13), p.accent)


def _lateen(mast: float, tall: float, reach: float) -> tuple[Outline, Outline, Outline]:
    """A three-cornered sail: its yard, the whole of it, and its side away from the sun."""
    head, tack = (mast - 130 * reach, -tall - 90 * reach), (mast + 260 * reach, -96.0)
    clew, belly = (mast - 190 * reach, -120.0), (mast + 40 * reach, -60.0)
    yard = path(head, ((mast + 20, -tall * 0.84), (mast + 150 * reach, -tall * 0.5), tack))
    foot = path(tack, ((mast + 90 * reach, -64), (mast - 60 * reach, -70), clew))
    leech = path(clew, ((mast - 40 * reach, -tall * 0.42), (mast - 90 * reach, -tall * 0.8), head))
    fold = path(head, ((mast - 40, -tall * 0.7), (mast + 30 * reach, -tall * 0.3), belly))
    return yard, [*yard, *foot, *leech], [*fold, *foot[12:], *leech]
