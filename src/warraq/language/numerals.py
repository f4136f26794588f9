"""Digits as the paper writes them: 0-9 or ٠-٩, by a setting."""

from __future__ import annotations

from typing import Final, Literal

Digits = Literal["latin", "arabic"]

_LATIN: Final = "0123456789"
_ARABIC: Final = "٠١٢٣٤٥٦٧٨٩"
_PERSIAN: Final = "۰۱۲۳۴۵۶۷۸۹"
_TABLES: Final = {
    "latin": str.maketrans(_ARABIC + _PERSIAN, _LATIN * 2),
    "arabic": str.maketrans(_LATIN + _PERSIAN, _ARABIC * 2),
}
_GROUPS: Final = {"latin": ",", "arabic": "٬"}


def digits(value: str | int, style: Digits = "latin") -> str:
    """`value` with every digit in `style`, whichever it was typed in; all else is left as it is."""
    return str(value).translate(_TABLES[style])


def grouped(number: int, style: Digits = "latin") -> str:
    """Thousands apart: «1,234,567» or «١٬٢٣٤٬٥٦٧» (U+066C, as CLDR has it for Arabic)."""
    return digits(f"{number:,}", style).replace(",", _GROUPS[style])
