"""The one form of a path, and what other forms of it may have meant."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from warraq.press import layout

LONGEST: Final = 1000
"""Characters of a path that is looked at at all."""
SIBLINGS: Final = tuple(layout.ENCODINGS.values())
ERRORS: Final = "/_/errors/"


@lru_cache(maxsize=4096)
def is_canonical(path: str) -> bool:
    """Whether `path` may be looked up as it stands: an encoding, an index file or an error page has no path."""
    return (
        layout.is_public_path(path)
        and not path.endswith(SIBLINGS)
        and not path.endswith("/" + layout.INDEX)
        and not path.startswith(ERRORS)
    )


def canonical_forms(path: str) -> list[str]:
    """What `path`, which is not there, may stand for, likeliest first; each is canonical and another than `path`.

    Takes out backslashes, doubles, dots and index files, adds or takes the slash at the end, and lowers the case.
    Works on the path once percent-decoded: what is still encoded after that is no path of ours.
    """
    if len(path) > LONGEST:
        return []
    parts: list[str] = []
    for part in path.replace("\\", "/").split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    plain = "/" + "/".join(parts).removesuffix(layout.INDEX)
    spelt = dict.fromkeys((plain, plain.lower()))
    forms = [form for spelling in spelt for form in _with_slash_or_without(spelling)]
    return [form for form in dict.fromkeys(forms) if form != path and is_canonical(form)]


def _with_slash_or_without(path: str) -> list[str]:
    bare = path.rstrip("/")
    last = bare.rpartition("/")[2]
    forms = [bare + "/", bare] if bare else ["/"]
    return forms[::-1] if "." in last else forms
