"""A reed pen at the end of one broad stroke, with the diamonds that measure it."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Outline, Point, mirrored, moved, nib, path, polar, ribbon, star


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.fade(p.sky, mix(p.sky, p.haze, 0.6))
    c.box(0, 880, c.width, HEIGHT, p.deep)
    sheet = [(c.middle - 700, 92), (c.middle + 690, 70), (c.middle + 720, 900), (c.middle - 730, 914)]
    c.shape(moved(sheet, 14, 18), veil(p.ink, 0.28))
    c.shape(sheet, p.light)
    with c.within(sheet):
        for ruled in range(190, 900, 118):
            c.line([(0, ruled), (c.width, ruled - 10)], 1.6, veil(p.clay, 0.35))
        c.shape(star((c.middle - 20, 500), 300), veil(p.sand, 0.28))
        c.shape(star((c.middle - 20, 500), 250), p.light)
    stroke, dots = rng.choice((_nun, _ba, _shin))(c.middle - 20)
    for piece in nib(stroke, 96, -58):
        c.shape(piece, p.ink)
    for x, y in dots:
        c.shape([polar((x, y), 56, a) for a in (-58, 32, 122, 212)], p.clay)
    _reed(c, p, stroke[-1])
    _well(c, p, c.middle - 560, 900)


def _nun(x: float) -> tuple[Outline, list[Point]]:
    bowl = path(
        (x + 292, 330), ((x + 372, 560), (x + 250, 740), (x, 740)), ((x - 230, 740), (x - 372, 590), (x - 300, 392))
    )
    return bowl, [(x + 8, 380)]


def _ba(x: float) -> tuple[Outline, list[Point]]:
    boat = path(
        (x + 420, 400),
        ((x + 470, 520), (x + 420, 610), (x + 180, 610)),
        ((x - 120, 610), (x - 400, 610), (x - 404, 410)),
    )
    return boat, [(x - 10, 772)]


def _shin(x: float) -> tuple[Outline, list[Point]]:
    teeth = path(
        (x + 400, 330),
        ((x + 420, 470), (x + 320, 480), (x + 296, 372)),
        ((x + 300, 480), (x + 190, 486), (x + 166, 380)),
        ((x + 220, 560), (x + 150, 730), (x - 60, 730)),
        ((x - 270, 730), (x - 380, 600), (x - 330, 430)),
    )
    return teeth, [(x + 220, 270), (x + 346, 262), (x + 282, 178)]


def _reed(c: Canvas, p: Palette, tip: Point) -> None:
    x, y = tip
    far = polar(tip, 900, -72)
    spine = [polar(tip, d, -72) for d in (0, 60, 130, 200)]
    shaft = ribbon([spine[2], far], (58, 58))
    c.shape(moved(ribbon([tip, *spine[1:], far], (10, 40, 58, 58, 58)), 34, 22), veil(p.ink, 0.16))
    c.shape(ribbon(spine[:3], (44, 46, 58)), p.sand)
    c.shape(ribbon([(x, y), spine[1]], (46, 46)), p.ink)
    c.shape(shaft, p.clay)
    c.shape(ribbon([polar(spine[2], 17, 18), polar(far, 17, 18)], (24, 24)), mix(p.clay, p.deep, 0.5))
    for distance in (330, 352, 640):
        knot = [polar(tip, distance, -72), polar(tip, distance + 10, -72)]
        c.shape(ribbon(knot, (66, 66)), p.deep)


def _well(c: Canvas, p: Palette, x: float, foot: float) -> None:
    right = path((52, -176), ((52, -166), (46, -160), (40, -150)), ((120, -140), (132, -60), (112, 0)))
    body = moved(mirrored(right, 0), x, foot)
    c.disc((x, foot), 150, veil(p.ink, 0.35), 18)
    c.shape(body, p.accent)
    with c.within(body):
        c.box(x, foot - 200, x + 200, foot, veil(p.ink, 0.22))
        c.box(x - 200, foot - 98, x + 200, foot - 40, p.deep)
        for k in range(-3, 4):
            c.shape(star((x + k * 50, foot - 69), 23), p.sand)
    c.disc((x, foot - 176), 54, p.sand, 12)
    c.disc((x, foot - 175), 42, p.ink, 8)
