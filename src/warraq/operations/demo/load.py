"""Loading the demonstration into an opened paper, through the newsroom's own verbs. Needs Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Author, PaperSettings, Photo, Section, Source
from warraq.operations.demo import bodies, pictures, reads, voices
from warraq.operations.demo.content import Table

SLOTS = 6
"""Stories that the demonstration's editors chose for the front."""
FRESH = timedelta(days=15)
"""How old a story may be and still be chosen for it."""


@dataclass(frozen=True)
class Loaded:
    """How much there is now."""

    articles: int
    sections: int
    comments: int


@dataclass
class Staff:
    """What articles refer to, by the keys of the files."""

    sections: dict[str, Section]
    authors: dict[str, Author]
    sources: dict[str, Source]
    owner: User


def load(
    paper: Table,
    told: list[Table],
    *,
    owner: User,
    now: datetime,
    tick: Callable[[], None] = lambda: None,
) -> Loaded:
    """Everything; `told` are the articles as of `now` (aware). The paper must be opened and empty."""
    _settle(paper)
    staff = Staff(_sections(paper), _authors(paper), _sources(paper), owner)
    written: dict[int, Article] = {}
    for article in told:
        written[article["number"]] = _write(article, staff)
        tick()
    for article in told:
        written[article["number"]] = _publish(article, written, owner)
        tick()
    comments = sum(
        voices.load(article["comments"], written[article["number"]], moderator=owner, now=now) for article in told
    )
    reads.load([(written[article["number"]].pk, article) for article in told], now=now)
    _arrange(paper, [one for one in told if now - one["published"] < FRESH], written, owner)
    return Loaded(len(written), len(staff.sections), comments)


def _settle(paper: Table) -> None:
    row = PaperSettings.load()
    row.name, row.tagline, row.about = paper["name"], paper["tagline"], paper["about"]
    for channel in paper["channels"]:
        setattr(row, channel["kind"], channel["url"])
    row.full_clean()
    row.save()


def _sections(paper: Table) -> dict[str, Section]:
    found: dict[str, Section] = {}
    for section in paper["sections"]:
        found[section["slug"]] = newsroom.open_section(
            slug=section["slug"],
            title=section["title"],
            kind=section["kind"],
            parent=found.get(section["parent"]),
            description=section["description"],
        )
    return found


def _authors(paper: Table) -> dict[str, Author]:
    found = {}
    for author in paper["authors"]:
        seed, name = author["portrait_seed"], author["name"]
        face = newsroom.add_photo(title=name, data=pictures.portrait(seed), name=f"portrait-{seed}.jpg", alt=name)
        found[author["key"]] = newsroom.add_author(name=name, role=author["role"], about=author["about"], portrait=face)
    return found


def _sources(paper: Table) -> dict[str, Source]:
    return {source["key"]: newsroom.add_source(name=source["name"], url=source["url"]) for source in paper["sources"]}


def _photo(picture: Table, headline: str) -> Photo:
    """A photo of the table `{seed, motif, alt, credit}`."""
    motif, seed = picture["motif"], picture["seed"]
    return newsroom.add_photo(
        title=headline,
        data=pictures.draw(motif, seed),
        name=f"{motif}-{seed}.jpg",
        credit=picture["credit"],
        alt=picture["alt"],
    )


def _write(article: Table, staff: Staff) -> Article:
    image = article.get("image")
    headline = article["headline"]
    return newsroom.write_article(
        section=staff.sections[article["section"]],
        headline=headline,
        kicker=article["kicker"],
        standfirst=article["standfirst"],
        body=bodies.blocks(article["body"], draw=_photo, headline=headline),
        authors=[staff.authors[key] for key in article["authors"]],
        sources=[staff.sources[key] for key in article["sources"]],
        tags=article["tags"],
        photo=_photo(image, headline) if image else None,
        photo_caption=image.get("caption", "") if image else "",
        owner=staff.owner,
    )


def _publish(article: Table, written: dict[int, Article], owner: User) -> Article:
    """Publish as of its moment, with its related articles, then its corrections as of theirs."""
    row = written[article["number"]]
    related = bodies.related(article["body"], written)
    if related:
        draft = row.get_latest_revision_as_object()
        draft.body = [*((block.block_type, block.value) for block in draft.body), *related]
        draft.save_revision(user=owner)
    row = newsroom.publish(article=row, by=owner, at=article["published"])
    for correction in article["corrections"]:
        newsroom.correct(article=row, by=owner, text=correction["text"], at=correction["moment"])
        Article.objects.filter(pk=row.pk).update(last_published_at=correction["moment"])
    return Article.objects.get(pk=row.pk)


def _arrange(paper: Table, fresh: list[Table], written: dict[int, Article], owner: User) -> None:
    """A front with a lead and chosen stories, the most read first, and the line of breaking news."""
    breaking = paper["breaking"]
    best = sorted(fresh, key=lambda article: (-article["popularity"], article["number"]))
    lead, *others = [written[article["number"]] for article in best]
    newsroom.arrange_front(lead=lead, slots=others[:SLOTS], by=owner)
    newsroom.break_news(text=breaking["text"], article=written[breaking["article"]], by=owner)
