"""The design's files as they are pressed: style, script, fonts and icons, each named by its content."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

from warraq.design.errors import NoSuchAsset

HERE: Final = Path(__file__).resolve().parent
STYLES: Final = (
    *("fonts", "tokens", "reset", "type", "layout"),
    *("masthead", "breaking", "card", "focus", "ranking", "follow", "footer"),
    *("front", "article", "blocks", "verse", "comments", "listing", "archive", "notice"),
    *("contrast", "print"),
)
"""The parts of `paper.css` in their order: what comes later may overrule what came before, by one class each.

Not cascade layers: phones whose last browser is of 2021 would drop all that stands in one.
"""

_FILES: Final = {
    "paper.js": HERE / "js" / "paper.js",
    "text.woff2": HERE / "fonts" / "text.woff2",
    "head.woff2": HERE / "fonts" / "head.woff2",
    "icon.svg": HERE / "icons" / "icon.svg",
    "icon.png": HERE / "icons" / "icon.png",
    "icon-192.png": HERE / "icons" / "icon-192.png",
    "icon-512.png": HERE / "icons" / "icon-512.png",
    "icon-mask.png": HERE / "icons" / "icon-mask.png",
}
_REFERENCE: Final = re.compile(r'url\("([^"/]+)"\)')
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r'("[^"]*")|\s*([{};,])\s*|(:)\s+|\s+')
_SCRIPT_SPACE: Final = re.compile(r"^\s*//[^\n]*\n|^\s+|\n(?=\n)", re.MULTILINE)


def names() -> tuple[str, ...]:
    """Every asset's name."""
    return ("paper.css", *_FILES)


@cache
def read(name: str) -> bytes:
    """An asset as it is pressed. Raises NoSuchAsset."""
    if name == "paper.css":
        return _style().encode()
    if name not in _FILES:
        raise _missing(name)
    body = _FILES[name].read_bytes()
    return _SCRIPT_SPACE.sub("", body.decode()).encode() if name.endswith(".js") else body


@cache
def url(name: str) -> str:
    """An asset's public path: `/_/static/paper.0123456789.css`, other content, other path. Raises NoSuchAsset."""
    stem, _dot, ending = name.rpartition(".")
    return f"/_/static/{stem}.{hashlib.sha256(read(name)).hexdigest()[:10]}.{ending}"


def needs(name: str) -> tuple[str, ...]:
    """The assets that this one refers to. Raises NoSuchAsset."""
    if name not in names():
        raise _missing(name)
    return tuple(dict.fromkeys(_REFERENCE.findall(_joined()))) if name == "paper.css" else ()


def _missing(name: str) -> NoSuchAsset:
    return NoSuchAsset(f"the design has no file {name!r}; it has {', '.join(names())}")


@cache
def _joined() -> str:
    return "\n".join((HERE / "css" / f"{style}.css").read_text(encoding="utf-8") for style in STYLES)


def _style() -> str:
    """The style sheets in one, without comments and needless white space, fonts by their public paths."""
    text = _REFERENCE.sub(lambda found: f"url({url(found[1])})", _COMMENT.sub("", _joined()))
    return _SPACE.sub(lambda found: found[1] or found[2] or found[3] or " ", text).replace(";}", "}").strip() + "\n"
