"""What editors and readers do once, and how many sheets that may press: the table of docs/press.md, as numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest import mock

from taggit.models import Tag

from tests.newsroom.fixtures import image_bytes
from warraq.comments import services as comments
from warraq.comments.models import Comment
from warraq.newsroom import placing, services
from warraq.newsroom.manuscripts import Manuscript
from warraq.newsroom.models import Article, Author, Breaking, Photo, Ranking, Section, Source
from warraq.newsroom.rankings import services as rankings
from warraq.newsroom.rankings.counters import Counted
from warraq.press.services import press_all

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECTIONS, AUTHORS, TAGS = 2, 1, 1
"""Above and under each article of the paper below."""
LISTS = SECTIONS + AUTHORS + TAGS
FEEDS = 1 + SECTIONS
RELATED = 4

IN_LISTS = 2 * LISTS + 1
"""Pages of lists where an article's card stands: head and one numbered page each, and its day."""
CARD = 1 + RELATED + IN_LISTS + 1 + FEEDS
"""Pages that show something of an article: its own, the next ones of its section, lists, front, feeds."""
PLACE = 1 + IN_LISTS + 1 + FEEDS + 3
"""Pages that change when an article comes: its own, lists, front, feeds; its month, the archive, the month's map."""
GOING = PLACE + RELATED + 1
"""The same when it goes, the next ones of its section, and its own once more when nothing leads there any longer."""
PICTURES = 3
"""Sizes of one photo; one article shows it."""
RANKED = 2
"""Page and fragment of each ranking that names an article."""


@dataclass(frozen=True)
class Operation:
    name: str
    do: Callable[[], object]
    at_most: int


def build(paper: dict[str, Section], *, upto: int) -> None:
    """Articles until there are `upto`: five a day, each second one in another section, the newest with rankings."""
    authors = list(Author.objects.order_by("pk"))
    there = Article.objects.count()
    idents = services.write_articles(
        manuscripts=[
            Manuscript(
                section=paper[("cities", "ports")[number % 2]],
                headline=f"خبر {number}",
                standfirst="مقدّمة",
                body=[("paragraph", "<p>كان البن ينزل من الجبال.</p>")],
                authors=[authors[number % 3]],
                sources=[Source.objects.get()],
                tags=[("البن", "المخا")[number % 2]],
                published=BEGAN + timedelta(days=number // 5, minutes=number),
            )
            for number in range(there, upto)
        ]
    )
    placing.follow_articles([str(ident) for ident in idents])  # one after the other, as they came
    press_all()


def open_paper() -> dict[str, Section]:
    services.open_paper(name="الورّاق", language="ar")
    news = services.open_section(slug="news", title="أخبار")
    made = {slug: services.open_section(slug=slug, title=slug, parent=news) for slug in ("cities", "ports")}
    for name in ("سالم", "هدى", "ليلى"):
        services.add_author(name=name)
    services.add_source(name="وكالة")
    services.add_photo(title="مرفأ", data=image_bytes(size=(60, 40)), name="a.jpg")
    return made


def furnish() -> None:
    """What stands on the newest articles: a photo, comments, rankings, slots, a breaking line; the rest is old."""
    newest = list(Article.objects.order_by("-first_published_at")[:20])
    for article in newest[:1]:
        article.photo = Photo.objects.get()
        article.save_revision().publish()
        first = comments.write_comment(article=article, name="قارئ", text="نعم", at=BEGAN)
        talk(article)
        comments.approve(comments=[first], by=None)
    services.arrange_front(lead=None, slots=newest[4:6])
    services.break_news(text="عاجل", article=newest[2])
    count("read", [[article.pk, 30 - place] for place, article in enumerate(newest[:12])])


def talk(article: Article) -> Comment:
    return comments.write_comment(article=article, name="قارئ", text="لا", at=BEGAN)


def count(kind: str, items: list[list[int]]) -> None:
    with mock.patch.object(rankings, "count", lambda *_: [Counted(*item) for item in items]):
        rankings.rank(kind=kind, window="day", now=BEGAN)


def newest() -> Article:
    return Article.objects.order_by("-first_published_at").first()


def old() -> Article:
    """In the middle of the lists, on a full page of each; nothing names it but they and its neighbours."""
    return Article.objects.order_by("first_published_at")[11]


def edit(article: Article) -> None:
    article.title = "عنوان آخر"
    article.save_revision().publish()


def ranked(change: Callable[[list[list[int]]], list[list[int]]]) -> None:
    count("read", change([list(item) for item in Ranking.objects.get(kind="read", window="day").items]))


def set_and_save(row: Author | Photo | Tag | Source | Section, name: str) -> None:
    setattr(row, name, "آخر")
    row.save_revision().publish() if isinstance(row, Section) else row.save()


def publish_one() -> None:
    article = services.write_article(
        section=Section.objects.get(slug="cities"),
        headline="جديد",
        authors=[Author.objects.first()],
        tags=["البن"],
        body=[("paragraph", "<p>نص.</p>")],
    )
    services.publish(article=article, at=newest().first_published_at + timedelta(minutes=1))


def move(article: Article) -> None:
    other = Section.objects.exclude(slug="news").exclude(pk=article.get_parent().pk).get()
    services.move(article=article, section=other)


def schedule(article: Article) -> None:
    article.go_live_at = BEGAN + timedelta(days=40_000)
    article.save_revision().publish()


BREAKING = 2
OPERATIONS = [
    Operation("publish", publish_one, PLACE),
    Operation("edit the newest", lambda: edit(newest()), CARD + RANKED + BREAKING),
    Operation("edit an old one", lambda: edit(old()), CARD),
    Operation("save a draft", lambda: newest().save_revision(), 0),
    Operation("schedule", lambda: schedule(newest()), 0),
    Operation("unpublish", lambda: newest().unpublish(), GOING + RANKED + BREAKING),
    Operation("retract an old one", lambda: services.retract(article=old(), by=None, reason="خطأ"), GOING),
    Operation("delete an old one", lambda: old().delete(), GOING),
    Operation("move an old one", lambda: move(old()), CARD + 1 + 2 + 3),
    Operation("correct", lambda: services.correct(article=old(), by=None, text="صُوّب"), CARD),
    Operation(
        "approve a comment", lambda: comments.approve(comments=Comment.objects.filter(state="pending"), by=None), 1
    ),
    Operation(
        "refuse a comment", lambda: comments.refuse(comments=Comment.objects.filter(state="approved"), by=None), 1
    ),
    Operation("count reads", lambda: ranked(lambda items: [[pk, n + 1] for pk, n in items]), 2),
    Operation("turn a ranking", lambda: ranked(lambda items: [items[1], items[0], *items[2:]]), 3),
    Operation("arrange the front", lambda: services.arrange_front(lead=old(), slots=[]), 1),
    Operation("breaking news", lambda: services.break_news(text="عاجل ثانٍ"), BREAKING),
    Operation("end breaking news", lambda: Breaking.objects.get().unpublish(), BREAKING),
    Operation("credit a photo", lambda: set_and_save(Photo.objects.get(), "credit"), CARD + PICTURES),
    Operation("receive a comment", lambda: talk(newest()), 0),
]
EVERYWHERE = [
    Operation("rename a section", lambda: set_and_save(Section.objects.get(slug="news"), "title"), 1),
    Operation("rename an author", lambda: set_and_save(Author.objects.first(), "name"), 1),
    Operation("rename a tag", lambda: set_and_save(Tag.objects.get(name="البن"), "name"), 1),
]
"""Operations whose pages are many; of them the one of the very thing is pressed at once, `at_most` counts it."""
