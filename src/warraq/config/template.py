"""The `warraq.toml` of a new paper: every setting there is, commented out with its default and its sentence.

Made from the models themselves, so that the file cannot drift from what is read.
"""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

from pydantic import BaseModel

from warraq.config.paper import PaperConfig

HEAD = """\
# Settings of this paper. What stands behind a "#" is the default: take the "#" away to change it.
# The same by environment: [newsroom] port = 8001 is WARRAQ_NEWSROOM__PORT=8001, which goes first.
# What editors change (the paper's name, digits, time zone) is not here but in the newsroom's settings.
"""

URL = r"(?m)^(# )?url *=.*$"


def render(*, language: str = "ar", origin: str = "", database: str = "") -> str:
    """The whole file, ending in a newline; valid TOML that changes no default but the newsroom's `language`, the
    front's `origin` and the `database`'s URL."""
    parts = [HEAD]
    chosen = {("newsroom", "language"): language, ("front", "origin"): origin, ("database", "url"): database}
    for section, field in PaperConfig.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            parts.append(
                f"[{section}]\n"
                + "\n".join(_setting(key, kind, chosen.get((section, key))) for key in kind.model_fields)
            )
    return "\n".join(parts)


def _setting(key: str, kind: type[BaseModel], chosen: object) -> str:
    field = kind.model_fields[key]
    help_text = "\n".join(f"# {line}" for line in textwrap.wrap(field.description or "", 110))
    value = field.default if chosen is None else chosen
    return f"{help_text}\n{'# ' if value == field.default else ''}{key} = {_toml(value)}\n"


def _toml(value: Any) -> str:
    """TOML of a default. JSON's numbers, booleans, strings and lists of these are TOML's."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def with_database(text: str, url: str) -> str:
    """A paper's `warraq.toml` with this database in the place of the one that it names; the rest stays as it is."""
    line = f"url = {_toml(url)}"
    sections = re.split(r"(?m)^(?=\[)", text)
    for place, section in enumerate(sections):
        if re.match(r"\[database\]", section):
            if re.search(URL, section):
                sections[place] = re.sub(URL, lambda _old: line, section, count=1)
            else:
                sections[place] = section.replace("]", f"]\n{line}", 1)
            return "".join(sections)
    return f"{text}\n[database]\n{line}\n"
