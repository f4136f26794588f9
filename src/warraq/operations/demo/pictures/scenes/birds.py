"""Storks wheeling in warm air over hills and a strait."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Outline, Point, moved, path, ribbon
from .ground import sunlit


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    sunlit(c, p, (c.middle - side * rng.uniform(300, 400), 560), 190)
    _hills(c, p, side)
    column = c.middle + side * 380
    for k in range(9):  # the flock turns upwards and grows small
        share = k / 8
        swing = (1 if k % 2 else -1) * (250 - 170 * share) + rng.uniform(-30, 30)
        at = (column + swing, 500 - 430 * share + rng.uniform(-16, 16))
        _stork(c, p, at, 0.42 - 0.26 * share, flip=swing * side > 0)
    _stork(c, p, (c.middle - side * rng.uniform(260, 300), rng.uniform(400, 440)), 1.3, flip=side < 0)
    _stork(c, p, (c.middle + side * rng.uniform(420, 480), rng.uniform(640, 670)), 0.72, flip=side > 0)


def _hills(c: Canvas, p: Palette, side: int) -> None:
    c.box(0, 712, c.width, HEIGHT, mix(p.water, p.haze, 0.35))
    for k in range(11):
        y = 730 + k * 12 + k * k * 1.5
        for start in range(-2 - k % 2, 14, 3):
            c.line([(start * 128 + k * 40, y), (start * 128 + k * 40 + 90 + 8 * k, y)], 3.4, veil(p.light, 0.6))
    ridges = (
        ((-1, 600, 0.55, 720), mix(p.sand, p.haze, 0.35)),
        ((1, 570, 0.62, 716), mix(p.clay, p.haze, 0.45)),
        ((-1, 740, 0.72, 900), mix(p.clay, p.deep, 0.2)),
        ((1, 830, 0.9, HEIGHT), p.deep),
    )
    for (way, peak, reach, foot), tone in ridges:
        near, far = (0.0, c.width * reach) if way * side < 0 else (c.width, c.width * (1 - reach))
        bend = (far - near) / 3
        ridge = path(
            (near, peak),
            (
                (near + bend * 0.6, peak - 50),
                (near + bend, peak + 10),
                (near + bend * 1.5, peak + (foot - peak) * 0.45),
            ),
            ((near + bend * 2, peak + (foot - peak) * 0.7), (near + bend * 2.5, foot), (far, foot)),
        )
        ground = foot + 4 if foot < 800 else HEIGHT  # the far hills stand in the water
        c.shape([*ridge, (far, ground), (near, ground)], tone)


def _stork(c: Canvas, p: Palette, at: Point, scale: float, *, flip: bool) -> None:
    """About its shoulders, flying to the right."""

    def put(outline: Outline) -> Outline:
        return moved(outline, *at, scale=scale, flip=flip)

    quills, arm = _wing((34, -10), (150, -236))
    c.shape(put(quills), mix(p.ink, p.haze, 0.15))
    c.shape(put(arm), mix(p.light, p.clay, 0.25))
    c.line(put([(-90, 10), (-226, 30)]), 8 * scale, p.clay)
    c.shape(put([(-80, -12), (-150, 4), (-142, 22), (-76, 24)]), p.ink)
    neck = path((-106, 8), ((-40, 26), (30, 22), (74, 2)), ((112, -14), (136, -20), (178, -20)))
    c.shape(put(ribbon(neck, (8, 48, 58, 38, 20, 22, 18))), p.light)
    c.shape(put([(172, -31), (268, -10), (172, -11)]), p.clay)
    c.disc(put([(166, -23)])[0], 4.4 * scale, p.ink)
    quills, arm = _wing((6, 0), (-112, -262))
    c.shape(put(quills), p.ink)
    c.shape(put(arm), p.light)


def _wing(shoulder: Point, tip: Point) -> tuple[Outline, Outline]:
    """Dark quills, spread like fingers at the tip, and the light arm over them."""
    (x, y), (ax, ay) = shoulder, (tip[0] - shoulder[0], tip[1] - shoulder[1])

    def put(outline: Outline) -> Outline:  # from (along the wing, forwards), in shares of its length
        return [(x + along * ax - forth * ay, y + along * ay + forth * ax) for along, forth in outline]

    lead = path((0, 0.13), ((0.3, 0.26), (0.6, 0.16), (0.8, 0.05)))
    trail = path((0.8, -0.17), ((0.6, -0.27), (0.3, -0.27), (0, -0.3)))
    fingers: Outline = []
    for k in range(5):
        forth = 0.05 - 0.055 * k
        fingers += [(0.8, forth), (1.04 - 0.045 * k, forth * 1.9 - 0.02), (0.8, forth - 0.045)]
    arm = path((0.82, 0.04), ((0.6, 0.0), (0.35, -0.1), (0, -0.16)))
    return put([*lead, *fingers, *trail]), put([*lead, *arm])
