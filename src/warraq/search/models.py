"""What the index has still to hear of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexDue(models.Model):
    """A key whose articles are to be indexed again, written in the edit's own transaction.

    `article:<id>`, or `section:<id>`, `author:<id>`, `tag:<id>`, `every` for all their articles, of which those up to
    the id `after` are done. One edit, one row: a row that were shared could be deleted for the edit before.
    """

    key = models.CharField(max_length=60)
    after = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("article to index")
        verbose_name_plural = _("articles to index")

    def __str__(self) -> str:
        return self.key
