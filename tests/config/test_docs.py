"""docs/operating.md lists every setting, with its default."""

from __future__ import annotations

import re
from pathlib import Path

from warraq.config.paper import PaperConfig, names

DOCS = Path(__file__).resolve().parents[2] / "docs" / "operating.md"


def listed() -> dict[str, str]:
    text = DOCS.read_text(encoding="utf-8").partition("## Settings")[2]
    rows = re.findall(r"^\| `(\w+\.\w+)` \|(.*?)\|", text, re.MULTILINE)
    return {name: default.strip(" `") for name, default in rows}


def shown(value: object) -> str:
    if isinstance(value, tuple):
        return "`, `".join(map(str, value)) or "[]"
    return str(value)


def test_the_settings_are_listed_in_order_with_their_defaults() -> None:
    expected = {}
    for name in names():
        section, key = name.split(".")
        expected[name] = shown(PaperConfig.model_fields[section].annotation.model_fields[key].default)

    assert list(listed().items()) == list(expected.items())
