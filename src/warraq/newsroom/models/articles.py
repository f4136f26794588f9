"""Articles, their signatures, sources, corrections and retractions."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from warraq.newsroom.blocks import BODY_BLOCKS, searchable
from warraq.newsroom.editing import ProvidedPanel
from warraq.newsroom.forms import ArticleForm
from warraq.newsroom.models.addresses import PublicAddress


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey("newsroom.Article", on_delete=models.CASCADE, related_name="tagged_items")


class Article(PublicAddress, Page):
    """An article. Its headline is the page's title; public path: `/<section>/<id>/`, stable for ever."""

    kicker = models.CharField(_("kicker"), max_length=80, blank=True, help_text=_("A few words above the headline."))
    standfirst = models.TextField(_("standfirst"), max_length=600, blank=True, help_text=_("One or two sentences."))
    body = StreamField(BODY_BLOCKS, verbose_name=_("body"), blank=True)
    photo = models.ForeignKey(
        "newsroom.Photo",
        verbose_name=_("main photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    photo_caption = models.CharField(_("caption"), max_length=300, blank=True)
    comments_open = models.BooleanField(_("readers may comment"), default=True)
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))

    base_form_class = ArticleForm
    content_panels = [
        FieldPanel("kicker"),
        FieldPanel("title", heading=_("Headline"), help_text=_("Up to about 90 letters read well on a phone.")),
        FieldPanel("standfirst"),
        MultiFieldPanel([FieldPanel("photo"), FieldPanel("photo_caption")], heading=_("Main photo")),
        FieldPanel("body"),
        InlinePanel("signatures", label=_("author"), heading=_("Authors")),
        InlinePanel("drawn_on", label=_("source"), heading=_("Sources")),
        FieldPanel("tags"),
    ]
    correction_panels = [
        InlinePanel(
            "corrections",
            label=_("correction"),
            heading=_("Corrections"),
            help_text=_("Say what was wrong and what is right. Readers see it above the text when you publish."),
        )
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(correction_panels, heading=_("Corrections")),
            ObjectList([FieldPanel("comments_open"), ProvidedPanel()], heading=_("Readers")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    parent_page_types = ["newsroom.Section"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body_text"),
        index.SearchField("kicker"),
    ]
    preview_modes = [("article", _("Article"))]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_public_path(self) -> str:
        return f"/{self.get_parent().slug}/{self.pk}/"

    def body_text(self) -> str:
        return searchable(self.body)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        # The public address is the number; Wagtail's slug only has to be there and its own.
        self.slug = self.slug or f"a-{secrets.token_hex(6)}"
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self.slug = self.slug or f"a-{secrets.token_hex(6)}"
        super().minimal_clean()

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from warraq.newsroom.preview import article_preview  # noqa: PLC0415  previews read through these very models

        return article_preview(self)


class Signature(Orderable):
    """An author's name under an article."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="signatures")
    author = models.ForeignKey(
        "newsroom.Author", verbose_name=_("author"), on_delete=models.PROTECT, related_name="signatures"
    )

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "id"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")


class Attribution(Orderable):
    """A source that an article draws on."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="drawn_on")
    source = models.ForeignKey(
        "newsroom.Source", verbose_name=_("source"), on_delete=models.PROTECT, related_name="attributions"
    )

    panels = [FieldPanel("source")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "id"]
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")


class Correction(Orderable):
    """What was wrong in a published article, told to its readers."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(_("correction"), max_length=1000)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("text")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "id"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")


class Retraction(models.Model):
    """An article taken back, for a reason that its readers are told. Publishing the article again ends it."""

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="retraction"
    )
    reason = models.TextField(_("reason"), max_length=1000)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")

    def __str__(self) -> str:
        return str(self.article)
