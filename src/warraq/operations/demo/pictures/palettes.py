"""Colours by the part they play, so that one composition can be printed in several inks."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ImageColor


@dataclass(frozen=True)
class Palette:
    """`#rrggbb` each. By day `sky` is lighter than `clay`; by night it is darker than everything but `ink`."""

    sky: str
    haze: str
    """The sky near the light."""
    light: str
    sand: str
    clay: str
    deep: str
    ink: str
    accent: str
    water: str
    leaf: str


CLAY = Palette(
    "#e9d5b1", "#f6ead2", "#fbf5e8", "#d8aa72", "#b4552f", "#6e2e22", "#2a1a17", "#2e6b66", "#3b7a78", "#5d6b3a"
)
OLIVE = Palette(
    "#dbd6ae", "#efebcd", "#faf7e8", "#cdae62", "#7d873c", "#44512b", "#20261a", "#b24a2c", "#5d8f86", "#66743a"
)
SEA = Palette(
    "#b9d2cb", "#e4ecdd", "#f9f6ea", "#e2bd82", "#2f7f86", "#17505c", "#0f2a33", "#cf6538", "#2f7f86", "#3d7a5e"
)
ROSE = Palette(
    "#ebc2a2", "#f8e2ca", "#fdf4e6", "#dd9a6c", "#b6483f", "#6b2a3b", "#2b1622", "#35606e", "#4b7886", "#58694a"
)
SAFFRON = Palette(
    "#eec670", "#f9e5b3", "#fdf6e0", "#dd9a3a", "#b4501f", "#5e2a1b", "#26160f", "#1f5f66", "#2d7478", "#5f6b2c"
)

INDIGO = Palette(
    "#1b2947", "#3a5079", "#f7ebcf", "#dcae63", "#b0583a", "#121c37", "#0b1226", "#5f8f97", "#33608a", "#3f6a5c"
)
PLUM = Palette(
    "#33203d", "#67405a", "#f9e8cf", "#e2a866", "#b95a45", "#22142b", "#150c1c", "#7a9a90", "#4c5f86", "#5d6b4a"
)
PETROL = Palette(
    "#123840", "#2a666a", "#f6ecd2", "#dfb368", "#ba6638", "#0c262d", "#07181d", "#8fb39f", "#2a7a80", "#4a7a55"
)

DAY = (CLAY, OLIVE, SEA, ROSE, SAFFRON)
NIGHT = (INDIGO, PLUM, PETROL)


def mix(one: str, other: str, share: float) -> str:
    """`share` of `other` in `one`, 0 to 1."""
    pairs = zip(ImageColor.getrgb(one)[:3], ImageColor.getrgb(other)[:3], strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def veil(colour: str, opacity: float) -> str:
    """The colour let through, 0 (unseen) to 1."""
    return f"{colour}{round(opacity * 255):02x}"
