"""What comments add to Wagtail's screens."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from warraq.comments import selectors, views


class QueueItem(MenuItem):
    """«التعليقات (3)»: the way to the queue, with the number that waits for this user."""

    def is_shown(self, request: HttpRequest) -> bool:
        return selectors.moderates(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        waiting = selectors.waiting_for(request.user)
        if waiting:
            component.label = _("Comments (%(count)d)") % {"count": waiting}
        return component


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("comments/", views.queue, name="comments_queue"),
        path("comments/decide/", views.decide, name="comments_decide"),
    ]


@hooks.register("register_admin_menu_item")
def queue_item() -> MenuItem:
    label = gettext_lazy("Comments")
    return QueueItem(label, reverse_lazy("comments_queue"), name="comments", icon_name="comment", order=150)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What an administrator may give a group, on its screen."""
    codenames = ("view_comment", "change_comment")
    return Permission.objects.filter(content_type__app_label="warraq_comments", codename__in=codenames)
