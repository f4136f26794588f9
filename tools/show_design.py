"""Writes the design's sample paper to a folder, with its styles, script, fonts and made-up pictures, to be looked at.

python tools/show_design.py shots/paper [--digits arabic] && python -m http.server -d shots/paper
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import django  # noqa: E402  the path above comes first
from django.conf import settings  # noqa: E402

settings.configure(LANGUAGE_CODE="ar", USE_I18N=True, LOCALE_PATHS=[ROOT / "src" / "warraq" / "locale"])
django.setup()

from tests.design import sample_pages  # noqa: E402

from warraq.design import assets  # noqa: E402
from warraq.press import layout  # noqa: E402

PAPERS = ("#8a6f4d", "#5b7065", "#7a5148", "#49566b", "#8c7b52", "#6a5f70")


def made_up_picture(number: int, width: int, height: int) -> Image.Image:
    """Terraces in one colour, never the same twice for two numbers."""
    dice = random.Random(number)
    picture = Image.new("RGB", (300, 300 * height // width), dice.choice(PAPERS))
    draw = ImageDraw.Draw(picture, "RGBA")
    draw.rectangle((0, 0, 300, picture.height // 3), fill=(255, 240, 215, 110))
    for step in range(9):
        top = picture.height * (step + 2) // 11
        hills = [(x, top + dice.randint(-9, 9)) for x in range(0, 331, 30)]
        draw.polygon([(0, picture.height), *hills, (330, picture.height)], fill=(20, 15, 10, 26))
    return picture.filter(ImageFilter.GaussianBlur(0.7)).resize((width, height))


def write(folder: Path, digits: str) -> None:
    """Every page, fragment and asset, each at its public path below `folder`."""
    bodies = {assets.url(name): assets.read(name) for name in assets.names()}
    pages = {**sample_pages.pages(digits), **sample_pages.others()}
    bodies |= {path: sample_pages.draw(page, style=digits).encode() for path, page in pages.items()}
    for path, body in bodies.items():
        file = layout.file_of(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
    wanted = set(re.findall(rb"/_/media/sample(\d+)-(\d+)\.webp", b"".join(bodies.values())))
    for number, width in sorted((int(number), int(width)) for number, width in wanted):
        file = folder / f"_/media/sample{number}-{width}.webp"
        file.parent.mkdir(parents=True, exist_ok=True)
        made_up_picture(number, width, width if number > 40 else width * 2 // 3).save(file, quality=70)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--digits", choices=("latin", "arabic"), default="latin")
    given = parser.parse_args()
    write(given.folder, given.digits)
    print(given.folder)


if __name__ == "__main__":
    main()
