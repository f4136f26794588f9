"""Articles to search in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from warraq.search.engine import Document, Reader, Writer

ARTICLES = (
    Document(
        id=1,
        url="/world/1/",
        title="طالبان تنفي مقتل زعيمها",
        kicker="أفغانستان",
        standfirst="قال متحدث باسم الحركة إن الخبر لا أساس له",
        body="نفت حركة طالبان اليوم ما نشرته صحيفة صاندي تايمز عن مقتل زعيمها في غارة.",
        authors=("علي سالم",),
        tags=("أفغانستان", "طالبان"),
        section="العالم",
        section_slug="world",
        published=1_700_000_000,
    ),
    Document(
        id=2,
        url="/sport/2/",
        title="كرة القدم تعود إلى عدن",
        body="عادت مباريات كرة القدم إلى ملاعب المدينة بعد غياب، وحضر الآلاف مباراة أمس على ملعب الحبيشي.",
        authors=("منى صالح",),
        section="رياضة",
        section_slug="sport",
        published=1_700_000_100,
    ),
    Document(
        id=3,
        url="/opinion/3/",
        title="لماذا كره الشاعر المدينة؟",
        body="كتب الشاعر قصيدته في المنفى. والمسؤولون في وزارة الثقافة أعلنوا عن ١٢٣ كتابًا جديدًا.",
        section="آراء",
        section_slug="opinion",
        published=1_700_000_200,
    ),
)


def indexed(folder: Path, documents: Iterable[Document] = ARTICLES) -> Reader:
    """A reader of a new index of `documents` in `folder`."""
    with Writer(folder) as writer:
        writer.clear()
        writer.put(documents)
        writer.commit()
    return Reader(folder)


def found(reader: Reader, query: str) -> list[int]:
    """Ids of the hits, best first."""
    return [hit.id for hit in reader.search(query).hits]
