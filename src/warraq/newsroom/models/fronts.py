"""The front page: what an editor chose for it. The rest fills itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel, PublishingPanel
from wagtail.models import DraftStateMixin, Orderable, Page, RevisionMixin

from warraq.newsroom.forms import FrontForm
from warraq.newsroom.models.addresses import PublicAddress


class Front(PublicAddress, Page):
    """The paper's front page and the root of its sections. Public path: `/`."""

    lead = models.ForeignKey(
        "newsroom.Article",
        verbose_name=_("lead story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the newest article leads."),
    )

    base_form_class = FrontForm
    content_panels = [
        PageChooserPanel("lead", "newsroom.Article"),
        InlinePanel(
            "slots",
            label=_("slot"),
            heading=_("Chosen stories"),
            max_num=12,
            help_text=_("In this order under the lead. Places left empty are filled with the newest, none twice."),
        ),
    ]
    promote_panels: list[Any] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["newsroom.Section"]
    max_count = 1
    preview_modes = [("front", _("Front"))]

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")

    def get_public_path(self) -> str:
        return "/"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from warraq.newsroom.preview import front_preview  # noqa: PLC0415  previews read through these very models

        return front_preview(self)


class Slot(Orderable):
    """A place on the front that an editor gave to an article."""

    front = ParentalKey(Front, on_delete=models.CASCADE, related_name="slots")
    article = models.ForeignKey(
        "newsroom.Article", verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PageChooserPanel("article", "newsroom.Article")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "id"]
        verbose_name = _("slot")
        verbose_name_plural = _("slots")


class Breaking(DraftStateMixin, RevisionMixin, models.Model):
    """A line of breaking news over the pages. The newest that is published shows; it may expire by itself."""

    text = models.CharField(_("text"), max_length=160)
    article = models.ForeignKey(
        "newsroom.Article",
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("text"), PageChooserPanel("article", "newsroom.Article"), PublishingPanel()]

    class Meta:
        verbose_name = _("breaking news")
        verbose_name_plural = _("breaking news")
        ordering = ["-first_published_at", "-id"]

    def __str__(self) -> str:
        return self.text
