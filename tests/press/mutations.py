"""Changes to every row that pages show, one field at a time, each by the way on which the newsroom saves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.core.files.images import ImageFile
from django.db import models
from django.db.models import Model
from taggit.models import Tag
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from tests.newsroom.fixtures import image_bytes
from warraq.comments import services as comments
from warraq.comments.models import Comment, State
from warraq.newsroom import services
from warraq.newsroom.models import (
    Article,
    Author,
    Breaking,
    Front,
    PaperSettings,
    Photo,
    Ranking,
    Retraction,
    Section,
    Source,
)
from warraq.newsroom.rankings import services as rankings
from warraq.newsroom.rankings.counters import Counted

Mutation = tuple[str, Callable[[], object]]
SHOWN: dict[type[Model], tuple[str, ...]] = {
    Article: ("title kicker standfirst body photo photo_caption comments_open", "first_published_at"),
    Section: ("title kind description", "slug", "place"),
    Front: ("title lead",),
    Author: ("name role about portrait",),
    Source: ("name url",),
    Tag: ("name",),
    Photo: ("credit description", "focal_point_x", "focal_point_width"),
    Breaking: ("text", "article"),
    Retraction: ("reason at",),
    Comment: ("name text sent_at", "parent"),
}
"""What pages show of a row; fields that only one save can change apart from others stand together."""
CHILDREN = {"signatures": ("author",), "drawn_on": ("source",), "corrections": ("text", "at"), "tagged_items": ("tag",)}
"""Rows that are saved with their article, and what of them is shown."""


def other(field: models.Field, value: Any, row: Model) -> Any:
    """Another good value."""
    if field.choices:
        return next(choice for choice, _label in field.flatchoices if choice != value)
    if isinstance(field, models.ForeignKey):
        itself = row.pk if field.related_model is type(row) else None
        there = field.related_model._default_manager.exclude(pk=getattr(value, "pk", None))
        return there.exclude(pk=itself).order_by("pk").first() or value
    if isinstance(field, StreamField):
        return [*[(block.block_type, block.value) for block in value][1:], ("heading", "جديد")]
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 3
    if isinstance(field, models.DateTimeField):
        return value + timedelta(days=40) if value else value
    if isinstance(field, models.SlugField):
        return f"{value}-x"
    return {"time_zone": "Pacific/Kiritimati"}.get(field.name, f"{value or 'https://example.org/'}x")


def save(row: Model) -> None:
    if isinstance(row, Article | Section | Front | Breaking):
        row.save_revision().publish()
    else:
        row.save()


def set_fields(model: type[Model], pk: Any, names: str) -> None:
    row = model._default_manager.get(pk=pk)
    for name in names.split():
        if name.startswith("focal_point"):
            row.set_focal_point(row.get_rect())
        setattr(row, name, other(model._meta.get_field(name), getattr(row, name), row))
    save(row)


def of_rows(kinds: Iterable[type[Model]]) -> Iterator[Mutation]:
    for model in kinds:
        for row in model._default_manager.order_by("pk"):
            for name in SHOWN[model]:
                yield f"{model.__name__} {row.pk} {name}", lambda m=model, pk=row.pk, n=name: set_fields(m, pk, n)


def of_children() -> Iterator[Mutation]:
    def change(pk: int, relation: str, name: str) -> None:
        article = Article.objects.get(pk=pk)
        child = getattr(article, relation).all()[0]
        setattr(child, name, other(child._meta.get_field(name), getattr(child, name), child))
        getattr(article, relation).add(child)
        save(article)

    def remove(pk: int, relation: str) -> None:
        article = Article.objects.get(pk=pk)
        setattr(article, relation, list(getattr(article, relation).all())[1:])
        save(article)

    def turn(pk: int) -> None:
        article = Article.objects.get(pk=pk)
        for place, child in enumerate(reversed(article.signatures.all())):
            child.sort_order = place
            article.signatures.add(child)
        save(article)

    for article in Article.objects.order_by("pk"):
        for relation, names in CHILDREN.items():
            if getattr(article, relation).exists():
                yield f"{article.pk} without {relation}", lambda pk=article.pk, r=relation: remove(pk, r)
                for name in names:
                    yield f"{article.pk} {relation} {name}", lambda pk=article.pk, r=relation, n=name: change(pk, r, n)
        if article.signatures.count() > 1:
            yield f"{article.pk} signatures turned", lambda pk=article.pk: turn(pk)


def of_places() -> Iterator[Mutation]:
    """Pages that come, go and move."""

    def move(model: type[Model], pk: int, target: int) -> None:
        above = Section.objects.filter(pk=target).first() or Front.objects.get()
        model._default_manager.get(pk=pk).move(above, pos="last-child")

    texts = Section.objects.get(slug="texts")
    for model in (Article, Section):
        for row in model._default_manager.order_by("pk"):
            get = lambda m=model, pk=row.pk: m._default_manager.get(pk=pk)  # noqa: E731
            yield f"{model.__name__} {row.pk} unpublished", lambda get=get: get().unpublish()
            yield f"{model.__name__} {row.pk} deleted", lambda get=get: get().delete()
            if row.pk != texts.pk:
                yield f"{model.__name__} {row.pk} moved", lambda m=model, pk=row.pk: move(m, pk, texts.pk)
            if model is Section and row.depth > 3:
                yield f"Section {row.pk} moved up", lambda pk=row.pk: move(Section, pk, 0)
    for row in Article.objects.live().order_by("pk"):
        yield (
            f"Article {row.pk} retracted",
            lambda pk=row.pk: services.retract(article=Article.objects.get(pk=pk), by=None, reason="ثانٍ"),
        )


def of_settings() -> Iterator[Mutation]:
    row = PaperSettings.load()
    for field in PaperSettings._meta.concrete_fields:
        if not field.primary_key:
            yield f"PaperSettings {field.name}", lambda name=field.name: set_fields(PaperSettings, row.pk, name)


def of_deletions() -> Iterator[Mutation]:
    def delete(model: type[Model], pk: int) -> None:
        model._default_manager.get(pk=pk).delete()

    for model in (Tag, Photo, Breaking, Retraction, Comment):
        for row in model._default_manager.order_by("pk"):
            yield f"{model.__name__} {row.pk} deleted", lambda m=model, pk=row.pk: delete(m, pk)


def of_photos() -> Iterator[Mutation]:
    def replace(pk: int) -> None:
        photo = Photo.objects.get(pk=pk)
        form = get_image_form(get_image_model())
        data = {"title": photo.title, "collection": photo.collection_id, "description": photo.description}
        file = ImageFile(_file("purple"), name="new.jpg")
        bound = form(data, {"file": file}, instance=photo)
        assert bound.is_valid(), bound.errors
        bound.save()

    for photo in Photo.objects.order_by("pk"):
        yield f"Photo {photo.pk} replaced", lambda pk=photo.pk: replace(pk)


def _file(colour: str) -> Any:
    from io import BytesIO

    return BytesIO(image_bytes(colour, (300, 200)))


def of_talk_and_counts() -> Iterator[Mutation]:
    for row in Comment.objects.order_by("pk"):
        verb = comments.refuse if row.state == State.APPROVED else comments.approve
        yield f"Comment {row.pk} decided", lambda pk=row.pk, v=verb: v(comments=Comment.objects.filter(pk=pk), by=None)
    for row in Ranking.objects.order_by("pk"):
        for name, change in {
            "turned": lambda items: [[pk, 9 - place] for place, (pk, _n) in enumerate(reversed(items))],
            "counted": lambda items: [[pk, count + 1] for pk, count in items],
            "empty": lambda items: [],
        }.items():
            yield f"Ranking {row.pk} {name}", lambda row=row, change=change: count(row, change(row.items))
    for pk, _count in Ranking.objects.order_by("pk")[0].items:
        yield f"Article {pk} excluded", lambda pk=pk: exclude(pk)


def exclude(pk: int) -> None:
    rankings.exclude(article=Article.objects.get(pk=pk), by=None, reason="خطأ")


def count(row: Ranking, items: list[list[int]]) -> None:
    """The ranking counted anew, by the verb that counts."""
    from unittest import mock

    counted = [Counted(*item) for item in items]
    later = row.until + timedelta(minutes=1)
    with (
        mock.patch.object(rankings, "count", lambda *_: counted),
        mock.patch.object(rankings, "count_by_section", lambda *_: {row.section_id: counted}),
    ):
        rankings.rank_sections(later) if row.section_id else rankings.rank(kind=row.kind, window=row.window, now=later)


GROUPS: dict[str, Callable[[], Iterator[Mutation]]] = {
    "articles": lambda: of_rows([Article]),
    "articles' own rows": of_children,
    "sections": lambda: of_rows([Section, Front]),
    "places": of_places,
    "names": lambda: of_rows([Author, Source, Tag, Photo, Breaking, Retraction, Comment]),
    "others": lambda: (
        mutation for part in (of_settings, of_deletions, of_photos, of_talk_and_counts) for mutation in part()
    ),
}
