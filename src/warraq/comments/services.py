"""The verbs of comments. Each is one transaction; what readers see of an article is announced as `comments:<id>`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from warraq.comments.models import NAME, TEXT, Comment, Decision, Rule, State, Verdict
from warraq.comments.records import Sent, parse
from warraq.language.bidi import clean_line, clean_text
from warraq.language.normalise import normalise
from warraq.newsroom.models import Article
from warraq.newsroom.placing import is_public
from warraq.press.services import announce

log = logging.getLogger(__name__)


def comments_key(article_id: int) -> str:
    """The press's key for the approved comments of an article."""
    return f"comments:{article_id}"


@transaction.atomic
def take_in_records(*, records: Iterable[bytes], received_at: datetime) -> int:
    """Keep spooled comments, each once however often it comes; how many were new.

    They wait for a moderator, except those that a rule refuses. What is no comment at all is logged and left out.
    """
    given = [parse(record, received_at=received_at) for record in records]
    sent = {one.spool_id: one for one in given if one is not None}
    if None in given:
        log.warning("comments: %d spooled records are no comments and were left out", given.count(None))
    for spool_id in Comment.objects.filter(spool_id__in=sent).values_list("spool_id", flat=True):
        del sent[spool_id]
    articles = Article.objects.in_bulk({one.article_id for one in sent.values() if one.article_id})
    public = {pk for pk, article in articles.items() if is_public(article)}
    parents = dict(
        Comment.objects.filter(pk__in={one.parent_id for one in sent.values() if one.parent_id}).values_list(
            "pk", "article_id"
        )
    )
    rules = {one.spool_id: _rule(one, articles, public) for one in sent.values()}
    made = Comment.objects.bulk_create(
        _comment(one, articles, parents, refused=bool(rules[one.spool_id]), received_at=received_at)
        for one in sent.values()
    )
    Decision.objects.bulk_create(
        Decision(comment=comment, verdict=Verdict.REFUSED, at=received_at, rule=rules[comment.spool_id])
        for comment in made
        if rules[comment.spool_id]
    )
    return len(made)


def _rule(sent: Sent, articles: Mapping[int, Article], public: set[int]) -> str:
    """The rule that refuses it; empty where none does."""
    article = articles.get(sent.article_id or 0)
    if sent.rule:
        return sent.rule
    if article is None:
        return Rule.UNKNOWN
    if article.pk not in public:
        return Rule.UNPUBLISHED
    if not article.comments_open:
        return Rule.CLOSED
    return "" if sent.text else Rule.EMPTY


def _comment(
    sent: Sent, articles: Mapping[int, Article], parents: Mapping[int, int], *, refused: bool, received_at: datetime
) -> Comment:
    known = sent.article_id in articles
    answers = known and parents.get(sent.parent_id or 0) == sent.article_id
    return Comment(
        article_id=sent.article_id if known else None,
        parent_id=sent.parent_id if answers else None,
        name=sent.name,
        text=sent.text,
        folded=normalise(f"{sent.name}\n{sent.text}"),
        state=State.REFUSED if refused else State.PENDING,
        sent_at=sent.sent_at,
        received_at=received_at,
        spool_id=sent.spool_id,
        visitor=sent.visitor,
        network=sent.network,
    )


def write_comment(*, article: Article, name: str, text: str, at: datetime, parent: Comment | None = None) -> Comment:
    """A comment that came by another way than the spool (an import, a demonstration); it waits like any other."""
    name, text = clean_line(name, NAME), clean_text(text, TEXT)
    return Comment.objects.create(
        article=article, parent=parent, name=name, text=text, folded=normalise(f"{name}\n{text}"), sent_at=at
    )


def approve(*, comments: Iterable[Comment], by: AbstractBaseUser | None) -> int:
    """Let readers see these comments; how many they could not see before. A refusal is undone by it. Those whose
    article does not exist are left as they are: there is no page for them."""
    return _decide([one for one in comments if one.article_id], Verdict.APPROVED, by=by)


def refuse(*, comments: Iterable[Comment], by: AbstractBaseUser | None, reason: str = "") -> int:
    """Keep these comments from readers, also those that they see already; how many were not refused before."""
    return _decide(comments, Verdict.REFUSED, by=by, reason=clean_line(reason, 300))


@transaction.atomic
def _decide(comments: Iterable[Comment], verdict: Verdict, *, by: AbstractBaseUser | None, reason: str = "") -> int:
    pks = [comment.pk for comment in comments]
    rows = list(Comment.objects.select_for_update().filter(pk__in=pks).exclude(state=verdict.value).order_by("pk"))
    changed = [row for row in rows if State.APPROVED in (row.state, verdict.value)]
    Comment.objects.filter(pk__in=[row.pk for row in rows]).update(state=verdict.value)
    now = timezone.now()
    Decision.objects.bulk_create(
        Decision(comment=row, verdict=verdict, by_id=by.pk if by else None, at=now, reason=reason) for row in rows
    )
    keys = {comments_key(row.article_id) for row in changed if row.article_id}
    announce(*sorted(keys), cause=f"comments {verdict.value}")
    return len(rows)
