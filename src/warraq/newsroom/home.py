"""The newsroom's first screen: what somebody who sits down here does next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Sum
from wagtail.admin.navigation import get_site_for_user
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from warraq.newsroom.models import Article, Front, Section
from warraq.newsroom.presswork import news

NEWEST = 8


class DeskPanel(Component):
    """Ways to a new article in each section of this user's, to the front, and to what was published last."""

    name = "desk"
    template_name = "newsroom/admin/home.html"
    order = 230  # after what waits for this user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user: User = (parent_context or {})["request"].user
        front = Front.objects.first()
        sections = Section.objects.live().order_by("place", "path")
        newest = Article.objects.live().order_by("-first_published_at", "-pk")[:NEWEST]
        return {
            "front": front if front and front.permissions_for_user(user).can_edit() else None,
            "sections": [row for row in sections if row.permissions_for_user(user).can_add_subpage()],
            "newest": [(row, row.permissions_for_user(user).can_edit()) for row in newest],
        }


class PressPanel(Component):
    """What is wrong at the press, or how far it is with much of the archive; nothing where nothing is to be said."""

    name = "press"
    template_name = "newsroom/admin/press_panel.html"
    order = 50  # before everything else: it is there when something is wrong

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"news": news()}


class PagesSummary(PagesSummaryItem):
    """How many pages there are, from how many each section has: Wagtail's own counts every page of the archive."""

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        site = get_site_for_user(self.request.user)
        root: Page = site["root_page"]
        above = Page.objects.exact_type(Front, Section).filter(path__startswith=root.path)
        counted = above.order_by().aggregate(below=Sum("numchild", default=0))
        front = Front.objects.first() if root.is_root() else root
        return {"root_page": front, "total_pages": counted["below"] + 1, "site_name": site["site_name"]}
