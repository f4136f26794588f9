"""Bodies: the editors' blocks as pieces, every `html` cleaned by the one allow-list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from warraq.language.normalise import words
from warraq.newsroom.pieces import Block, Picture
from warraq.newsroom.richtext import paragraphs, plain, safe_html
from warraq.newsroom.selectors.cards import cards
from warraq.newsroom.selectors.papers import Clock
from warraq.newsroom.selectors.pictures import picture


def _heading(value: Any, _clock: Clock) -> dict[str, Any]:
    return {"text": str(value)}


def _quotation(value: Any, _clock: Clock) -> dict[str, Any]:
    return {"text": value["text"], "speaker": value["speaker"], "source": value["source"]}


def _image(value: Any, _clock: Clock) -> dict[str, Any] | None:
    piece: Picture | None = picture(value["photo"], alt=value["alt"], caption=value["caption"])
    return {"picture": piece} if piece else None


def _list(value: Any, _clock: Clock) -> dict[str, Any]:
    return {"items": tuple(safe_html(item.source) for item in value["items"]), "ordered": value["ordered"]}


def _verse(value: Any, _clock: Clock) -> dict[str, Any]:
    lines = (line.partition("*") for line in value["text"].splitlines() if line.strip())
    return {"lines": tuple((first.strip(), second.strip()) for first, _star, second in lines), "poet": value["poet"]}


def _table(value: Any, _clock: Clock) -> dict[str, Any]:
    return {
        "caption": value.caption or "",
        "head": tuple(column["heading"] for column in value.columns),
        "rows": tuple(tuple(str(cell.value) for cell in row) for row in value.rows),
    }


def _link(value: Any, _clock: Clock) -> dict[str, Any]:
    host = (urlsplit(value["url"]).hostname or "").removeprefix("www.")
    return {"title": value["title"], "url": value["url"], "host": host, "text": value["text"]}


def _related(value: Any, clock: Clock) -> dict[str, Any] | None:
    found = cards([page.pk for page in value if page is not None], clock=clock)
    return {"cards": found} if found else None


def _facts(value: Any, _clock: Clock) -> dict[str, Any]:
    return {"title": value["title"], "items": tuple(safe_html(item.source) for item in value["items"])}


MAKERS = {
    "heading": _heading,
    "quotation": _quotation,
    "image": _image,
    "list": _list,
    "verse": _verse,
    "table": _table,
    "link": _link,
    "related": _related,
    "facts": _facts,
}


def body_piece(body: Any, *, clock: Clock) -> tuple[Block, ...]:
    """An article's StreamField as blocks; one with nothing to show (its photo was deleted) is left out."""
    return tuple(piece for child in body for piece in _pieces(child, clock))


def _pieces(child: Any, clock: Clock) -> Iterator[Block]:
    """The pieces of one block: of a paragraph in which an editor pressed Enter, several."""
    if child.block_type == "paragraph":
        yield from (Block("paragraph", {"html": part}) for part in paragraphs(child.value.source))
        return
    value = MAKERS[child.block_type](child.value, clock)
    if value is not None:
        yield Block(child.block_type, value)


def body_text(body: Any) -> str:
    """All words of a body as plain text, a line a block: for counting, search and excerpts."""
    lines: list[str] = []
    for child in body:
        value = child.value
        if child.block_type == "paragraph":
            lines.append(plain(value.source))
        elif child.block_type == "heading":
            lines.append(str(value))
        elif child.block_type in {"quotation", "verse"}:
            lines.append(value["text"])
        elif child.block_type in {"list", "facts"}:
            lines += [plain(item.source) for item in value["items"]]
        elif child.block_type == "table":
            lines += [" ".join(str(cell.value) for cell in row) for row in value.rows]
    return "\n".join(lines)


def word_count(body: Any) -> int:
    return len(words(body_text(body)))
