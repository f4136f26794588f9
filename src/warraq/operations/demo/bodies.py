"""A body as the demonstration's files write it → the newsroom's blocks."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from wagtail.rich_text import RichText

from warraq.newsroom.blocks import table_block
from warraq.newsroom.models import Article, Photo
from warraq.operations.demo.content import Table

Block = tuple[str, Any]
Draw = Callable[[Table, str], Photo]
"""`draw(picture, headline)` gives a photo of the table `{seed, motif, alt, credit}`."""


def blocks(body: list[Table], *, draw: Draw, headline: str) -> list[Block]:
    """All blocks but the related articles, which are not all written yet."""
    return [_block(block, draw, headline) for block in body if block["kind"] != "related"]


def related(body: list[Table], articles: dict[int, Article]) -> list[Block]:
    """The related articles; `articles` by the demonstration's numbers."""
    return [
        ("related", [articles[number] for number in block["numbers"]]) for block in body if block["kind"] == "related"
    ]


def _block(block: Table, draw: Draw, headline: str) -> Block:
    match block["kind"]:
        case "paragraph":
            return "paragraph", _rich(block["text"])
        case "heading":
            return "heading", block["text"]
        case "quotation":
            return "quotation", {key: block.get(key, "") for key in ("text", "speaker", "source")}
        case "list":
            return "list", {"ordered": block["ordered"], "items": [_rich(item) for item in block["items"]]}
        case "facts":
            return "facts", {"title": block["title"], "items": [_rich(item) for item in block["items"]]}
        case "verse":
            lines = [" * ".join(half for half in line if half) for line in block["lines"]]
            return "verse", {"text": "\n".join(lines), "poet": block.get("poet", "")}
        case "table":
            return "table", _table(block)
        case "link":
            return "link", {key: block.get(key, "") for key in ("title", "url", "text")}
        case "image":
            return "image", {"photo": draw(block, headline), "alt": block["alt"], "caption": block.get("caption", "")}
    raise ValueError(f"a block of unknown kind: {block['kind']}")


def _rich(text: str) -> RichText:
    return RichText(f"<p>{escape(text, quote=False)}</p>")


def _table(block: Table) -> Any:
    return table_block().to_python(
        {
            "caption": block.get("caption", ""),
            "columns": [{"type": "text", "heading": heading} for heading in block["head"]],
            "rows": [{"values": row} for row in block["rows"]],
        }
    )
