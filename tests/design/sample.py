"""A small paper for looking at every template: pieces only, no database. `pages()` gives each page with its context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.design import sample_text as text
from warraq.language import dates
from warraq.language.numerals import Digits, digits
from warraq.newsroom import pieces as p

ORIGIN = "https://paper.example"
NOW = datetime.fromisoformat("2026-11-24T14:05:00+03:00")


@dataclass(frozen=True)
class CommentPiece:
    id: int
    name: str
    paragraphs: tuple[str, ...]
    at: p.Moment
    replies: tuple[CommentPiece, ...] = ()


def moment(hours_ago: float = 0, style: Digits = "latin") -> p.Moment:
    at = NOW - timedelta(hours=hours_ago)
    return p.Moment(
        iso=at.isoformat(timespec="seconds"),
        date=dates.gregorian(at.date(), digits=style),
        time=dates.clock(at.time(), digits=style),
        hijri=dates.hijri(at.date(), digits=style),
        weekday=dates.weekday(at.date()),
    )


def section(slug: str, title: str, kind: str = "news", children: tuple[p.SectionLink, ...] = ()) -> p.SectionLink:
    return p.SectionLink(title, f"/{slug}/", slug, kind, children)


NEWS = section("news", "أخبار", children=(section("world", "العالم"), section("economy", "اقتصاد")))
CULTURE = section("culture", "ثقافة")
OPINION = section("opinion", "آراء وأفكار", "opinion")
TEXTS = section("texts", "نصوص", "literary")
SECTIONS = (NEWS, CULTURE, section("science", "علوم"), section("cities", "مدن"), OPINION, TEXTS)

PAPER = p.Paper(
    name="الميزان",
    tagline="صحيفة تُقرأ على مهل",
    about=text.ABOUT,
    language="ar",
    origin=ORIGIN,
    sections=SECTIONS,
    channels=(
        p.Channel("telegram", "تليجرام", "https://t.me/example"),
        p.Channel("whatsapp", "واتساب", "https://whatsapp.com/channel/example"),
        p.Channel("facebook", "فيسبوك", "https://www.facebook.com/example"),
        p.Channel("rss", "خلاصة RSS", "/feed.rss"),
    ),
    offline=True,
)


def picture(number: int, *, caption: str = "", shape: tuple[int, int] = (1200, 800)) -> p.Picture:
    width, height = shape
    return p.Picture(
        sources=tuple((f"/_/media/sample{number}-{wide}.webp", wide) for wide in (360, 720, 1200) if wide <= width),
        width=width,
        height=height,
        alt=f"صورة من المدرّجات رقم {number}",
        credit="سلمى الحكيمي" if caption else "",
        caption=caption,
        focus=(50, 30) if number % 2 else (50, 50),
    )


def author(number: int, name: str, role: str) -> p.AuthorPiece:
    about = "تكتب عن الأسواق والحِرف، وتجمع حكايات من يعملون بأيديهم."
    return p.AuthorPiece(number, name, f"/author/{number}/", role, picture(40 + number, shape=(360, 360)), about)


WRITERS = (
    author(1, "هدى السقّاف", "محرّرة الاقتصاد"),
    author(2, "مالك الريمي", "كاتب عمود"),
    author(3, "نورا الأهدل", "كاتبة عمود"),
    author(4, "عبد الرحمن الشامي", "كاتب عمود"),
)


def card(number: int, *, where: p.SectionLink = NEWS, headline: str = "", style: Digits = "latin") -> p.Card:
    return p.Card(
        id=number,
        url=f"{where.url}{number}/",
        kicker="موسم القطاف" if number == 1 else "",
        headline=headline or text.HEADLINES[(number - 1) % len(text.HEADLINES)],
        standfirst=text.STANDFIRSTS[(number - 1) % len(text.STANDFIRSTS)],
        section=where,
        authors=(WRITERS[number % len(WRITERS)],),
        published=moment(number * 0.7, style),
        picture=picture(number) if number % 5 != 4 else None,
    )


def cards(first: int, count: int, **more: Any) -> tuple[p.Card, ...]:
    return tuple(card(number, **more) for number in range(first, first + count))


def columns() -> tuple[p.Card, ...]:
    return tuple(card(60 + n, where=OPINION, headline=words) for n, words in enumerate(text.COLUMNS))


def texts() -> tuple[p.Card, ...]:
    return tuple(card(70 + n, where=TEXTS, headline=words) for n, words in enumerate(text.TEXTS))


def body() -> tuple[p.Block, ...]:
    """Every kind of block, among paragraphs."""
    first, second, third, fourth, fifth, sixth = (p.Block("paragraph", {"html": words}) for words in text.PARAGRAPHS)
    return (
        first,
        second,
        p.Block("heading", {"text": "من السطح إلى السوق"}),
        third,
        p.Block(
            "quotation",
            {
                "text": "الموسم الجيد لا يُقاس بعدد الأكياس، بل بعدد من عادوا ليقطفوا معنا.",
                "speaker": "سالم الوصابي، مزارع",
                "source": "نشرة الأرض والماء",
            },
        ),
        fourth,
        p.Block("image", {"picture": picture(21, caption="كرز البنّ على سطح بيت حجري قبل يوم من جمعه.")}),
        p.Block("heading", {"text": "دفتر بأسماء القاطفين"}),
        fifth,
        p.Block("list", {"items": ("القطف حبة حبة.", "التجفيف على السطوح.", "الفرز <b>مرتين</b>."), "ordered": True}),
        p.Block(
            "table",
            {
                "caption": "المحصول في ثلاثة مواسم",
                "head": ("الموسم", "بالطن", "مقارنة بالمتوسط"),
                "rows": (("2024", "310", "أقلّ"), ("2025", "355", "قريب منه"), ("2026", "480", "أعلى بالثلث")),
            },
        ),
        p.Block("facts", {"title": "أرقام الموسم", "items": ("480 طنًّا من البنّ المجفّف.", "1200 أسرة تعمل فيه.")}),
        p.Block("related", {"cards": cards(2, 2)}),
        sixth,
        p.Block(
            "link",
            {
                "title": "خريطة المدرّجات",
                "url": "https://maps.example/terraces",
                "host": "maps.example",
                "text": "بيانات مفتوحة.",
            },
        ),
        p.Block("verse", {"lines": (*text.VERSE[2:], ("يا لَيلُ", "")), "poet": "امرؤ القيس"}),
    )


def article(*, where: p.SectionLink = NEWS.children[1], style: Digits = "latin") -> p.ArticlePiece:
    address = "https%3A%2F%2Fpaper.example%2Feconomy%2F1%2F"
    return p.ArticlePiece(
        id=1,
        url=f"{where.url}1/",
        kicker="موسم القطاف",
        headline=text.HEADLINES[0],
        standfirst=text.STANDFIRSTS[0],
        section=where,
        parents=(NEWS,) if where in NEWS.children else (),
        authors=WRITERS[:1],
        sources=(p.SourcePiece("نشرة الأرض والماء", "https://land.example/"), p.SourcePiece("Mountain Coffee")),
        published=moment(5, style),
        updated=moment(1, style),
        minutes=4,
        picture=picture(1, caption="مدرّجات البنّ في أول أيام القطاف."),
        body=body(),
        tags=(p.Link("بنّ", "/tag/1/"), p.Link("زراعة", "/tag/2/"), p.Link("أسواق قديمة", "/tag/3/")),
        corrections=(
            p.CorrectionPiece("ذكرنا أولاً أن المحصول 840 طنًّا، والصحيح 480 طنًّا. نعتذر عن الخطأ.", moment(2, style)),
        ),
        related=cards(5, 4, style=style),
        share=(
            p.Channel("telegram", "تليجرام", f"https://t.me/share/url?url={address}"),
            p.Channel("whatsapp", "واتساب", f"https://wa.me/?text={address}"),
            p.Channel("facebook", "فيسبوك", f"https://www.facebook.com/sharer/sharer.php?u={address}"),
            p.Channel("x", "إكس", f"https://x.com/intent/post?url={address}"),
        ),
        word_count=520,
    )


def opinion() -> p.ArticlePiece:
    plain = tuple(p.Block("paragraph", {"html": words}) for words in text.PARAGRAPHS[:4])
    return replace(
        article(where=OPINION), headline=text.COLUMNS[0], kicker="", authors=(WRITERS[1],), sources=(), corrections=(),
        picture=None, updated=None, body=plain, related=columns(), parents=(),
    )  # fmt: skip


def literary() -> p.ArticlePiece:
    poem = (p.Block("verse", {"lines": text.VERSE, "poet": "امرؤ القيس"}),)
    return replace(
        opinion(), section=TEXTS, url="/texts/2/", headline=text.TEXTS[1], standfirst="من المعلّقة", body=poem
    )


def plain_article() -> p.ArticlePiece:
    """What most articles are: paragraphs, a sub-heading, a quotation, a picture; some 400 words."""
    kinds = {"paragraph", "heading", "quotation"}
    return replace(article(), corrections=(), body=tuple(block for block in body() if block.kind in kinds))


def comments(style: Digits = "latin") -> p.Part:
    said = [CommentPiece(n, name, (words,), moment(n, style)) for n, (name, words) in enumerate(
        zip(("أم ياسر", "قارئ من الساحل", "Salim", "جمعية البنّ"), text.NOTES, strict=True), start=1)]  # fmt: skip
    thread = (said[0], said[1], replace(said[2], replies=(said[3],)))
    return p.Part(
        "comments/part.html", {"article_id": 1, "open": True, "count": 4, "comments": thread}, "التعليقات", "comments"
    )


def ranking(kind: str, window: str, *, counts: bool = True, style: Digits = "latin") -> p.RankingPiece:
    base = {"read": "most-read", "comment": "most-commented"}[kind]
    counted = (12480, 9312, 5120, 1101, 843, 402, 103, 11, 2, 1)
    items = tuple(
        p.RankedItem(n, text.HEADLINES[n % 16], f"/news/{n}/", count if counts else 0)
        for n, count in enumerate(counted, start=1)
    )
    hours = {"day": 24, "week": 168, "month": 720}[window]
    return p.RankingPiece(
        kind=kind,
        window=window,
        items=items,
        since=moment(hours, style),
        until=moment(0, style),
        url=f"/{base}/{window}/",
        fragment=f"/_/ranking/{kind}/{window}.html",
    )


def front(style: Digits = "latin") -> p.FrontPiece:
    blocks = [p.SectionBlock(where, cards(20 + 4 * n, 4, where=where)) for n, where in enumerate(SECTIONS[:4])]
    blocks[2:2] = [p.SectionBlock(OPINION, columns()), p.SectionBlock(TEXTS, texts()[:3])]
    return p.FrontPiece(
        date=moment(0, style),
        breaking=p.BreakingPiece("وصول أول قافلة ملح إلى السوق القديم بعد انقطاع دام عاماً كاملاً", "/news/14/"),
        lead=card(1, style=style),
        lead_related=cards(2, 3, style=style),
        slots=(*cards(5, 3, where=CULTURE, style=style), card(11, where=SECTIONS[3])),
        latest=cards(8, 10, style=style),
        sections=tuple(blocks),
        rankings=(ranking("read", "day", counts=False), ranking("comment", "day", counts=False)),
    )


def archive_month(style: Digits = "latin") -> p.ArchivePiece:
    days = tuple(
        (digits(n, style), f"/archive/2026/11/{n:02}/" if n <= 24 and n % 6 else "", (n * 7) % 13 if n % 6 else 0)
        for n in range(1, 31)
    )
    month = p.ArchiveMonth(f"نوفمبر {digits(2026, style)}", "/archive/2026/11/", days, lead_blanks=1)
    up = p.Link("الأرشيف", "/archive/")
    return p.ArchivePiece(month.title, month.url, month=month, older="/archive/2026/10/", up=up)


def archive_index() -> p.ArchivePiece:
    months = tuple(p.MonthLink(dates.month_name(n), f"/archive/2026/{n:02}/", 30 - n) for n in range(11, 0, -1))
    return p.ArchivePiece("الأرشيف", "/archive/", years=(("2026", months), ("2025", months[:4])))


def archive_day() -> p.ArchivePiece:
    up = p.Link("نوفمبر 2026", "/archive/2026/11/")
    return p.ArchivePiece(moment(0).date, "/archive/2026/11/24/", day=moment(0), cards=cards(1, 6), up=up)


def listing(where: p.SectionLink, shown: tuple[p.Card, ...], number: int = 0) -> p.ListingPiece:
    return p.ListingPiece(
        kind="section",
        title=where.title,
        url=where.url,
        cards=shown,
        archive=() if number else tuple(p.Link(str(n), f"{where.url}archive/{n}/") for n in range(14, 9, -1)),
        number=number,
        newer=where.url if number else "",
        older=f"{where.url}archive/{number - 1}/" if number else "",
        section=where,
        feed=f"{where.url}feed.rss",
        about="ما جرى اليوم، مكتوباً بوضوح ومنسوباً إلى من قاله.",
    )


def meta(title: str, path: str, **more: Any) -> p.PageMeta:
    return p.PageMeta(title=title, path=path, description=text.STANDFIRSTS[1], **more)
