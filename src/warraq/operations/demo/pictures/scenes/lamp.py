"""Glass lamps hung in an arch."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, leaf, mirrored, moved, path, pointed, star


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.box(0, 0, c.width, HEIGHT, p.deep)
    c.lattice(veil(p.sand, 0.22), pitch=rng.choice((104, 118)), weight=1.8)
    for k, tone in enumerate((p.sand, p.ink, p.sky)):
        c.shape(pointed(c.middle, 610 - 20 * k, 470, 440 - 20 * k, HEIGHT), tone)
    with c.within(pointed(c.middle, 570, 470, 400, HEIGHT)):
        c.fade(p.sky, p.haze)
        c.halo((c.middle, 560), 210, p.sand, rings=5, opacity=0.13)
        for _ in range(26):
            c.disc((rng.uniform(c.middle - 560, c.middle + 560), rng.uniform(80, 980)), rng.uniform(1.5, 4), p.light)
    spread, drop = rng.uniform(330, 370), rng.uniform(-60, 40)
    for x, y, scale in ((-spread, 420 + drop, 0.56), (spread, 420 + drop, 0.56), (0, 470, 1.0)):
        _mosque_lamp(c, p, (c.middle + x, y), scale)


def _mosque_lamp(c: Canvas, p: Palette, neck: Point, scale: float) -> None:
    x, y = neck
    right = path(
        (138, -150),
        ((120, -80), (84, -30), (66, 0)),
        ((160, 30), (200, 90), (180, 150)),
        ((160, 220), (96, 250), (54, 262)),
        ((50, 290), (78, 316), (98, 326)),
    )
    glass = moved(mirrored(right, 0), x, y, scale=scale)
    c.halo((x, y + 90 * scale), 150 * scale, p.light, rings=4, opacity=0.10)
    ring = (x, y - 330 * scale)
    c.line([(x, -10), ring], 5 * scale + 1, p.sand)
    for end in (-178, 178):
        c.line([ring, (x + end * scale, y + 96 * scale)], 4 * scale + 0.6, p.sand)
    c.shape(star(ring, 30 * scale), p.sand)
    c.disc((x, y - 150 * scale), 138 * scale, mix(p.sand, p.clay, 0.4), 16 * scale)
    c.shape(glass, mix(p.sand, p.clay, 0.18))
    flame = (x, y + 84 * scale)
    with c.within(glass):
        for k, reach in enumerate((260, 205, 150, 100)):
            c.disc(flame, reach * scale, mix(p.sand, p.light, 0.25 + 0.22 * k))
        for top, tall, tone in (
            (-150, 14, p.clay),
            (-106, 56, p.deep),
            (-6, 14, p.clay),
            (170, 44, p.deep),
            (256, 12, p.clay),
            (300, 40, p.clay),
        ):
            c.box(x - 300, y + top * scale, x + 300, y + (top + tall) * scale, tone)
        for k in range(-4, 5):
            c.shape(star((x + k * 48 * scale, y - 78 * scale), 23 * scale), p.sand)
            c.shape(star((x + k * 44 * scale, y + 192 * scale), 18 * scale), p.accent)
        for lean, tone in ((0.34, p.clay), (0.2, p.sand)):
            halves = leaf((x, flame[1] + 54 * scale), (x, flame[1] - 54 * scale * (lean + 0.6)), lean)
            c.shape(halves[0] + halves[1][::-1], tone)
    for side in (-1, 1):
        c.disc((x + side * 182 * scale, y + 100 * scale), 17 * scale, p.clay)
        c.disc((x + side * 182 * scale, y + 100 * scale), 8 * scale, p.sand)
