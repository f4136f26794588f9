"""Placements: which lists a published article stands in. The press's lists read these rows alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Placement(models.Model):
    """An article's place in one list.

    `list` is `all`, `section.<id>`, `author.<id>`, `tag.<id>`, `day.<YYYY-MM-DD>` or `month.<YYYY-MM>` (the paper's
    own time zone). `number` counts from 1 in the order in which articles came into the list and is never given
    twice, so that a full archive page never changes again.
    """

    list = models.CharField(max_length=60)
    # The row outlives its article until the press has heard of it: it says which lists lose a line.
    article = models.ForeignKey(
        "newsroom.Article", on_delete=models.DO_NOTHING, db_constraint=False, related_name="placements"
    )
    number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint(fields=["list", "article"], name="placement_once"),
            models.UniqueConstraint(fields=["list", "number"], name="placement_number_once"),
        ]
        indexes = [models.Index(fields=["list", "-at", "-article"], name="placement_newest")]

    def __str__(self) -> str:
        return f"{self.list} {self.number}"


class ListCount(models.Model):
    """How many numbers a list has given out, and how many articles stand in it."""

    list = models.CharField(max_length=60, unique=True)
    given = models.PositiveIntegerField(default=0)
    standing = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("list")
        verbose_name_plural = _("lists")

    def __str__(self) -> str:
        return self.list
