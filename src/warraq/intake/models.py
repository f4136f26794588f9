"""Where an article that was taken in came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.Model):
    """An article made from material. `fingerprint` names the material, `digest` its words, `file` the name of the file
    that it was read from, `revision` the draft that it became: a later one is an editor's, and is never written over.
    """

    article = models.OneToOneField(
        "newsroom.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="origin"
    )
    fingerprint = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    revision = models.PositiveBigIntegerField()
    file = models.CharField(max_length=255, blank=True, db_index=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")

    def __str__(self) -> str:
        return self.url or self.fingerprint
