"""The blocks that a body is made of, as editors fill them in. `selectors.bodies` makes pieces of them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from warraq.newsroom.richtext import plain

TEXT_FEATURES = ["bold", "link"]
"""What a writer may do inside a paragraph; Arabic has no italics."""


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"))
    speaker = blocks.CharBlock(label=_("Who said it"), required=False, max_length=160)
    source = blocks.CharBlock(label=_("Through whom"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"


class PhotoBlock(blocks.StructBlock):
    photo = ImageChooserBlock(label=_("Photo"))
    alt = blocks.CharBlock(
        label=_("Text for who cannot see it"), required=False, max_length=300, help_text=_("Empty: the photo's own.")
    )
    caption = blocks.CharBlock(label=_("Words under the photo"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Photo")


class ListOfPointsBlock(blocks.StructBlock):
    ordered = blocks.BooleanBlock(label=_("Numbered"), required=False)
    items = blocks.ListBlock(blocks.RichTextBlock(features=TEXT_FEATURES), label=_("Points"))

    class Meta:
        icon = "list-ul"
        label = _("List")


class VerseBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Verses"), help_text=_("One verse a line, with * between its two halves."))
    poet = blocks.CharBlock(label=_("Poet"), required=False, max_length=120)

    class Meta:
        icon = "pilcrow"
        label = _("Verse")


class LinkCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Address"))
    text = blocks.CharBlock(label=_("A sentence about it"), required=False, max_length=300)

    class Meta:
        icon = "link-external"
        label = _("Link card")


class FactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    items = blocks.ListBlock(blocks.RichTextBlock(features=TEXT_FEATURES), label=_("Facts"))

    class Meta:
        icon = "info-circle"
        label = _("Fact box")


def table_block() -> TypedTableBlock:
    """A table of plain text cells with a heading for each column."""
    return TypedTableBlock(
        [("text", blocks.CharBlock(required=False, label=_("Text")))], label=_("Table"), icon="table"
    )


BODY_BLOCKS = [
    ("paragraph", blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Paragraph"), icon="doc-full")),
    ("heading", blocks.CharBlock(max_length=160, label=_("Sub-heading"), icon="title")),
    ("quotation", QuotationBlock()),
    ("image", PhotoBlock()),
    ("list", ListOfPointsBlock()),
    ("verse", VerseBlock()),
    ("table", table_block()),
    ("link", LinkCardBlock()),
    (
        "related",
        blocks.ListBlock(
            blocks.PageChooserBlock(page_type="newsroom.Article"), label=_("Related articles"), icon="doc-full-inverse"
        ),
    ),
    ("facts", FactsBlock()),
]


def searchable(body: Any) -> str:
    """All that was written into a body, captions and speakers too, for the newsroom's own search."""
    lines: list[str] = []
    for child in body:
        if child.block_type == "paragraph":  # nearly all of it; Wagtail's own way takes ten times as long
            lines.append(plain(child.value.source))
        else:
            lines += child.block.get_searchable_content(child.value)
    return " ".join(lines)
