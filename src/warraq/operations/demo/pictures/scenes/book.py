"""An open book on its folding stand, lit from behind."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Outline, Point, curve, moved, polar, ribbon, star


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.fade(p.sky, p.haze)
    c.lattice(veil(p.clay, 0.10), pitch=rng.choice((118, 132)), weight=1.6)
    heart = (c.middle, 430.0)
    rays = rng.choice((16, 24, 32))
    for k in range(rays):
        angle = k * 360 / rays
        tips = [polar(heart, 1300, angle - 90 / rays), polar(heart, 1300, angle + 90 / rays)]
        c.shape([heart, *tips], veil(p.light, 0.32))
    turn = 22.5 * rng.randrange(2)
    for radius, tone in ((410, p.sand), (384, p.light), (352, p.clay), (338, p.light)):
        c.shape(star(heart, radius, turn=turn), tone)
    c.disc(heart, 240, mix(p.sand, p.light, 0.55))
    c.box(0, 850, c.width, HEIGHT, p.deep)
    c.box(0, 850, c.width, 860, p.ink)
    _stand(c, p)
    panel = rng.choice((-1, 1))
    for side in (-1, 1):
        _page(c, p, side, ornate=side == panel, rng=rng)
    c.shape(ribbon([(c.middle, 446), (c.middle, 640)], (4, 8, 14)), p.deep)
    for _ in range(rng.randint(5, 8)):
        spark = (c.middle + rng.uniform(-330, 330), rng.uniform(110, 330))
        c.shape(star(spark, rng.uniform(9, 22), inner=0.42), p.clay)


def _stand(c: Canvas, p: Palette) -> None:
    for side in (-1, 1):
        plank = [(c.middle + side * x, y) for x, y in ((-60, 640), (40, 640), (380, 920), (250, 920), (214, 892))]
        c.shape(plank, p.clay if side > 0 else mix(p.clay, p.deep, 0.45))
        upper = [(c.middle + side * x, y) for x, y in ((0, 700), (70, 736), (452, 588), (440, 556))]
        c.shape(upper, mix(p.clay, p.deep, 0.25 if side > 0 else 0.6))


def _page(c: Canvas, p: Palette, side: int, *, ornate: bool, rng: Random) -> None:
    def lay(x: float, y: float) -> Point:
        """From the flat page (0 to 1 from spine to edge and from head to foot) to the bent one."""
        bend = curve((0, 60), (120, -36), (300, -52), (430, 0))[round(x * 24)]
        return c.middle + side * bend[0], 396 + bend[1] + y * (246 - 46 * x) + 10 * x

    def patch(x0: float, y0: float, x1: float, y1: float) -> Outline:
        across = [x0 + (x1 - x0) * k / 24 for k in range(25)]
        return [lay(x, y0) for x in across] + [lay(x, y1) for x in reversed(across)]

    for k, tone in enumerate((p.deep, p.sand, p.light, p.sand)):
        c.shape(moved(patch(0, 0, 1, 1), side * (14 - 4 * k), 26 - 8 * k), tone)
    c.shape(patch(0, 0, 1, 1), p.light)
    c.shape(patch(0, 0, 0.16, 1), veil(p.sand, 0.55))
    c.shape(patch(0, 0, 0.07, 1), veil(p.deep, 0.25))
    if ornate:
        c.shape(patch(0.22, 0.12, 0.92, 0.88), p.accent)
        c.shape(patch(0.25, 0.16, 0.89, 0.84), p.light)
        heart = lay(0.58, 0.5)
        for radius, tone in ((84, p.clay), (66, p.sand), (46, p.accent), (22, p.light)):
            c.shape(star(heart, radius, points=16 if radius == 84 else 8, inner=0.84 if radius == 84 else 0.765), tone)
    else:
        c.shape(patch(0.24, 0.12, 0.9, 0.24), p.accent)
        for k in range(7):
            end = 0.9 if side < 0 else 0.24 + rng.choice((0, 0, 0.08, 0.2))
            start = 0.24 + rng.choice((0, 0, 0.08, 0.2)) if side < 0 else 0.9
            y = 0.31 + k * 0.085
            c.shape(patch(min(start, end), y, max(start, end), y + 0.03), veil(p.ink, 0.72))
