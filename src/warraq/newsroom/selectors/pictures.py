"""Pictures: photos at their pressed sizes, named by content."""

from __future__ import annotations

import hashlib
from typing import Final

from warraq.newsroom.models import Photo
from warraq.newsroom.pieces import Picture
from warraq.press.recording import reads, wants

WIDTHS: Final = (360, 720, 1200)
"""Widths of renditions, px: a phone, a phone's denser screen, a large screen."""


def widths_of(photo: Photo) -> tuple[int, ...]:
    """The widths that make sense for a photo: none wider than it is."""
    return tuple(width for width in WIDTHS if width < photo.width) or (photo.width,)


def filter_of(width: int) -> str:
    """Wagtail's name for a rendition."""
    return f"width-{width}|format-webp"


def path_of(photo: Photo, width: int) -> str:
    """The public path of a rendition; another photo or focal point gives another path."""
    facts = f"{photo.get_file_hash()} {filter_of(width)} {photo.get_focal_point()}"
    return f"/_/media/{hashlib.sha256(facts.encode()).hexdigest()[:12]}-{width}.webp"


def focus_of(photo: Photo) -> tuple[int, int]:
    """The focal point, per cent from left and top; the middle where none was set."""
    point = photo.get_focal_point()
    if point is None or not photo.width or not photo.height:
        return (50, 50)
    return (round(100 * point.centroid.x / photo.width), round(100 * point.centroid.y / photo.height))


def picture(photo: Photo | None, *, alt: str = "", caption: str = "") -> Picture | None:
    """A photo as a piece; records its key and wants its renditions."""
    if photo is None:
        return None
    reads(f"photo:{photo.pk}")
    widths = widths_of(photo)
    for width in widths:
        wants("picture", f"{photo.pk}-{width}")
    return Picture(
        sources=tuple((path_of(photo, width), width) for width in widths),
        width=widths[-1],
        height=max(1, round(photo.height * widths[-1] / photo.width)),
        alt=alt or photo.description,
        credit=photo.credit,
        caption=caption,
        focus=focus_of(photo),
    )
