"""Which edits the index has to hear of. Signals only record; `tasks` works it out."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from taggit.models import Tag
from wagtail.models import Page

from warraq.newsroom.manuscripts import articles_written
from warraq.newsroom.models import Article, ArticleTag, Author, Section
from warraq.newsroom.watch import DRAFT_FIELDS, page_keys
from warraq.search.models import IndexDue

KINDS = ("article:", "section:", "author:", "tag:")


def due(*keys: str) -> None:
    """Record, in the caller's transaction, that the articles of these keys are to be indexed again."""
    IndexDue.objects.bulk_create(IndexDue(key=key) for key in keys if key.startswith(KINDS))


def page_saved(
    sender: type[Model], instance: Page, created: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    if created and isinstance(instance, Section):
        return  # nothing stands under it yet; what comes tells for itself
    if not (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        due(*page_keys(instance))


def articles_came(sender: type[Model], idents: list[int], **_kwargs: Any) -> None:
    due(*(f"article:{ident}" for ident in idents))


def article_going(sender: type[Model], instance: Page, **_kwargs: Any) -> None:
    due(*page_keys(instance))


def name_changed(sender: type[Model], instance: Model, created: bool = False, **_kwargs: Any) -> None:
    if not created:  # nothing bears a new name yet
        due(f"{'author' if sender is Author else 'tag'}:{instance.pk}")


def tag_going(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """Once it is gone nobody knows who carried it."""
    carriers = ArticleTag.objects.filter(tag_id=instance.pk).values_list("content_object_id", flat=True)
    due(*(f"article:{pk}" for pk in carriers))


def connect() -> None:
    """Called once, when the apps are ready. A page that moves is saved by it; a section that is deleted takes
    its articles along, and each tells."""
    for model in (Page, Section, Article):
        post_save.connect(page_saved, sender=model, dispatch_uid=f"warraq_search_{model.__name__}_saved")
    for model in (Author, Tag):
        post_save.connect(name_changed, sender=model, dispatch_uid=f"warraq_search_{model.__name__}_saved")
    articles_written.connect(articles_came, dispatch_uid="warraq_search_articles_written")
    pre_delete.connect(article_going, sender=Article, dispatch_uid="warraq_search_article_going")
    pre_delete.connect(tag_going, sender=Tag, dispatch_uid="warraq_search_tag_going")
