"""`POST /_/comment`: a reader's comment. Answered once it is on disk."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from warraq.front import answers, posts
from warraq.front.answers import Answer, Environ
from warraq.front.comment_form import refused
from warraq.front.door import Door
from warraq.front.errors import Refusal
from warraq.front.headers import Dress
from warraq.front.notices import Notices
from warraq.front.robots import HONEYPOT, ROBOT
from warraq.language.bidi import clean_line, clean_text
from warraq.language.messages import gettext as _
from warraq.spool import SpoolError, SpoolWriter

RECEIVED: Final = "/_/comment-received.html"
FORM: Final = "application/x-www-form-urlencoded"
MOST_TEXT: Final = 5000
"""Characters of a comment."""
MOST_NAME: Final = 80
"""Characters of a name."""
WHOLE: Final = 1 << 20
"""More characters than the longest body has."""
SOON: Final = ("retry-after", "30")


@dataclass(frozen=True)
class Comment:
    article: int
    name: str
    text: str
    parent: int | None
    is_trapped: bool
    """Whether the field that only robots see was filled in."""


def read_form(fields: Mapping[str, str]) -> tuple[Comment | None, dict[str, str]]:
    """A comment, or what is wrong with it: field → sentence."""
    article = posts.number(fields.get("article", ""))
    parent = posts.number(fields.get("parent", ""))
    # Uncut: what is too long could end in a space just where it is cut, and pass without its rest.
    name = clean_line(fields.get("name", ""), WHOLE)
    text = clean_text(fields.get("text", ""), WHOLE)
    wrong = {}
    if article is None:
        wrong["article"] = _("It does not say which article it belongs to. Send it from the article's page.")
    if parent is None and fields.get("parent", ""):
        wrong["parent"] = _("It does not say rightly which comment it answers. Send it from the article's page.")
    if not name:
        wrong["name"] = _("Please write a name. It need not be your real one.")
    elif len(name) > MOST_NAME:
        wrong["name"] = _("The name is longer than {limit} characters. Please shorten it.").format(limit=MOST_NAME)
    if not text:
        wrong["text"] = _("The comment is empty. Please write something.")
    elif len(text) > MOST_TEXT:
        wrong["text"] = _("The comment is longer than {limit} characters. Please shorten it.").format(limit=MOST_TEXT)
    if wrong or article is None:
        return None, wrong
    return Comment(article, name, text, parent, bool(fields.get("website", "").strip())), {}


class Comments:
    def __init__(self, spool: SpoolWriter, door: Door, dress: Dress, notices: Notices, *, most_bytes: int) -> None:
        self._spool = spool
        self._door = door
        self._notices = notices
        self._most_bytes = most_bytes
        self._thanks = Answer(answers.SEE_OTHER, dress.empty(("location", RECEIVED), ("content-length", "0")))

    def take(self, environ: Environ) -> Answer:
        """Keep a comment and send the reader to the page that says so; else a page that says what is wrong."""
        fields: dict[str, str] = {}
        try:
            address = self._door.admit(environ)
            _refuse_other_forms(environ)
            with self._door.gate.enter(address):
                fields = posts.fields(posts.body(environ, most_bytes=self._most_bytes))
                comment, wrong = read_form(fields)
                if comment is None:
                    return refused(self._notices, answers.BAD_REQUEST, wrong, fields)
                self._keep(comment, environ, address)
        except Refusal as refusal:
            more = [SOON] if refusal.status == answers.UNAVAILABLE else []
            return refused(self._notices, refusal.status, {"": refusal.says}, fields, *more)
        except (SpoolError, OSError):
            says = _(
                "The comment was NOT kept: the paper's disk does not take it now. Your text is below; send it again."
            )
            return refused(self._notices, answers.UNAVAILABLE, {"": says}, fields, SOON)
        return self._thanks

    def _keep(self, comment: Comment, environ: Environ, address: posts.Address | None) -> None:
        """{"id", "article", "name", "text", "parent"} with the marks of `Door.marks`, on disk."""
        record = {
            "id": uuid.uuid4().hex,
            "article": comment.article,
            "name": comment.name,
            "text": comment.text,
            "parent": comment.parent,
            **self._door.marks(environ, address, comment.article),
        }
        if comment.is_trapped:
            record["r"] = HONEYPOT
        elif record.get("r") != ROBOT:  # a page fetched ahead is no reason against its reader's comment
            record.pop("r", None)
        self._spool.append(json.dumps(record, ensure_ascii=False).encode(), durable=True)


def _refuse_other_forms(environ: Environ) -> None:
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != FORM:
        raise Refusal(
            answers.BAD_MEDIA_TYPE,
            _("Comments are taken as {kind} only, so this one was not kept.").format(kind=FORM),
        )
