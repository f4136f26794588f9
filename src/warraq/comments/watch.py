"""Which key a change to a comment touches, whoever makes it: `comments:<article id>`."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

from warraq.comments.models import Comment, State
from warraq.comments.services import comments_key
from warraq.press.services import announce


def comment_saved(sender: type[Model], instance: Comment, created: bool, **_kwargs: Any) -> None:
    if instance.article_id and not (created and instance.state != State.APPROVED):
        announce(comments_key(instance.article_id), cause=f"save comment {instance.pk}")


def comment_gone(sender: type[Model], instance: Comment, origin: Any = None, **_kwargs: Any) -> None:
    """An answer moves up when what it answers goes, even if no reader ever saw that. An article that is deleted with
    its comments announces itself."""
    if instance.article_id and getattr(origin, "model", type(origin)) is Comment:
        announce(comments_key(instance.article_id), cause=f"delete comment {instance.pk}")


def connect() -> None:
    """Called once, when the apps are ready."""
    post_save.connect(comment_saved, sender=Comment, dispatch_uid="warraq_comment_saved")
    post_delete.connect(comment_gone, sender=Comment, dispatch_uid="warraq_comment_gone")
