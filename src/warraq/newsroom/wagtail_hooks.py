"""What the newsroom adds to Wagtail's screens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets import Button
from wagtail.documents.wagtail_hooks import DocumentsSummaryItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from warraq.newsroom import views
from warraq.newsroom.desks import may_watch_the_press
from warraq.newsroom.home import DeskPanel, PagesSummary, PressPanel
from warraq.newsroom.indexes import ParentPath
from warraq.newsroom.links import PublicLinkHandler
from warraq.newsroom.models import Article, Author, Breaking, Retraction, Section, Source
from warraq.newsroom.services import furnish_section

PLAIN = frozenset({"p", "ordering"})
"""What the address of a list of a page's children may say without its being searched or narrowed."""


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    list_display = ["name", "role"]
    search_fields = ["name"]


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "link"
    list_display = ["name", "url"]
    search_fields = ["name"]


class BreakingViewSet(SnippetViewSet):
    model = Breaking
    icon = "warning"
    list_display = ["text", BooleanColumn("live", label=_("Live")), "first_published_at"]


class DeskGroup(SnippetViewSetGroup):
    menu_label = _("Desk")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (BreakingViewSet, AuthorViewSet, SourceViewSet)


register_snippet(DeskGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [
        path("articles/<int:pk>/retract/", views.retract_article, name="newsroom_retract"),
        path("reports/press/", views.press_screen, name="newsroom_press"),
        path("reports/press/now/", views.press_now, name="newsroom_press_now"),
        path("reports/press/again/", views.press_again, name="newsroom_press_again"),
    ]


class PressItem(MenuItem):
    """«المطبعة», for those who publish."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_watch_the_press(cast(User, request.user))


@hooks.register("register_reports_menu_item")
def press_item() -> MenuItem:
    return PressItem(_("The press"), reverse_lazy("newsroom_press"), name="press", icon_name="cogs", order=100)


@hooks.register("register_page_header_buttons")
def retract_button(page: Page, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """«سحب» beside a published article's other actions."""
    if isinstance(page.specific, Article) and page.live and page.permissions_for_user(user).can_unpublish():
        yield Button(
            _("Retract with a reason"), reverse("newsroom_retract", args=[page.pk]), icon_name="undo", priority=60
        )


@hooks.register("register_page_listing_more_buttons")
def retract_listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from retract_button(page, user)


@hooks.register("before_create_page")
def only_publishers_open_sections(request: HttpRequest, parent: Page, page_class: type[Page]) -> None:
    """Writers may write in a section, not open one inside it."""
    if page_class is Section and not parent.permissions_for_user(request.user).can_publish_subpage():
        raise PermissionDenied


@hooks.register("before_edit_page")
def tell_of_a_retraction(request: HttpRequest, page: Page) -> None:
    """Who opens a retracted article reads that it is one, why, and what publishing it does."""
    retraction = Retraction.objects.filter(article_id=page.pk).first() if request.method == "GET" else None
    if retraction:
        says = _("This article was retracted: «%(reason)s». Publishing it ends the retraction.")
        messages.warning(request, says % {"reason": retraction.reason})


@hooks.register("after_create_page")
def furnish(request: HttpRequest, page: Page) -> None:
    """A section made on screen gets its desk and its review like any other."""
    if isinstance(page, Section):
        furnish_section(page)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("warraq.retract", _("Retract"), _("Retracted"))
    actions.register_action("warraq.exclude_from_rankings", _("Exclude from rankings"), _("Excluded from the rankings"))
    actions.register_action("warraq.admit_to_rankings", _("Admit to rankings"), _("Admitted to the rankings again"))


@hooks.register("register_rich_text_features", order=100)
def public_links(features: FeatureRegistry) -> None:
    features.register_link_type(PublicLinkHandler)


def _refuse_superusers(request: HttpRequest, users: Iterable[User]) -> None:
    """Whoever may do everything is the operator's to change: another's password would open every door."""
    if not getattr(request.user, "is_superuser", False) and any(user.is_superuser for user in users):
        raise PermissionDenied


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def keep_superusers(request: HttpRequest, user: User) -> None:
    _refuse_superusers(request, [user])


@hooks.register("before_bulk_action")
def keep_superusers_in_bulk(request: HttpRequest, action: str, objects: Iterable[Model], _view: object) -> None:
    _refuse_superusers(request, [row for row in objects if isinstance(row, User)])


@hooks.register("insert_global_admin_css")
def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/newsroom.css"))


@hooks.register("construct_main_menu")
def own_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """No help for building sites with Wagtail, and no documents: an article has blocks and links for what it shows."""
    items[:] = [item for item in items if item.name not in {"help", "documents"}]


@hooks.register("construct_settings_menu")
def own_settings(request: HttpRequest, items: list[MenuItem]) -> None:
    """Where readers find the paper is the operator's to say, in `warraq.toml`; all photos are everybody's."""
    items[:] = [item for item in items if item.name not in {"sites", "collections"}]


@hooks.register("construct_reports_menu")
def own_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("construct_homepage_panels")
def plain_home(request: HttpRequest, panels: list[Component]) -> None:
    """What to do next, and no advice about upgrading: the doctor gives it to who runs the paper."""
    panels[:] = [panel for panel in panels if panel.name not in {"upgrade_notification", "whats_new"}]
    panels.append(DeskPanel())
    if may_watch_the_press(cast(User, request.user)):
        panels.append(PressPanel())


@hooks.register("construct_homepage_summary_items", order=100)
def own_summary(request: HttpRequest, items: list[Component]) -> None:
    own = PagesSummary(request)
    shown = [own if isinstance(item, PagesSummaryItem) else item for item in items]
    items[:] = [item for item in shown if not isinstance(item, DocumentsSummaryItem)]


@hooks.register("construct_explorer_page_queryset")
def children_alone(parent: Page, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Who may see a page's children sees all of them: Wagtail asks of each whether it is among the archive's pages
    that this user may see, and makes that list anew."""
    seen = policy_registry.get_by_type(Page).instances_with_direct_explore_permission(request.user)
    if PLAIN.issuperset(request.GET) and any(parent.path.startswith(page.path) for page in seen):
        pages = pages.all()
        pages.query.where = Page.objects.filter(Exact(ParentPath("path"), parent.path)).query.where
    return pages
