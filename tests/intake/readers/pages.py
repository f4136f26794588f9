"""Small pages for tests, and what was read of them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from warraq.intake.material import Material
from warraq.intake.readers.body import text_of
from warraq.intake.readers.page import read_page

ADEN = ZoneInfo("Asia/Aden")
SENTENCE = "تفتح المكتبة العامة الجديدة أبوابها صباح السبت في البيت القديم على الميناء بعد ترميم طويل."
PARAGRAPHS = f"<p>{SENTENCE}</p>" * 4


def taken(page: str) -> Material:
    return read_page(page, zone=ADEN)


def of_kind(material: Material, kind: str) -> list[dict[str, Any]]:
    return [piece.value for piece in material.body if piece.kind == kind]


def said(material: Material) -> str:
    return "\n".join([material.standfirst, *text_of(material.body)])
