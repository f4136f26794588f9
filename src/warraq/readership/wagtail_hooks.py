"""What readership adds to Wagtail's screens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from warraq.newsroom.models import Article
from warraq.readership import views


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("reports/reads/", views.screen, name="readership_figures"),
        path("reports/reads/now/", views.now, name="readership_now"),
        path("reports/reads/<slug:what>.csv", views.export, name="readership_export"),
        path("reports/reads/<int:pk>/", views.article, name="readership_article"),
        path("reports/reads/<int:pk>/exclude/", views.exclude_article, name="readership_exclude"),
    ]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    return MenuItem(_("Readers"), reverse_lazy("readership_figures"), name="reads", icon_name="view", order=100)


@hooks.register("register_page_header_buttons")
def readers_button(page: Page, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """«القرّاء» beside a published article's other actions."""
    if page.specific_class is Article and page.first_published_at:
        yield Button(_("Readers"), reverse("readership_article", args=[page.pk]), icon_name="view", priority=50)
