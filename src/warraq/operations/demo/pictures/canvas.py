"""Paper to draw on: 1000 units high whatever the pixels, drawn at twice the size and brought down at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from math import ceil, floor

from PIL import Image, ImageDraw

from .palettes import mix, veil
from .shapes import Point, star

SUPERSAMPLING = 2
JPEG_QUALITY = 82
HEIGHT = 1000.0


class Canvas:
    def __init__(self, width: int, height: int, ground: str) -> None:
        """Pixels of the finished picture."""
        self.unit = SUPERSAMPLING * height / HEIGHT
        self.width = HEIGHT * width / height
        self._lay(Image.new("RGB", (SUPERSAMPLING * width, SUPERSAMPLING * height), ground), (0, 0))

    def _lay(self, image: Image.Image, corner: tuple[int, int]) -> None:
        """Draws on this image from now on; `corner` is where its top left lies on the whole, in its pixels."""
        self.image, self.corner = image, corner
        self.pen = ImageDraw.Draw(image, "RGBA")

    @property
    def middle(self) -> float:
        return self.width / 2

    def _pixels(self, points: Iterable[Point]) -> list[Point]:
        left, top = self.corner
        return [(x * self.unit - left, y * self.unit - top) for x, y in points]

    def shape(self, outline: Sequence[Point], fill: str) -> None:
        self.pen.polygon(self._pixels(outline), fill=fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.pen.rectangle(self._pixels([(left, top), (right, bottom)]), fill=fill)

    def disc(self, centre: Point, rx: float, fill: str, ry: float | None = None) -> None:
        (x, y), ry = centre, rx if ry is None else ry
        self.pen.ellipse(self._pixels([(x - rx, y - ry), (x + rx, y + ry)]), fill=fill)

    def ring(self, centre: Point, radius: float, width: float, colour: str) -> None:
        x, y = centre
        bounds = self._pixels([(x - radius, y - radius), (x + radius, y + radius)])
        self.pen.ellipse(bounds, outline=colour, width=max(1, round(width * self.unit)))

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        self.pen.line(self._pixels(points), fill=colour, width=max(1, round(width * self.unit)), joint="curve")

    def outline(self, points: Sequence[Point], width: float, colour: str) -> None:
        self.line([*points, points[0], points[1]], width, colour)

    def halo(self, centre: Point, radius: float, colour: str, *, rings: int = 4, opacity: float = 0.16) -> None:
        """Light in flat steps, as a poster prints it."""
        for k in range(rings):
            self.disc(centre, radius * (1 + 0.34 * (rings - k)), veil(colour, opacity))

    def fade(self, top: str, bottom: str, *, until: float = HEIGHT) -> None:
        """A sky from its top to its foot."""
        steps = 60
        for k in range(steps):
            band = (until * k / steps, until * (k + 1) / steps + 1)
            self.box(0, band[0], self.width, band[1], mix(top, bottom, k / (steps - 1)))

    def lattice(self, colour: str, *, pitch: float, weight: float, top: float = 0, bottom: float = HEIGHT) -> None:
        """Eight-fold stars point to point, with the crosses that they leave between them."""
        columns, rows = int(self.width / pitch) + 2, int((bottom - top) / pitch) + 2
        for row in range(rows):
            for column in range(columns):
                x = self.middle + (column - columns // 2) * pitch
                self.outline(star((x, top + row * pitch), pitch / 2), weight, colour)

    @contextmanager
    def within(self, outline: Sequence[Point]) -> Iterator[None]:
        """What is drawn meanwhile stays inside the outline."""
        whole, corner = self.image, self.corner
        points = self._pixels(outline)
        across, down = zip(*points, strict=True)
        left, top = max(floor(min(across)), 0), max(floor(min(down)), 0)
        right, bottom = min(ceil(max(across)), whole.width), min(ceil(max(down)), whole.height)
        mask = Image.new("1", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], fill=1)
        self._lay(whole.crop((left, top, right, bottom)), (corner[0] + left, corner[1] + top))
        yield
        whole.paste(self.image, (left, top), mask)
        self._lay(whole, corner)

    def jpeg(self) -> bytes:
        data = BytesIO()
        self.image.reduce(SUPERSAMPLING).save(data, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
        return data.getvalue()
