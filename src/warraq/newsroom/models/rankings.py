"""Rankings as they were last counted."""

from __future__ import annotations

from django.conf import settings
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
    """One ranking over one window, of the whole paper where there is no section; times are UTC.

    `items` is `[[article id, count], …]`, most first; `since` is a full hour, `until` the moment at which it was
    last found changed; nothing in it changed after that.
    """

    kind = models.CharField(max_length=10, choices=RankingKind.choices)
    window = models.CharField(max_length=10, choices=Window.choices)
    section = models.ForeignKey(
        "newsroom.Section", null=True, blank=True, on_delete=models.CASCADE, related_name="rankings"
    )
    since = models.DateTimeField()
    until = models.DateTimeField()
    items = models.JSONField(default=list)

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        constraints = [
            models.UniqueConstraint(fields=["kind", "window"], condition=models.Q(section=None), name="ranking_once"),
            models.UniqueConstraint(fields=["section", "kind", "window"], name="section_ranking_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.window}"


class RankingExclusion(models.Model):
    """An article that editors leave out of the rankings, with the reason; it is counted all the same."""

    article = models.OneToOneField("newsroom.Article", on_delete=models.CASCADE, related_name="ranking_exclusion")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("exclusion from the rankings")
        verbose_name_plural = _("exclusions from the rankings")

    def __str__(self) -> str:
        return str(self.article_id)
