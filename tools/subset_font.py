"""Makes a face of the paper from its full font: Arabic, basic Latin, both sets of digits, and nothing else.

    python tools/subset_font.py NotoNaskhArabic-Regular.ttf src/warraq/design/fonts/text.woff2 --name "Warraq Text"
    python tools/subset_font.py IBMPlexSansArabic-Bold.woff2 src/warraq/design/fonts/head.woff2 --name "Warraq Head"

A subset is a modified version under the SIL Open Font License, and "Plex" is a reserved name: hence another name.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ARABIC = [
    *(0x060C, 0x061B, 0x061F),  # comma, semicolon, question mark
    *range(0x0621, 0x063B),  # hamza to ghain
    *range(0x0640, 0x0656),  # tatweel, feh to yeh, the vowel marks, madda and hamza above and below
    *range(0x0660, 0x066E),  # digits, per cent, decimal and thousands separators, star
    *(0x0670, 0x0671),  # small alef, alef wasla
    *(0x067E, 0x0686, 0x0698, 0x06A4, 0x06A9, 0x06AF, 0x06CC),  # letters of names from outside: پ چ ژ ڤ ک گ ی
    *(0xFD3E, 0xFD3F),  # the brackets of scripture
]
LATIN = [*range(0x20, 0x7F), 0xA0, 0xAB, 0xB7, 0xBB, 0xD7]
PUNCTUATION = [0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2039, 0x203A]
JOINERS = [0x200C, 0x200D, 0x200E, 0x200F]
FEATURES = ["ccmp", "calt", "init", "medi", "fina", "isol", "liga", "rlig", "locl", "kern", "mark", "mkmk"]
NAMES = [0, 1, 2, 3, 4, 6, 13, 14]
"""Of the name table: copyright, names, licence."""


def make(source: Path, *, name: str, weights: tuple[float, float] | None = None) -> bytes:
    """The subset as WOFF2; `weights` limits the weight axis of a variable font."""
    font = TTFont(source)
    options = subset.Options(
        layout_features=FEATURES, hinting=False, desubroutinize=True, name_IDs=NAMES, notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*ARABIC, *LATIN, *PUNCTUATION, *JOINERS])
    subsetter.subset(font)
    if weights and "fvar" in font:
        between = io.BytesIO()
        font.flavor = None
        font.save(between)
        between.seek(0)
        font = instancer.instantiateVariableFont(TTFont(between), {"wght": weights})
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6}:
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    font["head"].modified = font["head"].created  # the same font gives the same bytes
    font.recalcTimestamp = False
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the full font, TTF or WOFF2")
    parser.add_argument("target", type=Path, help="where the WOFF2 goes")
    parser.add_argument("--name", required=True, help="the family name that the subset gets")
    parser.add_argument("--weights", type=float, nargs=2, metavar=("FROM", "TO"), help="limits of the weight axis")
    given = parser.parse_args()
    made = make(given.source, name=given.name, weights=tuple(given.weights) if given.weights else None)
    given.target.write_bytes(made)
    print(f"{given.target}: {len(made)} bytes")


if __name__ == "__main__":
    main()
