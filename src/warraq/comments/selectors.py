"""Reads of comments: readers' thread under an article, the counts for rankings, the moderators' queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, F, Prefetch, QuerySet, When
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from warraq.comments.models import Comment, Decision, State
from warraq.comments.pieces import CommentPiece, Decided, QueueRow
from warraq.language.normalise import normalise
from warraq.language.reading import excerpt
from warraq.newsroom.models import Section
from warraq.newsroom.rankings.counters import MOST, Counted, in_sections
from warraq.newsroom.selectors.cards import above, sections_of
from warraq.newsroom.selectors.papers import Clock
from warraq.press.ahead import fetched

PERMISSION = "warraq_comments.change_comment"
EVERY = "every"
"""The queue of comments in any state."""
BEGINNING = 80
"""Characters shown of the comment that another one answers."""


@dataclass(frozen=True)
class Said:
    """What was said under an article: `above` leads from each comment to the one that it answers and to its state, in
    the order in which they came; `shown` are those that readers see, oldest first."""

    above: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    shown: list[Comment] = field(default_factory=list)


def comments_of(article_ids: Sequence[int]) -> dict[int, Said]:
    """Article id → what was said under it, where anything was."""
    rows = Comment.objects.filter(article_id__in=article_ids)
    found: dict[int | None, Said] = {}
    for article_id, pk, parent, state in rows.order_by("pk").values_list("article_id", "pk", "parent_id", "state"):
        found.setdefault(article_id, Said()).above[pk] = (parent, state)
    if found:
        for row in rows.filter(state=State.APPROVED).order_by("sent_at", "pk"):
            found.setdefault(row.article_id, Said()).shown.append(row)
    return {article_id: said for article_id, said in found.items() if article_id is not None}


def thread(article_id: int, *, clock: Clock) -> tuple[CommentPiece, ...]:
    """The approved comments of an article, oldest first, in two levels.

    An answer stands under the highest comment above it that readers see; where there is none it stands by itself.
    """
    said = fetched(comments_of, article_id) or Said()
    tops: dict[int, int | None] = {}
    for pk, (parent, state) in said.above.items():  # parents come first
        tops[pk] = (parent and tops.get(parent)) or (pk if state == State.APPROVED else None)
    replies: dict[int, list[CommentPiece]] = {}
    for row in said.shown:
        top = tops.get(row.pk)
        if top is not None and top != row.pk:
            replies.setdefault(top, []).append(_piece(row, clock))
    return tuple(_piece(row, clock, replies.get(row.pk, ())) for row in said.shown if tops.get(row.pk) == row.pk)


def _piece(row: Comment, clock: Clock, replies: Iterable[CommentPiece] = ()) -> CommentPiece:
    return CommentPiece(row.pk, name_of(row), paragraphs_of(row), clock.moment(row.sent_at), tuple(replies))


def name_of(comment: Comment) -> str:
    return comment.name or _("A reader")


def paragraphs_of(comment: Comment) -> tuple[str, ...]:
    return tuple(line for line in comment.text.splitlines() if line)


def counts(since: datetime, until: datetime) -> list[Counted]:
    """Comments approved and sent in this time, `until` excluded, of the articles that have most; ties go to the
    newer."""
    return _counted(since, until, limit=MOST)


def section_counts(since: datetime, until: datetime) -> Mapping[int, Sequence[Counted]]:
    """Section id → the same, of all articles in it."""
    return in_sections(_counted(since, until))


def _counted(since: datetime, until: datetime, *, limit: int | None = None) -> list[Counted]:
    rows = Comment.objects.filter(state=State.APPROVED, sent_at__gte=since, sent_at__lt=until, article__isnull=False)
    counted = rows.values_list("article_id").annotate(count=Count("pk")).order_by("-count", "-article_id")
    return [Counted(*row) for row in counted[:limit]]


def moderated_by(user: Any) -> QuerySet[Comment]:
    """The comments that `user` decides about: all, or those of the sections that they publish in."""
    if user.has_perm(PERMISSION):
        return Comment.objects.all()
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    return Comment.objects.filter(article__in=pages.values("pk"))


def moderates(user: Any) -> bool:
    """Whether `user` decides about any comments at all."""
    return user.has_perm(PERMISSION) or PagePermissionPolicy().user_has_permission(user, "publish")


def state_counts(user: Any) -> dict[str, int]:
    """How many comments of each state `user` decides about; EVERY for all."""
    rows = moderated_by(user).order_by().values_list("state").annotate(count=Count("pk"))
    found = dict.fromkeys(State.values, 0) | dict(rows)
    return {**found, EVERY: sum(found.values())}


def waiting_for(user: Any) -> int:
    """How many comments wait for `user`."""
    return moderated_by(user).filter(state=State.PENDING).count()


def queue(user: Any, *, state: str, query: str = "") -> QuerySet[Comment]:
    """What `user` decides about, of one state or EVERY; what waits comes first, the longest waiting before all.

    `query` is looked for in names and texts, whatever the spelling of hamzas, marks and digits.
    """
    rows = moderated_by(user)
    if state != EVERY:
        rows = rows.filter(state=state)
    for word in normalise(query).split():
        rows = rows.filter(folded__contains=word)
    waits = Case(When(state=State.PENDING, then=F("sent_at")), default=None)
    return rows.order_by(waits.asc(nulls_last=True), "-sent_at", "-pk")


def queue_rows(comments: Sequence[Comment], *, clock: Clock) -> tuple[QueueRow, ...]:
    """These comments as moderators see them, in a fixed number of queries."""
    pks = [comment.pk for comment in comments]
    decisions = Decision.objects.select_related("by").order_by("pk")
    rows = (
        Comment.objects.filter(pk__in=pks)
        .select_related("article", "parent")
        .prefetch_related(Prefetch("decisions", decisions))
    )
    found = {row.pk: row for row in rows}
    sections = sections_of({row.article for row in found.values() if row.article})
    return tuple(_queue_row(found[pk], sections, clock) for pk in pks if pk in found)


def _queue_row(row: Comment, sections: dict[str, Section], clock: Clock) -> QueueRow:
    decided = list(row.decisions.all())
    return QueueRow(
        id=row.pk,
        name=name_of(row),
        paragraphs=paragraphs_of(row),
        at=clock.moment(row.sent_at),
        state=row.state,
        state_label=str(State(row.state).label),
        headline=row.article.title if row.article else "",
        url=_url(row, sections),
        answers=f"{name_of(row.parent)}: {excerpt(row.parent.text, BEGINNING)}" if row.parent else "",
        decided=_decided(decided[-1], clock) if decided else None,
    )


def _url(row: Comment, sections: dict[str, Section]) -> str:
    """Where readers find its article, at the comment itself if they see that."""
    chain = above(row.article, sections) if row.article else []
    if row.article is None or not row.article.live or not chain or not all(section.live for section in chain):
        return ""
    anchor = f"comment-{row.pk}" if row.state == State.APPROVED else "comments"
    return f"{settings.WARRAQ_READERS}{chain[-1].public_path}{row.article.pk}/#{anchor}"


def _decided(decision: Decision, clock: Clock) -> Decided:
    by = decision.by.get_full_name() or decision.by.get_username() if decision.by else ""
    return Decided(str(decision.get_verdict_display()), by, clock.moment(decision.at), decision.why)
