"""Messages for people in their own language, without Django: the same catalogue that Django reads."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

DOMAIN = "django"
LOCALE = Path(__file__).resolve().parent.parent / "locale"

_catalogue: _gettext.NullTranslations | None = None


def use(language: str = "") -> _gettext.NullTranslations:
    """Speak `language` from now on (`ar`, `en`); empty: what LANGUAGE, LC_ALL, LC_MESSAGES or LANG say."""
    global _catalogue
    wanted = [language] if language else None
    _catalogue = _gettext.translation(DOMAIN, LOCALE, wanted, fallback=True)
    return _catalogue


def language() -> str:
    """`ar` where messages come in Arabic, else `en`."""
    return str((_catalogue or use()).info().get("language", "en"))


def gettext(text: str) -> str:
    """`text` in the user's language; itself where it has no translation."""
    return (_catalogue or use()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many` in the user's language, in the form that its grammar asks for `count`: Arabic has six."""
    return (_catalogue or use()).ngettext(one, many, count)
