"""A small paper with one of everything that a page can show, and lists so short that a dozen articles fill them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from unittest import mock

from tests.newsroom.fixtures import image_bytes
from warraq.comments import services as comments
from warraq.newsroom import services
from warraq.newsroom.models import Article, Author, Photo, Ranking, Section
from warraq.press.services import press_pending

SHORT = {
    "warraq.newsroom.placing.PAGE": 3,
    "warraq.newsroom.selectors.lists.PAGE": 3,
    "warraq.newsroom.selectors.lists.NEAR": 2,
    "warraq.newsroom.selectors.articles.RELATED": 2,
    "warraq.newsroom.selectors.fronts.LEAD_RELATED": 1,
    "warraq.newsroom.selectors.fronts.SLOTS": 2,
    "warraq.newsroom.selectors.fronts.LATEST": 2,
    "warraq.newsroom.selectors.fronts.A_SECTION": 2,
    "warraq.newsroom.selectors.rankings.SHOWN": 3,
    "warraq.newsroom.sheets.feeds.ITEMS": 3,
}
"""Lengths of lists while such a paper is looked at: what happens at their ends happens with a dozen articles."""
BEGAN = datetime(2026, 3, 28, 20, 30, tzinfo=UTC)


@contextmanager
def short_lists() -> Iterator[None]:
    patches = [mock.patch(name, value) for name, value in SHORT.items()]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in reversed(patches):
            patch.stop()


@dataclass
class Paper:
    """What `make_paper` made, by name."""

    sections: dict[str, Section] = field(default_factory=dict)
    authors: list[Author] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)


def every_block(photo: Photo, article: Article, section: Section) -> list[tuple[str, object]]:
    """A body with each kind of block, and links to an article, a section and the front."""
    link = '<p>انظر <a linktype="page" id="{}">هذا</a> و<a href="https://example.org/">ذاك</a>.</p>'
    cells = {
        "columns": [{"type": "text", "heading": "السنة"}, {"type": "text", "heading": "الحمل"}],
        "rows": [{"values": ["١٧٠٩", "٦٠٠"]}],
        "caption": "صادرات البن",
    }
    return [
        ("paragraph", "<p>كان <b>البن</b> ينزل من الجبال.</p>" + link.format(article.pk)),
        ("paragraph", link.format(section.pk) + link.format(section.get_parent().pk)),
        ("heading", "الميناء"),
        ("quotation", {"text": "رأيت السفن.", "speaker": "تاجر", "source": "رحّالة"}),
        ("image", {"photo": photo, "alt": "", "caption": "المرفأ"}),
        ("list", {"ordered": True, "items": ["<p>أولاً</p>", link.format(article.pk)]}),
        ("verse", {"text": "صدر البيت * وعجزه", "poet": "شاعر"}),
        ("table", table(cells)),
        ("link", {"title": "أرشيف", "url": "https://example.org/a", "text": "وثائق"}),
        ("related", [article]),
        ("facts", {"title": "حقائق", "items": [link.format(article.pk)]}),
    ]


def table(cells: dict[str, object]) -> object:
    from warraq.newsroom.blocks import table_block

    return table_block().to_python(cells)


def _sections() -> dict[str, Section]:
    news = services.open_section(slug="news", title="أخبار", description="ما جرى.")
    cities = services.open_section(slug="cities", title="مدن", parent=news)
    closed = services.open_section(slug="closed", title="مغلق")
    return {
        "news": news,
        "cities": cities,
        "ports": services.open_section(slug="ports", title="موانئ", parent=cities),
        "texts": services.open_section(slug="texts", title="نصوص", kind="literary"),
        "opinion": services.open_section(slug="opinion", title="رأي", kind="opinion"),
        "empty": services.open_section(slug="empty", title="فارغ", parent=news),
        "closed": closed,
        "shut": services.open_section(slug="shut", title="تحته", parent=closed),
    }


def _articles(paper: Paper) -> dict[str, Article]:
    made: dict[str, Article] = {}

    def write(name: str, section: str, *, days: int, **fields: object) -> Article:
        article = services.write_article(
            section=Section.objects.get(slug=section),
            headline=f"عنوان {name}",
            standfirst=f"مقدّمة {name}",
            **fields,  # type: ignore[arg-type]
        )
        made[name] = services.publish(article=article, at=BEGAN + timedelta(days=days))
        return made[name]

    salim, huda = paper.authors
    harbour, mountain, _face = paper.photos
    source = services.add_source(name="وكالة", url="https://agency.example/")
    for number in range(5):
        write(f"خبر {number}", "news", days=number, authors=[salim], tags=["البن"])
    target = write("الهدف", "cities", days=5, photo=mountain, authors=[huda], tags=["المخا"])
    write(
        "غني",
        "texts",
        days=6,
        kicker="تحقيق",
        photo=harbour,
        photo_caption="عند الفجر",
        authors=[salim, huda],
        sources=[source],
        tags=["البن", "المخا"],
        body=every_block(mountain, target, paper.sections["texts"]),
    )
    write("رأي", "opinion", days=7, authors=[huda])
    write("مرفأ", "ports", days=8)
    write("مرفأ آخر", "ports", days=9, body=[("related", [target])])
    write("في قسم مغلق", "closed", days=9)
    write("مسحوب في قسم مغلق", "closed", days=9)
    write("مسحوب", "news", days=10)
    write("مرفوع", "news", days=11)
    return made


def make_paper() -> Paper:
    """The paper, with its lists brought up to date and everything pressed. Call it inside `short_lists`."""
    services.open_paper(name="الورّاق", language="ar")
    paper = Paper(sections=_sections())
    paper.photos = [
        services.add_photo(title="مرفأ", data=image_bytes("teal", (400, 300)), name="a.jpg", credit="م", alt="سفن"),
        services.add_photo(title="جبل", data=image_bytes("olive", (90, 60)), name="b.jpg"),
        services.add_photo(title="وجه", data=image_bytes("brown", (80, 80)), name="c.jpg"),
    ]
    paper.authors = [
        services.add_author(name="سالم", role="مراسل", about="من المخا.", portrait=paper.photos[2]),
        services.add_author(name="هدى"),
    ]
    paper.articles = made = _articles(paper)
    made["مسوّدة"] = services.write_article(section=paper.sections["news"], headline="مسوّدة")
    made["غني"] = services.correct(article=made["غني"], by=None, text="صُوّب التاريخ.", at=BEGAN)
    for name in ("مسحوب", "مسحوب في قسم مغلق"):
        services.retract(article=made[name], by=None, reason="لم يثبت")
    services.unpublish(article=made["مرفوع"])
    Section.objects.get(slug="closed").unpublish()
    services.arrange_front(lead=made["غني"], slots=[made["خبر 1"], made["الهدف"]])
    services.break_news(text="عاجل قديم")
    services.break_news(text="عاجل", article=made["رأي"])
    _talk(made["غني"])
    _rank([made["غني"], made["خبر 0"], made["رأي"], made["مرفأ"]])
    press_pending()
    return paper


def _talk(article: Article) -> None:
    first = comments.write_comment(article=article, name="قارئ", text="أحسنتم.", at=BEGAN)
    answer = comments.write_comment(article=article, name="", text="نعم.", at=BEGAN, parent=first)
    other = comments.write_comment(article=article, name="قارئة", text="لا.", at=BEGAN)
    comments.write_comment(article=article, name="ينتظر", text="متى؟", at=BEGAN)
    comments.approve(comments=[first, answer, other], by=None)
    comments.refuse(comments=[other], by=None)


def _rank(articles: list[Article]) -> None:
    items = [[article.pk, 9 - number] for number, article in enumerate(articles)]
    for kind in ("read", "comment"):
        for section in (None, Section.objects.get(slug="news")):
            Ranking.objects.create(kind=kind, window="day", section=section, since=BEGAN, until=BEGAN, items=items)
