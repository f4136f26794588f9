"""A medallion for a portrait: nobody in particular."""

from __future__ import annotations

from random import Random

from .canvas import Canvas
from .palettes import Palette, mix, veil
from .shapes import Outline, arc, mirrored, moved, path, ribbon, star

HEAD = path((0, -196), ((92, -196), (136, -130), (132, -34)), ((130, 52), (84, 146), (0, 150)))
"""Right side of a head about its own middle; the chin is at 150."""
SKIN = ("#dcaa7e", "#c98f63", "#b0764c", "#8d5a3b")
GREY = "#a7a196"


def medallion(c: Canvas, p: Palette, rng: Random, *, woman: bool) -> None:
    """A head and shoulders in a starred ring."""
    heart = (c.middle, 500.0)
    c.lattice(veil(p.light, 0.16), pitch=125, weight=3)
    for radius, tone in ((486, p.deep), (462, p.sand), (440, p.deep)):
        c.shape(star(heart, radius, points=16, inner=0.92), tone)
    c.disc(heart, 392, p.light)
    c.disc(heart, 378, mix(p.sky, p.haze, 0.5))
    c.disc((c.middle, 420), 260, veil(p.light, 0.28))
    with c.within(arc(heart, 378, 378, 0, 360, 120)):
        skin = rng.choice(SKIN)
        cloth, trim = rng.choice(((p.clay, p.deep), (p.accent, p.sand), (p.deep, p.sand)))
        (_woman if woman else _man)(c, p, rng, (skin, cloth, trim))


def _whole(right: Outline, x: float, y: float, scale: float = 1) -> Outline:
    return moved(mirrored(right, 0), x, y, scale=scale)


def _shade(c: Canvas, p: Palette, outline: Outline, opacity: float) -> None:
    """The side away from the light."""
    with c.within(outline):
        c.box(c.middle, 0, c.width, 1000, veil(p.ink, opacity))


def _man(c: Canvas, p: Palette, rng: Random, tones: tuple[str, str, str]) -> None:
    skin, cloth, trim = tones
    x, y = c.middle, 440.0
    hair = rng.choice((p.ink, p.ink, GREY))
    robe = _whole(path((70, 180), ((110, 226), (300, 240), (350, 460)), ((352, 480), (352, 500), (352, 560))), x, y)
    neck = _whole([(70, 60), (74, 200), (0, 286)], x, y)
    c.shape(robe, cloth)
    _shade(c, p, robe, 0.16)
    c.shape(_whole([(74, 176), (112, 204), (0, 420)], x, y), p.light)
    c.shape(neck, mix(skin, p.ink, 0.22))
    for side in (-1, 1):
        lapel = [(x + side * dx, y + dy) for dx, dy in ((74, 172), (128, 206), (96, 300), (0, 470))]
        c.shape(lapel, trim if trim != cloth else p.sand)
        c.disc((x + side * 134, y - 8), 26, mix(skin, p.ink, 0.12), 38)
    c.shape(_whole(HEAD, x, y), skin)
    if rng.random() < 0.6:
        beard = path((136, -50), ((128, 30), (112, 30), (96, 46)), ((60, 58), (20, 44), (0, 48)))
        chin = path((0, 196), ((96, 192), (146, 80), (136, -50)))
        c.shape(_whole([*beard[::-1], *chin[::-1]], x, y), hair)
    _shade(c, p, _whole(HEAD, x, y), 0.10)
    rng.choice((_turban, _cap, _hair, _hair))(c, p, (hair, trim), y)
    if rng.random() < 0.45:
        _glasses(c, p, y)


def _hair(c: Canvas, p: Palette, tones: tuple[str, str], y: float) -> None:
    top = path(
        (0, -232),
        ((120, -236), (168, -140), (138, -20)),
        ((136, -80), (110, -120), (60, -124)),
        ((30, -126), (10, -118), (0, -116)),
    )
    c.shape(_whole(top, c.middle, y), tones[0])


def _cap(c: Canvas, p: Palette, tones: tuple[str, str], y: float) -> None:
    _hair(c, p, tones, y)
    cap = _whole(
        path((0, -262), ((110, -262), (144, -220), (148, -120)), ((80, -146), (30, -150), (0, -150))), c.middle, y
    )
    c.shape(cap, p.light)
    with c.within(cap):
        for k in range(-4, 5):
            c.shape(star((c.middle + k * 44, y - 172 + abs(k) * 5), 19), tones[1])
    _shade(c, p, cap, 0.10)


def _turban(c: Canvas, p: Palette, tones: tuple[str, str], y: float) -> None:
    wrap = _whole(
        path((0, -300), ((140, -300), (200, -210), (160, -92)), ((100, -124), (40, -132), (0, -132))), c.middle, y
    )
    c.shape(wrap, p.light)
    with c.within(wrap):
        for k in range(5):
            fold = path(
                (c.middle - 200, y - 120 - k * 46),
                (
                    (c.middle - 60, y - 150 - k * 50),
                    (c.middle + 60, y - 210 - k * 40),
                    (c.middle + 210, y - 250 - k * 30),
                ),
            )
            c.shape(ribbon(fold, (5, 12, 5)), mix(p.light, p.sand, 0.75))
    _shade(c, p, wrap, 0.10)


def _woman(c: Canvas, p: Palette, rng: Random, tones: tuple[str, str, str]) -> None:
    skin, cloth, trim = tones
    x, y = c.middle, 450.0
    scarf = rng.choice([tone for tone in (p.light, p.clay, p.accent, p.deep) if tone != cloth])
    robe = _whole(path((60, 200), ((110, 236), (280, 250), (330, 460)), ((334, 480), (334, 500), (334, 560))), x, y)
    c.shape(robe, cloth)
    _shade(c, p, robe, 0.16)
    hood = _whole(
        path(
            (0, -252),
            ((140, -252), (196, -150), (190, -10)),
            ((184, 110), (214, 190), (250, 262)),
            ((150, 330), (60, 344), (0, 350)),
        ),
        x,
        y,
    )
    c.shape(hood, scarf)
    _shade(c, p, hood, 0.14)
    c.shape(
        _whole(path((0, -186), ((90, -186), (128, -124), (126, -30)), ((122, 60), (80, 148), (0, 164))), x, y, 1.04),
        mix(scarf, p.ink, 0.28),
    )
    c.shape(_whole(HEAD, x, y, 0.94), skin)
    _shade(c, p, _whole(HEAD, x, y, 0.94), 0.10)
    brow = _whole(path((0, -200), ((96, -200), (136, -130), (128, -40)), ((112, -96), (60, -132), (0, -134))), x, y)
    c.shape(brow, scarf)
    _shade(c, p, brow, 0.14)
    fold = path((x - 196, y + 150), ((x - 90, y + 230), (x + 90, y + 220), (x + 196, y + 120)))
    c.shape(ribbon(fold, (6, 54, 60, 4)), mix(scarf, p.ink, 0.1))
    drape = path((x + 150, y + 160), ((x + 190, y + 260), (x + 130, y + 360), (x + 150, y + 520)))
    c.shape(ribbon(drape, (30, 84, 96, 110)), mix(scarf, p.ink, 0.18))
    if rng.random() < 0.5:
        for k in range(7):
            c.shape(star((x - 160 + k * 46, y + 206 + 26 * (1 - ((k - 3) / 3) ** 2) - k * 11), 12), trim)
    if rng.random() < 0.45:
        _glasses(c, p, y + 6)


def _glasses(c: Canvas, p: Palette, y: float) -> None:
    for side in (-1, 1):
        c.disc((c.middle + side * 58, y - 40), 44, veil(p.light, 0.35))
        c.ring((c.middle + side * 58, y - 40), 46, 9, p.ink)
        c.line([(c.middle + side * 102, y - 44), (c.middle + side * 132, y - 52)], 8, p.ink)
    c.line([(c.middle - 16, y - 46), (c.middle + 16, y - 46)], 8, p.ink)
