"""Comments, what was decided about each, and how far the spool is taken in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NAME, TEXT = 80, 5000
"""Characters kept of a comment's name and text."""


class State(models.TextChoices):
    PENDING = "pending", _("waiting")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class Verdict(models.TextChoices):
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class Rule(models.TextChoices):
    """Why a comment was refused before anybody read it."""

    HONEYPOT = "honeypot", _("It filled in a field that people do not see.")
    ROBOT = "robot", _("A program sent it that names itself a robot.")
    UNKNOWN = "unknown", _("Its article does not exist.")
    UNPUBLISHED = "unpublished", _("Its article is not published.")
    CLOSED = "closed", _("Comments on its article are closed.")
    EMPTY = "empty", _("Nothing of its text can be shown.")


def new_spool_id() -> str:
    return uuid.uuid4().hex


class Comment(models.Model):
    """What a reader says under an article. `visitor` and `network` are hashes that mean nothing after their day."""

    article = models.ForeignKey(
        "newsroom.Article",
        verbose_name=_("article"),
        null=True,
        on_delete=models.CASCADE,
        related_name="comments",
        help_text=_("None where a comment came in for an article that does not exist."),
    )
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="answers")
    name = models.CharField(_("name"), max_length=NAME, blank=True)
    text = models.TextField(_("comment"), max_length=TEXT, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    sent_at = models.DateTimeField(_("sent at"))
    received_at = models.DateTimeField(default=timezone.now)
    spool_id = models.CharField(max_length=32, unique=True, default=new_spool_id)
    visitor = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64, blank=True)
    folded = models.TextField(editable=False, blank=True, help_text="Name and text, normalised, for searching.")

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [models.CheckConstraint(condition=models.Q(state__in=State.values), name="comment_state_known")]
        indexes = [
            models.Index(fields=["article", "state", "sent_at"], name="comment_of_article"),
            models.Index(fields=["state", "sent_at", "article"], name="comment_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"


class Decision(models.Model):
    """Who let a comment through or refused it, when and why. The newest one holds. `by` is None for a rule's."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    rule = models.CharField(max_length=12, choices=Rule.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="decision_verdict_known")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.verdict}"

    @property
    def why(self) -> str:
        """The reason for people, in their language; empty where none was given."""
        return str(self.get_rule_display()) if self.rule else self.reason


class SpoolCursor(models.Model):
    """How many bytes of a segment of the spool are taken in."""

    segment = models.CharField(max_length=120, unique=True)
    position = models.BigIntegerField()

    class Meta:
        verbose_name = _("spool cursor")
        verbose_name_plural = _("spool cursors")

    def __str__(self) -> str:
        return f"{self.segment} {self.position}"
