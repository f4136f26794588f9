"""Rendering sheets: each once, with the keys it read, and every sheet made on demand that it wants."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

import warraq
from warraq.press import layout
from warraq.press.ahead import reading_ahead
from warraq.press.encoding import encodings
from warraq.press.errors import BadPath
from warraq.press.recording import Record, memory, recording, trim_memory
from warraq.press.sheets import Page, Ref, kind_of

log = logging.getLogger("warraq.press")


AHEAD = 48
"""Sheets for which rows are read together."""
SHAPING = {".html", ".xml", ".txt", ".css", ".js", ".py", ".woff2", ".svg", ".png"}
"""Endings of the package's files that shape a page."""


@dataclass(frozen=True)
class Rendered:
    """A sheet as it is now: `page` is None where it does not exist. `packed` are its encodings where they were made."""

    ref: Ref
    page: Page | None
    record: Record
    packed: Mapping[str, bytes] | None = field(default=None, repr=False)


Outcome = tuple[Ref, Rendered | Exception]


class Hands(Protocol):
    """Who renders: this process, or several (`pool.Pool`)."""

    def render_many(self, refs: Sequence[Ref]) -> Iterable[Outcome]:
        """Each of `refs` once, in any order."""


class OwnHands:
    """This process renders, one sheet after the other."""

    def render_many(self, refs: Sequence[Ref]) -> Iterator[Outcome]:
        for start in range(0, len(refs), AHEAD):
            part = refs[start : start + AHEAD]
            with reading_ahead(part):
                outcomes = [render_or_error(ref) for ref in part]
            yield from outcomes


@lru_cache(maxsize=1)
def template_version() -> str:
    """Changes when the paper's address does, or the package's code, a template, a style, a script or a picture of it:
    16 hexadecimal digits."""
    digest = hashlib.sha256(f"{warraq.__version__} {settings.WARRAQ_ORIGIN}".encode())
    package = Path(warraq.__file__).parent
    for room in ("design", "newsroom", "comments", "language", "press", "search"):
        for file in sorted((package / room).rglob("*")):
            if file.is_file() and file.suffix in SHAPING:
                digest.update(file.relative_to(package).as_posix().encode())
                digest.update(file.read_bytes())
    digest.update(b"".join(file.read_bytes() for file in sorted((package / "locale").rglob("*.mo"))))
    return digest.hexdigest()[:16]


def render(ref: Ref) -> Rendered:
    """One sheet, with what it read. Raises whatever its kind raises, BadPath for a path that is not public."""
    trim_memory()
    with recording() as record:
        page = kind_of(ref.kind).render(ref.ident)
    if page is not None and not layout.is_public_path(page.path):
        raise BadPath(f"{ref.kind} {ref.ident} renders to {page.path!r}, which is no public path")
    return Rendered(ref, page, record)


def render_or_error(ref: Ref, *, unpacked: Collection[str] | None = None) -> Outcome:
    """One sheet, or what it raised. With `unpacked` its encodings are made as well, unless its digest is among these:
    then it lies in the tree already."""
    try:
        one = render(ref)
    except Exception as error:
        log.exception("the sheet %s %s could not be rendered; it stays as it was", *ref)
        return ref, error
    if unpacked is not None and one.page is not None and one.page.digest not in unpacked:
        packed = encodings(one.page.path, one.page.body, settings.WARRAQ_BROTLI_QUALITY)
        one = Rendered(ref, one.page, one.record, packed)
    return ref, one


def render_all(
    refs: Iterable[Ref],
    *,
    missing: Callable[[set[Ref]], set[Ref]],
    tick: Callable[[], None] = lambda: None,
    hands: Hands | None = None,
) -> tuple[dict[Ref, Rendered], dict[Ref, Exception]]:
    """Render `refs` and those they want that `missing` says are not there yet; (rendered, failed).

    A sheet that raises is left as it is and holds nothing else up.
    """
    hands = hands or OwnHands()
    done: dict[Ref, Rendered] = {}
    failed: dict[Ref, Exception] = {}
    asked: set[Ref] = set()
    todo = list(dict.fromkeys(refs))
    with memory():
        while todo:
            wanted: set[Ref] = set()
            for ref, outcome in hands.render_many(todo):
                if isinstance(outcome, Rendered):
                    done[ref] = outcome
                    wanted |= outcome.record.wants
                else:
                    failed[ref] = outcome
                tick()
            wanted -= asked | done.keys() | failed.keys()
            asked |= wanted
            todo = sorted(missing(wanted)) if wanted else []
    return done, failed
