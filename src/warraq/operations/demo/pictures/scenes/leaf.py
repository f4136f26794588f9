"""A branch in fruit before a niche."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix, veil
from ..shapes import leaf, path, pointed, polar, ribbon


def draw(c: Canvas, p: Palette, rng: Random) -> None:
    c.fade(p.sky, p.haze)
    c.lattice(veil(p.clay, 0.16), pitch=125, weight=2)
    for k, tone in enumerate((p.deep, p.sand, p.light)):
        half = 520 - 22 * k
        c.shape(pointed(c.middle, half, 470, 410 - 22 * k, HEIGHT), tone)
    niche = pointed(c.middle, 476, 470, 366, HEIGHT)
    with c.within(niche):
        c.halo((c.middle, 420), 210, p.sand, rings=3, opacity=0.22)
        c.disc((c.middle, 420), 210, mix(p.sand, p.light, 0.3))
    side = rng.choice((-1, 1))
    stem = path(
        (c.middle - side * 90, 1000),
        ((c.middle - side * 150, 760), (c.middle + side * 130, 560), (c.middle + side * 20, 200)),
    )
    c.shape(ribbon(stem, (22, 16, 6)), p.deep)
    pairs, turned, fruit = rng.randint(5, 7), rng.randrange(4), rng.choice((p.clay, p.sand, p.accent))
    for k in range(pairs):
        at = 3 + round(k * (len(stem) - 5) / (pairs - 1))
        foot = stem[at]
        reach = 270 - 22 * k + rng.uniform(-14, 14)
        for way in (-1, 1):
            angle = -90 + way * (66 - 5 * k + rng.uniform(-6, 6))
            lit, dark = leaf(foot, polar(foot, reach, angle), 0.27)
            green = mix(p.leaf, p.sand, 0.22) if (k + way) % 4 == turned else p.leaf
            tones = (green, mix(green, p.ink, 0.34))
            c.shape(lit, tones[way < 0])
            c.shape(dark, tones[way > 0])
            c.line([foot, polar(foot, reach * 0.94, angle)], 3, p.light)
        if k < pairs - 1:
            for turn in rng.sample((20, 75, 130, 200), rng.randint(2, 3)):
                berry = polar(foot, 30, turn)
                c.disc(berry, 24, mix(fruit, p.ink, 0.35))
                c.disc((berry[0] - 3, berry[1] - 3), 20, fruit)
                c.disc((berry[0] - 8, berry[1] - 8), 5, p.light)
    tip = stem[-1]
    lit, dark = leaf((tip[0], tip[1] + 10), polar(tip, 130, -90 + side * 8), 0.24)
    c.shape(lit, p.leaf)
    c.shape(dark, mix(p.leaf, p.ink, 0.34))
