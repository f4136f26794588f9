"""What readership adds to Wagtail's screens."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from warraq.readership import views


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("reports/reads/", views.report, name="readership_report")]


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    return MenuItem(_("Reads"), reverse_lazy("readership_report"), name="reads", icon_name="view", order=100)
