"""Somebody asleep under a window of night."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Outline, crescent, mirrored, moved, path, pointed, star

SKIN = ("#dcaa7e", "#c98f63", "#b0764c")


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    c.box(0, 0, c.width, HEIGHT, p.deep)
    c.lattice(veil(p.sand, 0.16), pitch=118, weight=1.8, bottom=860)
    _window(c, p, rng, side)
    c.box(0, 900, c.width, HEIGHT, p.ink)
    for k in range(-8, 9):
        c.shape(star((c.middle + k * 112, 952), 26), mix(p.ink, p.clay, 0.55))
    _bed(c, p, rng, side)


def _window(c: Canvas, p: Palette, rng: Random, side: int) -> None:
    x, tones = c.middle, (p.sand, p.ink, p.sky)
    for k, tone in enumerate(tones):
        c.shape(pointed(x, 430 - 18 * k, 330, 300 - 18 * k, 760), tone)
    pane = pointed(x, 394, 330, 264, 760)
    with c.within(pane):
        c.fade(p.sky, p.haze, until=760)
        moon = (x + side * 150, 260.0)
        c.halo(moon, 96, p.light, rings=4, opacity=0.1)
        c.shape(crescent(moon, 92, turn=200 if side > 0 else -20), p.light)
        for _ in range(70):
            c.disc((x + rng.uniform(-390, 390), rng.uniform(60, 640)), rng.uniform(1.4, 3.6), veil(p.light, 0.85))
        for _ in range(5):
            c.shape(star((x - side * rng.uniform(30, 340), rng.uniform(150, 520)), 24, inner=0.4), p.sand)
        for dx, half in ((-300, 90), (-60, 120), (240, 100)):
            roof = path((0, -1), ((0.5, -0.98), (0.98, -0.5), (1, 0)))
            c.shape(moved(mirrored(roof, 0), x + dx, 690, scale=half), mix(p.sky, p.ink, 0.6))
        c.box(x - 400, 688, x + 400, 770, mix(p.sky, p.ink, 0.6))
    c.box(x - 7, 66, x + 7, 760, p.ink)
    c.box(x - 394, 396, x + 394, 408, p.ink)


def _bed(c: Canvas, p: Palette, rng: Random, side: int) -> None:
    def put(outline: Outline) -> Outline:
        return moved(outline, c.middle, 0, flip=side < 0)

    board = pointed(-590, 120, 640, 110, 920)
    c.shape(put(board), p.clay)
    c.shape(put(pointed(-590, 96, 646, 84, 920)), mix(p.clay, p.ink, 0.3))
    c.shape(put(star((-590, 690), 54)), p.sand)
    c.shape(put([(-640, 800), (640, 800), (640, 884), (-640, 884)]), mix(p.light, p.sand, 0.45))
    for x in (-620, 590):
        c.shape(put([(x, 880), (x + 34, 880), (x + 28, 940), (x + 6, 940)]), p.clay)
    c.shape(put([(-640, 868), (640, 868), (640, 896), (-640, 896)]), p.clay)
    pillow = path((-600, 800), ((-640, 720), (-560, 690), (-470, 700)), ((-380, 694), (-300, 720), (-320, 800)))
    c.shape(put(pillow), p.light)
    c.shape(put(path((-560, 800), ((-520, 770), (-420, 770), (-340, 800)))), mix(p.light, p.sand, 0.5))
    hair = path((-490, 750), ((-500, 640), (-330, 620), (-310, 710)), ((-320, 780), (-450, 820), (-490, 750)))
    c.shape(put(hair), p.ink)
    skin = rng.choice(SKIN)
    brow = path((-440, 724), ((-420, 660), (-330, 650), (-312, 716)), ((-300, 780), (-400, 800), (-440, 724)))
    c.shape(put(brow), skin)
    c.line(put(path((-392, 708), ((-384, 720), (-366, 720), (-358, 706)))), 6, p.ink)
    _blanket(c, p, put)


def _blanket(c: Canvas, p: Palette, put: Callable[[Outline], Outline]) -> None:
    fold = path((-330, 884), ((-350, 740), (-300, 700), (-210, 690)), ((20, 640), (160, 720), (330, 730)))
    feet = path((330, 730), ((400, 730), (430, 690), (490, 700)), ((600, 720), (650, 780), (650, 884)))
    cover = put([*fold, *feet[1:]])
    c.shape(cover, p.accent)
    with c.within(cover):
        for k in range(14):
            stripe = path((-250 + k * 74, 620), ((-270 + k * 74, 720), (-250 + k * 74, 800), (-230 + k * 74, 900)))
            c.line(put(stripe), 9 if k % 2 else 22, p.sand if k % 2 else mix(p.accent, p.ink, 0.35))
        c.line(put(path((-316, 900), ((-330, 750), (-290, 712), (-200, 700)))), 52, p.light)
    c.shape(put([(-330, 880), (650, 880), (650, 896), (-330, 896)]), mix(p.accent, p.ink, 0.5))
