"""The messages' catalogues: takes new ones out of code and templates, adds them to each language, compiles.

    python tools/messages.py           extract, update, compile
    python tools/messages.py --check   changes nothing; says what has no Arabic yet, and fails where there is any

English is the messages' own language: its catalogue only exists so that Django knows it.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog, mofile, pofile
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.frontend import parse_mapping_cfg
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "warraq"
LANGUAGES = ("ar", "en")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
        "n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}
"""As Django writes them, so that its catalogue and ours merge: 0, 1, 2, few (3 to 10), many (11 to 99), other."""
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*[^{}]*\}")
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)


def extract_django(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Babel's extractor for Django's own templates, by Django's way of seeing them as code."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    code = templatize(file.read().decode(options.get("encoding", "utf-8")))
    flush = _INDENTED.sub("", code)  # it is a row of calls, not a program: Python would stumble over its indents
    yield from extract_python(io.BytesIO(flush.encode()), keywords, comment_tags, options)


def extracted() -> Catalog:
    """Every message in the package, without line numbers: these would change with every edit."""
    sys.path[:0] = [str(ROOT)]
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog(project="warraq", charset="utf-8")
    rows = extract_from_dir(SOURCE, methods, options, KEYWORDS, strip_comment_tags=True)
    for name, _line, message, _comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        found.add(message, None, [(name, None)], context=context)  # type: ignore[list-item]  # it writes no line then
    return found


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is on disk; a new one where there is none."""
    path = _folder(language) / "django.po"
    if not path.exists():
        return Catalog(locale=language, project="warraq", charset="utf-8")
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def missing(found: Catalog, told: Catalog) -> list[str]:
    """Messages of `found` that `told` does not say, or says in fewer plural forms than the language has."""
    asked = [message for message in found if message.id]
    return [str(one.id) for one in asked if not _is_told(told.get(one.id, one.context), told)]


def _is_told(message: Any, told: Catalog) -> bool:
    if message is None or message.fuzzy:
        return False
    if message.pluralizable:
        return all(message.string) and len(message.string) == told.num_plurals
    return bool(message.string)


def placeholders(text: str) -> list[str]:
    """What a message leaves open: `%(name)s`, `{name}`; sorted."""
    return sorted(_PLACEHOLDER.findall(text))


def update(found: Catalog) -> None:
    """Write every language's `.po` and `.mo`."""
    for language in LANGUAGES:
        told = catalogue(language)
        told.mime_headers = [("Plural-Forms", PLURALS[language])]
        told.update(found, no_fuzzy_matching=True)
        told.obsolete.clear()
        _settle(told, language)
        folder = _folder(language)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "django.po").open("wb") as file:
            pofile.write_po(file, told, width=110, sort_output=True)
        with (folder / "django.mo").open("wb") as file:
            mofile.write_mo(file, told)


def _settle(told: Catalog, language: str) -> None:
    """The header without the day and the names: the same messages give the same file."""
    told.fuzzy = False
    told.version = "1"
    told.creation_date = told.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    told.last_translator = told.language_team = "Warraq"
    told.msgid_bugs_address = ""
    told.header_comment = f"# Messages of Warraq in {told.locale.english_name}."


def _folder(language: str) -> Path:
    return SOURCE / "locale" / language / "LC_MESSAGES"


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where Arabic lacks a message")
    given = parser.parse_args(arguments)
    found = extracted()
    if not given.check:
        update(found)
    lacking = missing(found, catalogue("ar"))
    for text in lacking:
        print(f"no Arabic yet: {text}")
    print(f"{len(found)} messages, {len(lacking)} without Arabic")
    return 1 if given.check and lacking else 0


if __name__ == "__main__":
    sys.exit(main())
