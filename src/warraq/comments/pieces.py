"""What the templates of comments get: readers' thread, and the moderators' queue."""

from __future__ import annotations

from dataclasses import dataclass

from warraq.newsroom.pieces import Moment


@dataclass(frozen=True)
class CommentPiece:
    """A comment as readers see it. `replies` have none of their own: deeper answers stand among them."""

    id: int
    name: str
    paragraphs: tuple[str, ...]
    at: Moment
    replies: tuple[CommentPiece, ...] = ()


@dataclass(frozen=True)
class Decided:
    """The newest decision about a comment. `by` is empty where a rule decided."""

    verdict: str
    """As it is shown."""
    by: str
    at: Moment
    why: str


@dataclass(frozen=True)
class QueueRow:
    """A comment as moderators see it."""

    id: int
    name: str
    paragraphs: tuple[str, ...]
    at: Moment
    state: str
    """pending, approved or refused."""
    state_label: str
    headline: str
    """Of its article; empty where that does not exist."""
    url: str
    """The article on the readers' side; empty where readers cannot see it."""
    answers: str
    """Whom it answers and how that comment begins; empty for one that answers none."""
    decided: Decided | None = None
