"""What several compositions stand on."""

from __future__ import annotations

from random import Random

from ..canvas import HEIGHT, Canvas
from ..palettes import Palette, mix
from ..shapes import Point, path


def sunlit(c: Canvas, p: Palette, sun: Point, radius: float) -> None:
    c.fade(p.sky, p.haze)
    c.halo(sun, radius, p.light)
    c.disc(sun, radius, mix(p.sand, p.light, 0.2))


def dunes(c: Canvas, tones: list[str], top: float, rng: Random) -> None:
    for k, tone in enumerate(tones):
        y = top + k * 84
        peak = c.width * rng.uniform(0.2, 0.8)
        ridge = path(
            (-20, y + 60),
            ((peak * 0.5, y + 60), (peak * 0.8, y - 66), (peak, y - 60)),
            ((peak + 200, y - 40), (c.width * 0.85, y + 70), (c.width + 20, y + 10)),
        )
        c.shape([*ridge, (c.width + 20, HEIGHT), (-20, HEIGHT)], tone)
        lee = path((peak, y - 60), ((peak + 40, y + 30), (peak - 120, y + 120), (peak + 60, HEIGHT)))
        c.shape(
            [
                *lee,
                *path((c.width + 20, HEIGHT), ((c.width, HEIGHT), (c.width, y + 10), (c.width + 20, y + 10))),
                *reversed(ridge[25:]),
            ],
            mix(tone, "#000000", 0.12),
        )
