"""Rankings as they were last counted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RankingKind(models.TextChoices):
    READ = "read", _("most read")
    COMMENT = "comment", _("most commented")


class Window(models.TextChoices):
    DAY = "day", _("day")
    WEEK = "week", _("week")
    MONTH = "month", _("month")


class Ranking(models.Model):
    """One ranking over one window: `items` is `[[article id, count], …]`, most first; times are UTC.

    `since` is a full hour, `until` the moment at which it was last found changed; nothing in it changed after that.
    """

    kind = models.CharField(max_length=10, choices=RankingKind.choices)
    window = models.CharField(max_length=10, choices=Window.choices)
    since = models.DateTimeField()
    until = models.DateTimeField()
    items = models.JSONField(default=list)

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        constraints = [models.UniqueConstraint(fields=["kind", "window"], name="ranking_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.window}"
