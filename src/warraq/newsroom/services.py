"""The newsroom's verbs. Each is one transaction; times are aware."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site

from warraq.newsroom import desks
from warraq.newsroom.errors import BadAddress, NotPublished
from warraq.newsroom.manuscripts import CHUNK, Manuscript, write_chunk
from warraq.newsroom.models import (
    Article,
    Attribution,
    Author,
    Breaking,
    Correction,
    Front,
    PaperSettings,
    Photo,
    Retraction,
    Section,
    Signature,
    Slot,
    Source,
)
from warraq.press.services import announce

TEXTS = {"title", "kicker", "standfirst", "photo_caption"}
"""The fields of an article that `write_article` is given as text."""


@transaction.atomic
def open_paper(*, name: str, language: str = "ar") -> Front:
    """The front, the site, the settings and the desks of a new paper. On an opened one it changes nothing."""
    front = Front.objects.first()
    if front is not None:
        return front
    root = Page.get_first_root_node()
    for stray in root.get_children():
        stray.delete()  # Wagtail's own welcome page
    desks.close_wagtails_own()
    root.refresh_from_db()
    front = root.add_child(instance=Front(title=name, slug="front"))
    front.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", site_name=name, root_page_id=front.pk, is_default_site=True)
    row = PaperSettings.load()
    row.name, row.language = name, language
    row.save()
    desks.open_desks(front, language=language)
    return front


@transaction.atomic
def open_section(
    *, slug: str, title: str, kind: str = "news", parent: Section | None = None, description: str = ""
) -> Section:
    """A published section with its desk and its review. Raises BadAddress where the slug is wrong or taken."""
    above = parent or Front.objects.get()
    place = Section.objects.child_of(above).count()
    section = Section(slug=slug, title=title, kind=kind, description=description, place=place)
    try:
        above.add_child(instance=section)
        section.full_clean()
    except ValidationError as error:
        raise BadAddress(f"{slug}: " + " ".join(error.messages)) from error
    section.save_revision().publish()
    furnish_section(section)
    return section


def furnish_section(section: Section) -> None:
    """The desk and the review of a section, however it was made. Safe to call again."""
    desks.open_section_desk(section, language=settings.LANGUAGE_CODE)


@transaction.atomic
def write_article(
    *,
    section: Section,
    headline: str,
    kicker: str = "",
    standfirst: str = "",
    body: Sequence[tuple[str, Any]] = (),
    authors: Iterable[Author] = (),
    sources: Iterable[Source] = (),
    tags: Iterable[str] = (),
    photo: Photo | None = None,
    photo_caption: str = "",
    owner: User | None = None,
) -> Article:
    """A draft. `body` is `(block name, value)` pairs as StreamField takes them. Raises ValidationError."""
    article = Article(
        title=headline,
        kicker=kicker,
        standfirst=standfirst,
        photo=photo,
        photo_caption=photo_caption,
        owner=owner,
        live=False,
    )
    article.body = list(body)
    # Before the row is written: SQLite would take what is too long and leave the refusal to the draft, PostgreSQL not.
    article.clean_fields(exclude={row.name for row in Article._meta.concrete_fields} - TEXTS)
    section.add_child(instance=article)
    article.signatures = [Signature(author=author, sort_order=place) for place, author in enumerate(authors)]
    article.drawn_on = [Attribution(source=source, sort_order=place) for place, source in enumerate(sources)]
    article.tags.set(list(dict.fromkeys(tags)))
    article.save_revision(user=owner)
    return article


def write_articles(*, manuscripts: Iterable[Manuscript], at_once: int = CHUNK) -> list[int]:
    """Write many articles as `write_article` and, where they have a time, `publish` do; their ids, in order.

    `at_once` of them are one transaction: after a kill, call it again with the same keys and it goes on where it was.
    Raises ValidationError; those before the transaction with the bad one stay.
    """
    source, idents = iter(manuscripts), []
    while chunk := list(islice(source, at_once)):
        idents += write_chunk(chunk)
    return idents


@transaction.atomic
def publish(*, article: Article, by: User | None = None, at: datetime | None = None) -> Article:
    """Publish the newest draft now; with `at`, as if it had been then (imports, demonstrations).

    Ends a retraction.
    """
    if at is not None:
        Article.objects.filter(pk=article.pk).update(first_published_at=at)
        article = Article.objects.get(pk=article.pk)
    revision = article.get_latest_revision() or article.save_revision(user=by)
    revision.publish(user=by, skip_permission_checks=True)
    if at is not None:
        Article.objects.filter(pk=article.pk).update(last_published_at=at)
        announce(f"article:{article.pk}", cause=f"publish {article.pk}")
    return Article.objects.get(pk=article.pk)


@transaction.atomic
def unpublish(*, article: Article, by: User | None = None) -> None:
    """Take an article off the paper; its address then says that it is gone."""
    article.unpublish(user=by)


@transaction.atomic
def retract(*, article: Article, by: User | None, reason: str) -> Retraction:
    """Take an article back for a reason that readers are told. Raises NotPublished."""
    if not article.live:
        raise NotPublished(_("This article is not published; nothing was retracted."))
    retraction, _made = Retraction.objects.update_or_create(article=article, defaults={"reason": reason, "by": by})
    article.unpublish(user=by, log_action=False)
    log(instance=article, action="warraq.retract", user=by, data={"reason": reason})
    return retraction


@transaction.atomic
def correct(*, article: Article, by: User | None, text: str, at: datetime | None = None) -> Article:
    """Publish a correction with the newest draft."""
    draft = article.get_latest_revision_as_object()
    correction = Correction(text=text, by=by, sort_order=draft.corrections.count())
    if at is not None:
        correction.at = at
    draft.corrections.add(correction)
    draft.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return Article.objects.get(pk=article.pk)


@transaction.atomic
def move(*, article: Article, section: Section, by: User | None = None) -> Article:
    """Move an article to another section; its old address leads to the new one."""
    article.move(Section.objects.get(pk=section.pk), pos="last-child", user=by)  # with the children that it has by now
    return Article.objects.get(pk=article.pk)


@transaction.atomic
def delete(*, article: Article, by: User | None = None) -> None:
    """Delete an article with its drafts; its address then says that it is gone."""
    article.delete(user=by)


def add_author(*, name: str, role: str = "", about: str = "", portrait: Photo | None = None) -> Author:
    return Author.objects.create(name=name, role=role, about=about, portrait=portrait)


def add_source(*, name: str, url: str = "") -> Source:
    return Source.objects.get_or_create(name=name, defaults={"url": url})[0]


def add_photo(*, title: str, data: bytes, name: str, credit: str = "", alt: str = "") -> Photo:
    """A photo from the bytes of an image file. `name` is a file name with the right ending."""
    photo = Photo.objects.create(
        title=title[:255], file=ImageFile(BytesIO(data), name=name), credit=credit[:160], description=alt[:255]
    )
    photo.get_file_hash()  # saves it: paths are made of it, and rendering only reads
    return photo


@transaction.atomic
def arrange_front(*, lead: Article | None, slots: Iterable[Article], by: User | None = None) -> None:
    """Publish a front with this lead and these chosen stories."""
    front = Front.objects.get()
    front.lead = lead
    front.slots = [Slot(article=article, sort_order=place) for place, article in enumerate(slots)]
    front.save_revision(user=by).publish(user=by, skip_permission_checks=True)


@transaction.atomic
def break_news(*, text: str, article: Article | None = None, by: User | None = None) -> Breaking:
    """Put a line over the pages."""
    line = Breaking.objects.create(text=text, article=article, live=False)
    line.save_revision(user=by).publish(user=by)
    return line
