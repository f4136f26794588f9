"""A pot and cups on a bordered cloth before a low sun."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, mirrored, moved, path, ribbon, star


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    table = 770.0
    c.fade(p.sky, p.haze, until=table)
    c.lattice(veil(p.clay, 0.13), pitch=rng.choice((110, 125, 140)), weight=1.8)
    sun = (c.middle + side * 40, 470.0)
    c.halo(sun, 300, p.light)
    c.disc(sun, 300, mix(p.sand, p.light, 0.62))
    _cloth(c, p, table)
    _pot(c, p, c.middle + side * 225, table + 62, side)
    _cup(c, p, c.middle - side * 232, table + 92, 1.18, rng)
    if rng.random() < 0.6:
        _cup(c, p, c.middle - side * 560, table + 70, 0.8, rng)


def _cloth(c: Canvas, p: Palette, top: float) -> None:
    c.box(0, top, c.width, HEIGHT, p.accent)
    c.box(0, top, c.width, top + 10, mix(p.accent, p.ink, 0.45))
    band = HEIGHT - 66
    c.box(0, band - 40, c.width, band + 40, mix(p.accent, p.ink, 0.45))
    for k in range(int(c.width / 84) + 3):
        x = c.middle + (k - int(c.width / 168) - 1) * 84
        c.shape(star((x, band), 34), p.sand)
        c.shape(star((x, band), 17, turn=22.5), mix(p.accent, p.ink, 0.45))
    for y in (band - 52, band + 48):
        c.box(0, y, c.width, y + 4, p.sand)


def _pot(c: Canvas, p: Palette, x: float, foot: float, side: int) -> None:
    size = 1.22
    right = path(
        (0, -470),
        ((10, -462), (12, -446), (5, -436)),
        ((14, -426), (20, -418), (26, -402)),
        ((66, -386), (84, -352), (88, -330)),
        ((70, -312), (60, -282), (64, -250)),
        ((78, -196), (132, -156), (138, -84)),
        ((140, -40), (122, -10), (112, 0)),
    )
    body = moved(mirrored(right, 0), x, foot, scale=size)
    spout = path(
        (56, -250),
        ((116, -262), (140, -330), (196, -384)),
        ((206, -372), (196, -352), (192, -330)),
        ((170, -250), (150, -150), (92, -130)),
    )
    handle = path((-60, -318), ((-196, -350), (-214, -190), (-130, -96)))
    c.disc((x, foot + 4), 208, veil(p.ink, 0.30), 22)
    c.shape(ribbon(moved(handle, x, foot, flip=side > 0, scale=size), (16, 28, 28, 16)), p.deep)
    c.shape(moved(spout, x, foot, flip=side > 0, scale=size), p.deep)
    c.shape(body, p.clay)
    with c.within(body):
        edge = (x - side * 300) if side < 0 else x + 300
        c.box(min(x, edge), foot - 600, max(x, edge), foot, veil(p.deep, 0.42))
        for y in (-308, -284, -406):
            c.box(x - 240, foot + y, x + 240, foot + y + 9, p.sand)
        c.box(x - 240, foot - 140, x + 240, foot - 66, p.deep)
        for k in range(-4, 5):
            c.shape(star((x + k * 60, foot - 103), 29), p.sand)
            c.shape(star((x + k * 60, foot - 103), 13, turn=22.5), p.deep)
        c.box(x - 240, foot - 16, x + 240, foot, p.deep)


def _cup(c: Canvas, p: Palette, x: float, foot: float, scale: float, rng: Random) -> None:
    right = path((132, -190), ((128, -110), (98, -44), (52, -26)), ((52, -12), (64, -4), (70, 0)))
    body = moved(mirrored(right, 0), x, foot, scale=scale)
    rim = foot - 190 * scale
    c.disc((x, foot + 6 * scale), 176 * scale, veil(p.ink, 0.30), 24 * scale)
    c.disc((x, foot - 2 * scale), 160 * scale, p.sand, 22 * scale)
    c.disc((x, foot - 6 * scale), 150 * scale, p.light, 18 * scale)
    c.shape(body, p.light)
    with c.within(body):
        c.box(x + 34 * scale, rim, x + 200 * scale, foot, veil(p.sand, 0.45))
        c.box(x - 200, rim + 44 * scale, x + 200, rim + 50 * scale, p.accent)
        c.box(x - 200, rim + 108 * scale, x + 200, rim + 114 * scale, p.accent)
        for k in range(-3, 4):
            c.shape(star((x + k * 52 * scale, rim + 79 * scale), 25 * scale), p.accent)
            c.shape(star((x + k * 52 * scale, rim + 79 * scale), 11 * scale, turn=22.5), p.light)
    c.disc((x, rim), 132 * scale, p.light, 24 * scale)
    c.disc((x, rim + 2), 120 * scale, "#2b1710", 18 * scale)
    c.disc((x - 10 * scale, rim + 5), 86 * scale, "#52301f", 9 * scale)
    for k, lean in enumerate(rng.sample((-46, 0, 46), 3)):
        _steam(c, p, (x + lean * scale, rim - 14 * scale), (230 + 46 * k) * scale, scale, rng)


def _steam(c: Canvas, p: Palette, foot: Point, height: float, scale: float, rng: Random) -> None:
    sway = rng.choice((-1, 1)) * 58 * scale
    x, y = foot
    spine = path(
        foot,
        ((x + sway, y - height * 0.22), (x - sway, y - height * 0.34), (x, y - height * 0.55)),
        ((x + sway * 0.8, y - height * 0.72), (x - sway * 0.4, y - height * 0.9), (x + sway * 0.3, y - height)),
    )
    c.shape(ribbon(spine, (3, 20 * scale, 14 * scale, 20 * scale, 2)), veil(p.light, 0.82))
