"""The demonstration's comments, each with what a moderator decided about it. Needs Django."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User

from warraq.comments import services
from warraq.comments.models import Comment, Decision
from warraq.newsroom.models import Article
from warraq.operations.demo.content import Table

DECIDED_AFTER = timedelta(minutes=12)


def load(comments: list[Table], article: Article, *, moderator: User, now: datetime) -> int:
    """Write an article's comments in their order; `reply_to` counts from 0. How many there are."""
    written: list[Comment] = []
    for comment in comments:
        answered = comment.get("reply_to")
        written.append(
            services.write_comment(
                article=article,
                name=comment["name"],
                text=comment["text"],
                at=comment["moment"],
                parent=None if answered is None else written[answered],
            )
        )
        _decide(written[-1], comment["state"], moderator, min(comment["moment"] + DECIDED_AFTER, now))
    return len(written)


def _decide(comment: Comment, state: str, moderator: User, at: datetime) -> None:
    decide = {"approved": services.approve, "refused": services.refuse}.get(state)
    if decide is not None:
        decide(comments=[comment], by=moderator)
        Decision.objects.filter(comment=comment).update(at=at)
