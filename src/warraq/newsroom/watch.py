"""Which keys a change to a row touches. Signals only record; the press and `placing` work it out.

article:<id>  section:<id>  author:<id>  source:<id>  photo:<id>  tag:<id>   content
front  breaking  paper  nav                                                  content of the paper as a whole
list:<list>:head  list:<list>:page:<n>                                       membership, from `placing`
list:<list>:exists  list:<list>:page:<n>:exists                              the first that comes, the last that goes
months  months:counts                                                        which months there are, how many in each
ranking:<kind>:<window>  ranking:<kind>:<window>:counts                      from `rankings`
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from taggit.models import Tag
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from warraq.newsroom import placing
from warraq.newsroom.deeds import Act, note
from warraq.newsroom.models import (
    Article,
    Author,
    Breaking,
    Front,
    PaperSettings,
    Photo,
    Retraction,
    Section,
    Source,
)
from warraq.press.selectors import lies_at
from warraq.press.services import announce
from warraq.press.sheets import Lane
from warraq.press.watch import follow

ALWAYS: dict[type[Model], str] = {Author: "author", Source: "source", Tag: "tag"}
DRAFT_FIELDS = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "locked", "locked_at",
     "locked_by", "owner", "go_live_at", "expire_at"}
)  # fmt: skip
"""Fields of a page that readers never see."""


def page_keys(page: Page) -> tuple[str, ...]:
    """The keys of a page of ours; none for another's."""
    model = page.specific_class
    if model is Article:
        return (f"article:{page.pk}",)
    if model is Section:
        return (f"section:{page.pk}", "nav")
    return ("front",) if model is Front else ()


def lane_of(page: Page) -> int:
    """Every page of the paper names its sections: they wait for the long tail, the section's own page does not. Where
    the section opens, closes or gets another address, pages come and go, and all are pressed in their order."""
    if page.specific_class is not Section:
        return Lane.EDITOR
    section = page.specific
    is_in_place = section.live and lies_at("section", str(section.pk)) == section.public_path
    return Lane.TAIL if is_in_place else Lane.EDITOR


def page_saved(sender: type[Model], instance: Model, update_fields: Any = None, **_kwargs: Any) -> None:
    if not isinstance(instance, Page) or (update_fields and DRAFT_FIELDS.issuperset(update_fields)):
        return
    if type(instance) is Page and sender is not Page:
        return
    announce(*page_keys(instance), cause=f"save {instance._meta.model_name} {instance.pk}", lane=lane_of(instance))


def page_going(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        cause = f"delete {instance._meta.model_name} {instance.pk}"
        announce(*page_keys(instance), cause=cause, lane=lane_of(instance))
        if instance.live:
            note(Act.DELETED, instance, keys=page_keys(instance))


def page_moved(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    announce(*page_keys(instance), cause=f"move {instance.pk}", lane=lane_of(instance))
    if instance.live and kwargs["url_path_before"] != kwargs["url_path_after"]:
        note(Act.MOVED, instance, keys=page_keys(instance))


def page_published_again(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    """On screen, by schedule or by a verb: an article that is published is retracted no longer."""
    if isinstance(instance, Article):
        Retraction.objects.filter(article=instance).delete()
    if isinstance(instance, Page) and instance.live:  # else it is to be published later
        note(Act.PUBLISHED, instance, keys=page_keys(instance))


def page_taken_down(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        is_retracted = Retraction.objects.filter(article_id=instance.pk).exists()
        note(Act.RETRACTED if is_retracted else Act.UNPUBLISHED, instance, keys=page_keys(instance))


def row_changed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    cause = f"save {sender._meta.model_name} {instance.pk}"
    if sender in ALWAYS:
        announce(f"{ALWAYS[sender]}:{instance.pk}", cause=cause, lane=Lane.TAIL)
    elif isinstance(instance, Photo) and kwargs.get("update_fields") != frozenset({"file_hash"}):
        announce(f"photo:{instance.pk}", cause=cause)
    elif isinstance(instance, Breaking):
        announce("breaking", cause=cause)
    elif isinstance(instance, PaperSettings):
        announce("paper", "zone", cause=cause, lane=Lane.TAIL)
    elif isinstance(instance, Retraction):
        announce(f"article:{instance.article_id}", cause=cause)


def connect() -> None:
    """Called once, when the apps are ready."""
    post_save.connect(page_saved, dispatch_uid="warraq_page_saved")
    pre_delete.connect(page_going, dispatch_uid="warraq_page_going")
    post_page_move.connect(page_moved, dispatch_uid="warraq_page_moved")
    page_published.connect(page_published_again, dispatch_uid="warraq_page_published")
    page_unpublished.connect(page_taken_down, dispatch_uid="warraq_page_unpublished")
    for model in (*ALWAYS, Photo, Breaking, PaperSettings, Retraction):
        for signal in (post_save, post_delete):
            signal.connect(row_changed, sender=model, dispatch_uid=f"warraq_{model.__name__}_{id(signal)}")
    follow("article", placing.follow_articles)
    follow("section", placing.follow_sections)
    follow("zone", placing.follow_zone)
