"""Authors and sources: who wrote it, and through whom it is known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Author(index.Indexed, models.Model):
    """Somebody who signs articles. Public path: `/author/<id>/`."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("Shown under the name, e.g. columnist."))
    about = models.TextField(_("about"), max_length=1000, blank=True)
    portrait = models.ForeignKey(
        "newsroom.Photo", verbose_name=_("portrait"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("about"), FieldPanel("portrait")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Source(index.Indexed, models.Model):
    """A person, paper, agency or paper of record that an article draws on."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    url = models.URLField(_("address"), max_length=500, blank=True)

    panels = [FieldPanel("name"), FieldPanel("url")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
