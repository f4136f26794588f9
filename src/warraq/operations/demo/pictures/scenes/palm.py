"""Palms over dunes and a pool."""

from __future__ import annotations

from random import Random

from ..canvas import Canvas
from ..palettes import Palette, mix, veil
from ..shapes import Point, curve, polar, ribbon
from .ground import dunes, sunlit


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    side = rng.choice((-1, 1))
    sunlit(c, p, (c.middle + side * rng.uniform(60, 200), 430), 260)
    c.lattice(veil(p.clay, 0.07), pitch=125, weight=1.6, bottom=600)
    dunes(c, [mix(p.sand, p.haze, 0.35), p.sand, mix(p.sand, p.clay, 0.45)], 690, rng)
    pool = (c.middle - side * 180, 962.0)
    c.disc(pool, 420, mix(p.clay, p.deep, 0.5), 56)
    c.disc((pool[0], pool[1] + 6), 412, p.water, 50)
    for k in range(4):
        y = pool[1] - 20 + k * 18
        c.line([(pool[0] - 200 + k * 40, y), (pool[0] - 20 + k * 50, y)], 4, veil(p.light, 0.7))
    for x, foot, tall, lean in ((-330, 872, 420, -60), (330, 880, 350, 70), (-20, 892, 620, 50)):
        crown = (c.middle + side * (x + lean) + rng.uniform(-20, 20), foot - tall)
        _palm_tree(c, p, (c.middle + side * x, foot), crown, 0.62 + tall / 1700, rng)


def _palm_tree(c: Canvas, p: Palette, foot: Point, crown: Point, scale: float, rng: Random) -> None:
    c.disc((foot[0], foot[1] + 2), 90 * scale, veil(p.ink, 0.25), 13 * scale)
    rise = foot[1] - crown[1]
    trunk = curve(foot, (foot[0], foot[1] - rise * 0.4), (crown[0], crown[1] + rise * 0.3), crown)
    c.shape(ribbon(trunk, (54 * scale, 36 * scale, 30 * scale, 34 * scale)), p.deep)
    for k in range(1, len(trunk) - 1):
        x, y = trunk[k]
        half = (20 - 6 * k / len(trunk)) * scale
        c.line([(x - half, y - 5), (x, y + 4), (x + half, y - 5)], 4 * scale, mix(p.deep, p.sand, 0.45))
    angles = [-176, -150, -122, -96, -72, -44, -18, 8, 172]
    for k, angle in enumerate(sorted(angles, key=lambda a: -abs(abs(a) - 90))):
        _frond(
            c,
            crown,
            angle + rng.uniform(-6, 6),
            262 * scale,
            (mix(p.leaf, p.ink, 0.5), mix(p.leaf, p.ink, 0.25), p.leaf)[min(k // 3, 2)],
            scale,
        )
    for dx in (-34, -12, 14, 36):
        for k in range(5):
            c.disc(
                (crown[0] + dx * scale * (1 + 0.08 * k), crown[1] + (22 + k * 15) * scale),
                10 * scale,
                p.clay if k % 2 else p.sand,
            )


def _frond(c: Canvas, foot: Point, angle: float, length: float, tone: str, scale: float) -> None:
    out = polar(foot, length, angle)
    droop = length * (0.5 if abs(abs(angle) - 90) > 25 else 0.28)
    tip = (out[0], out[1] + droop)
    spine = curve(
        foot, polar(foot, length * 0.45, angle - (6 if angle > -90 else -6)), (out[0], out[1] - droop * 0.1), tip, 22
    )
    c.shape(ribbon(spine, (9 * scale, 8 * scale, 2)), tone)
    for k in range(3, 22):
        x, y = spine[k]
        reach = length * 0.25 * (1 - abs(k - 9) / 17)
        way = 1 if tip[0] > foot[0] else -1
        for drop in (0.95, -0.12):
            blade = (x + way * reach * 0.55, y + reach * drop)
            c.shape([(x - 6 * scale, y - 3), (x + 6 * scale, y + 3), blade], tone)
