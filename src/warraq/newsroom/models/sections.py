"""Sections and sub-sections of the paper."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from warraq.newsroom.forms import SectionForm
from warraq.newsroom.models.addresses import PublicAddress

# fmt: off
RESERVED = frozenset({
    "about", "admin", "archive", "author", "authors", "documents", "feed", "front", "gone", "media", "moved",
    "most-commented", "most-read", "page", "pages", "robots", "search", "section", "sections", "sitemap", "static",
    "tag", "tags",
})
# fmt: on
"""Slugs that the paper's own pages have."""


ADDRESS = re.compile(r"[a-z][a-z0-9-]{1,39}")


class SectionKind(models.TextChoices):
    NEWS = "news", _("news")
    OPINION = "opinion", _("opinion")
    LITERARY = "literary", _("literary texts")


class Section(PublicAddress, Page):
    """A section, below the front or below another section. Public path: `/<slug>/`, the slug the paper's only one."""

    kind = models.CharField(_("kind"), max_length=10, choices=SectionKind.choices, default=SectionKind.NEWS)
    description = models.TextField(_("description"), max_length=400, blank=True)
    place = models.PositiveSmallIntegerField(
        _("place"), default=0, help_text=_("Order in the paper's navigation; 0 comes first.")
    )

    base_form_class = SectionForm
    content_panels = [
        FieldPanel("title", heading=_("Name"), help_text=_("As it stands in the paper's navigation.")),
        FieldPanel(
            "slug",
            heading=_("Address"),
            help_text=_(
                "Latin letters, digits and hyphens: the section's address. After a change the old one leads to the new."
            ),
        ),
        FieldPanel("kind"),
        FieldPanel("place"),
        FieldPanel("description"),
    ]
    promote_panels: list[Any] = []
    parent_page_types = ["newsroom.Front", "newsroom.Section"]
    subpage_types = ["newsroom.Section", "newsroom.Article"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_public_path(self) -> str:
        return f"/{self.slug}/"

    def clean(self) -> None:
        super().clean()
        if not self.slug:
            return  # the form says that it is wanted
        if not ADDRESS.fullmatch(self.slug):
            raise ValidationError({"slug": _("Use 2 to 40 small Latin letters, digits and hyphens.")})
        taken = Section.objects.filter(slug=self.slug).exclude(pk=self.pk).exists()
        if taken or self.slug in RESERVED:
            raise ValidationError({"slug": _("This address belongs to another page of the paper. Choose another.")})
