"""Outlines as lists of points; nothing here draws. Angles in degrees, clockwise from the right, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, radians, sin

Point = tuple[float, float]
Outline = list[Point]

KHATAM = cos(radians(45)) / cos(radians(22.5))
"""Inner to outer radius of the eight-fold star that two crossed squares make."""


def polar(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def star(centre: Point, radius: float, *, points: int = 8, inner: float = KHATAM, turn: float = 0) -> Outline:
    step = 180 / points
    return [polar(centre, radius * (inner if k % 2 else 1), turn + k * step) for k in range(2 * points)]


def arc(centre: Point, rx: float, ry: float, start: float, end: float, steps: int = 40) -> Outline:
    angles = (radians(start + (end - start) * k / steps) for k in range(steps + 1))
    return [(centre[0] + rx * cos(a), centre[1] + ry * sin(a)) for a in angles]


def curve(p0: Point, p1: Point, p2: Point, p3: Point, steps: int = 24) -> Outline:
    """A cubic Bézier curve."""
    points = []
    for k in range(steps + 1):
        t = k / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        points.append((a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0], a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1]))
    return points


def path(start: Point, *bends: tuple[Point, Point, Point]) -> Outline:
    """Bézier curves end to end; each bend is two handles and an end."""
    points = [start]
    for first, second, end in bends:
        points += curve(points[-1], first, second, end)[1:]
    return points


def mirrored(right: Sequence[Point], x: float) -> Outline:
    """A vessel or a dome from its right side, given as (distance from the axis, y) from the top down."""
    return [(x + dx, y) for dx, y in right] + [(x - dx, y) for dx, y in reversed(right)]


def moved(outline: Sequence[Point], dx: float, dy: float = 0, *, scale: float = 1, flip: bool = False) -> Outline:
    """Scaled about the origin, flipped left to right if asked, then moved."""
    sx = -scale if flip else scale
    return [(x * sx + dx, y * scale + dy) for x, y in outline]


def pointed(x: float, half: float, spring: float, rise: float, base: float) -> Outline:
    """A pointed arch on two legs, from its left foot round to its right foot."""
    left = curve(
        (x - half, spring),
        (x - half, spring - 0.62 * rise),
        (x - 0.42 * half, spring - 0.86 * rise),
        (x, spring - rise),
    )
    right = [(2 * x - px, py) for px, py in reversed(left)]
    return [(x - half, base), *left, *right[1:], (x + half, base)]


def horseshoe(x: float, half: float, spring: float, base: float) -> Outline:
    """A round arch that turns in a little below its middle, on two legs."""
    bow = arc((x, spring), half, half, 180 - 24, 360 + 24, 48)
    return [(bow[0][0], base), *bow, (bow[-1][0], base)]


def ribbon(spine: Sequence[Point], widths: Sequence[float]) -> Outline:
    """A band along a line; `widths` are spread evenly over its length."""
    left, right = [], []
    last = len(spine) - 1
    for k, (x, y) in enumerate(spine):
        (x0, y0), (x1, y1) = spine[max(k - 1, 0)], spine[min(k + 1, last)]
        length = hypot(x1 - x0, y1 - y0) or 1
        place = k / last * (len(widths) - 1)
        low = min(int(place), len(widths) - 2)
        half = (widths[low] + (widths[low + 1] - widths[low]) * (place - low)) / 2
        nx, ny = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def nib(line: Sequence[Point], width: float, angle: float) -> list[Outline]:
    """What a broad pen held at `angle` leaves along a line: one quadrilateral a step."""
    dx, dy = width / 2 * cos(radians(angle)), width / 2 * sin(radians(angle))
    return [
        [(x0 - dx, y0 - dy), (x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy)]
        for (x0, y0), (x1, y1) in pairwise(line)
    ]


def leaf(foot: Point, tip: Point, breadth: float) -> tuple[Outline, Outline]:
    """The two halves of a leaf, each from foot to tip and back along the midrib; `breadth` as a share of length."""
    length = hypot(tip[0] - foot[0], tip[1] - foot[1])
    angle = atan2(tip[1] - foot[1], tip[0] - foot[0])

    def at(along: float, across: float) -> Point:
        x, y = along * length, across * length
        return foot[0] + x * cos(angle) - y * sin(angle), foot[1] + x * sin(angle) + y * cos(angle)

    halves = [curve(foot, at(0.22, side), at(0.68, side * 0.86), tip) for side in (breadth, -breadth)]
    return halves[0], halves[1]


def wave(left: float, right: float, y: float, height: float, length: float, shift: float = 0) -> Outline:
    """A smooth swell from left to right."""
    steps = max(int((right - left) / length * 16), 2)
    return [
        (x, y - height * sin(2 * pi * (x - left + shift) / length))
        for x in (left + (right - left) * k / steps for k in range(steps + 1))
    ]


def crescent(centre: Point, radius: float, *, thick: float = 0.34, turn: float = 0) -> Outline:
    """A moon: a disc less a disc a little smaller, open towards `turn`."""
    outer = [polar(centre, radius, turn + 38 + (284 * k / 48)) for k in range(49)]
    ends = outer[-1], outer[0]
    hollow = polar(centre, radius * thick, turn)
    bite = hypot(ends[0][0] - hollow[0], ends[0][1] - hollow[1])
    start = atan2(ends[0][1] - hollow[1], ends[0][0] - hollow[0])
    end = atan2(ends[1][1] - hollow[1], ends[1][0] - hollow[0])
    while end > start:
        end -= 2 * pi
    return outer + [
        (hollow[0] + bite * cos(start + (end - start) * k / 48), hollow[1] + bite * sin(start + (end - start) * k / 48))
        for k in range(49)
    ]


def onion(half: float) -> Outline:
    """A swelling dome on the middle of its foot."""
    right = path(
        (0, -1.62),
        ((0.04, -1.40), (0.20, -1.30), (0.55, -1.02)),
        ((0.86, -0.76), (1.10, -0.50), (1.06, -0.22)),
        ((1.04, -0.10), (1.0, -0.04), (0.98, 0)),
    )
    return moved(mirrored(right, 0), 0, scale=half)
