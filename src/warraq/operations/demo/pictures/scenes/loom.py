"""Cloth half woven: bare warp above, bands of pattern below, the shuttle where they meet."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, veil
from ..shapes import moved, path, polar, star, wave


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.box(0, 0, c.width, HEIGHT, p.deep)
    c.halo((c.middle, 180), 320, p.clay, rings=4, opacity=0.14)
    left, right, edge = c.middle - 620, c.middle + 620, 388.0
    for k in range(125):
        x = left + (right - left) * k / 124
        tone = p.light if k % 9 else p.sand
        c.line([(x, 96), (x, edge + 10)], 3.2, tone)
    for beam, tone in ((60, p.ink), (54, p.clay)):
        c.box(left - 90, beam, right + 90, beam + 52, tone)
    for x in (left - 60, right + 60):
        c.shape(star((x, 80), 22), p.sand)
    c.box(left - 40, 250, right + 40, 270, p.sand)
    c.box(left - 40, 266, right + 40, 272, p.ink)
    y = edge
    bands = [_diamonds, _zigzag, _triangles, _stars, _comb]
    rng.shuffle(bands)
    inks = [p.clay, p.light, p.accent, p.sand, p.ink]
    turn = rng.randrange(5)
    cloth = [(left, edge), (right, edge), (right, HEIGHT), (left, HEIGHT)]
    with c.within(cloth):
        for k, band in enumerate(bands):
            tall = 150 if band in (_diamonds, _stars) else 92
            ground, figure, detail = (inks[(turn + k * 2 + j) % 5] for j in (0, 1, 3))
            c.box(left, y, right, y + tall, ground)
            band(c, y, tall, figure, detail)
            c.box(left, y + tall, right, y + tall + 8, p.ink)
            c.box(left, y + tall + 8, right, y + tall + 20, p.light)
            c.box(left, y + tall + 20, right, y + tall + 26, p.clay)
            y += tall + 26
        for k in range(0, 1240, 10):
            c.line([(left + k, edge), (left + k, HEIGHT)], 1.2, veil(p.ink, 0.10))
    _shuttle(c, p, c.middle + rng.uniform(-240, 240), edge - 40)


def _across(c: Canvas, step: float) -> list[float]:
    count = int(1300 / step / 2) + 1
    return [c.middle + k * step for k in range(-count, count + 1)]


def _diamonds(c: Canvas, y: float, tall: float, figure: str, detail: str) -> None:
    for x in _across(c, tall * 1.1):
        for share, tone in ((0.48, figure), (0.32, detail), (0.16, figure)):
            c.shape([polar((x, y + tall / 2), tall * share, a) for a in (0, 90, 180, 270)], tone)
        for dy in (0.14, 0.86):
            c.shape([polar((x + tall * 0.55, y + tall * dy), tall * 0.12, a) for a in (0, 90, 180, 270)], detail)


def _zigzag(c: Canvas, y: float, tall: float, figure: str, detail: str) -> None:
    half = tall * 0.5
    for shift, tone in ((0.26, figure), (0.54, detail)):
        line = [(x, y + tall * (shift + (0.24 if k % 2 else 0))) for k, x in enumerate(_across(c, half))]
        c.line(line, tall * 0.13, tone)


def _triangles(c: Canvas, y: float, tall: float, figure: str, detail: str) -> None:
    for x in _across(c, tall * 0.8):
        half = tall * 0.4
        c.shape([(x - half, y + tall), (x + half, y + tall), (x, y + tall * 0.1)], figure)
        c.shape([(x - half * 0.5, y + tall), (x + half * 0.5, y + tall), (x, y + tall * 0.52)], detail)


def _stars(c: Canvas, y: float, tall: float, figure: str, detail: str) -> None:
    for x in _across(c, tall):
        c.shape(star((x, y + tall / 2), tall * 0.46), figure)
        c.shape(star((x, y + tall / 2), tall * 0.26, turn=22.5), detail)
        c.shape(star((x, y + tall / 2), tall * 0.12), figure)


def _comb(c: Canvas, y: float, tall: float, figure: str, detail: str) -> None:
    for k, x in enumerate(_across(c, tall * 0.28)):
        tone = figure if k % 2 else detail
        c.box(
            x - tall * 0.08,
            y + tall * (0.12 if k % 2 else 0.4),
            x + tall * 0.08,
            y + tall * (0.6 if k % 2 else 0.88),
            tone,
        )


def _shuttle(c: Canvas, p: Palette, x: float, y: float) -> None:
    body = path(
        (x - 190, y),
        ((x - 90, y - 58), (x + 90, y - 58), (x + 190, y)),
        ((x + 90, y + 58), (x - 90, y + 58), (x - 190, y)),
    )
    c.line(wave(x + 180, c.middle + 640, y + 24, 8, 190), 5, p.clay)
    c.shape(moved(body, 6, 14), veil(p.ink, 0.4))
    c.shape(body, p.sand)
    c.shape(moved(body, x * 0.45, y * 0.45, scale=0.55), p.deep)
    for k in range(-7, 8):
        c.line([(x + k * 11 - 6, y - 17), (x + k * 11 + 6, y + 17)], 8, p.clay)
