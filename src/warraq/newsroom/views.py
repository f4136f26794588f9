"""The newsroom's own addresses, beside Wagtail's."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from warraq.design import assets
from warraq.newsroom.desks import may_press_again, may_watch_the_press
from warraq.newsroom.forms import RetractForm
from warraq.newsroom.models import Article, Photo
from warraq.newsroom.presswork import presswork
from warraq.newsroom.selectors.pictures import filter_of, path_of, widths_of
from warraq.newsroom.services import retract
from warraq.press.folder import paper_store
from warraq.press.layout import PAGES, is_public_path, media_type_of
from warraq.press.services import try_again


def retract_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the article back."""
    article = get_object_or_404(Article, pk=pk, live=True)
    if not article.permissions_for_user(request.user).can_unpublish():
        raise PermissionDenied
    form = RetractForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        retract(article=article, by=cast(User, request.user), reason=form.cleaned_data["reason"])
        messages.success(request, _("«%(title)s» was retracted.") % {"title": article.title})
        return redirect("wagtailadmin_explore", article.get_parent().pk)
    return render(request, "newsroom/admin/retract.html", {"article": article, "form": form})


@require_safe
def press_screen(request: HttpRequest) -> HttpResponse:
    """What waits at the press, what runs, and what failed."""
    title = _("The press")
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}]
    furniture = {"header_title": title, "header_icon": "cogs", "breadcrumbs_items": crumbs}
    return render(request, "newsroom/admin/press.html", furniture | _presswork(request))


@require_safe
def press_now(request: HttpRequest) -> HttpResponse:
    """The part of that screen that changes, for its script; it shows no messages, which are told once."""
    return render(request, "newsroom/admin/press_now.html", _presswork(request))


def _presswork(request: HttpRequest) -> dict[str, object]:
    user = cast(User, request.user)
    if not may_watch_the_press(user):
        raise PermissionDenied
    return {"press": presswork(readers=settings.WARRAQ_READERS), "may_press_again": may_press_again(user)}


@require_POST
def press_again(request: HttpRequest) -> HttpResponse:
    """Have everything that failed tried again at once."""
    if not may_press_again(cast(User, request.user)):
        raise PermissionDenied
    count = try_again()
    said = ngettext("%(count)d failure is tried again now.", "%(count)d failures are tried again now.", count)
    messages.info(request, said % {"count": count} if count else _("Nothing failed; there is nothing to try again."))
    return redirect("newsroom_press")


@login_required
def static_asset(request: HttpRequest, name: str) -> HttpResponse:
    """A style, script or font for previews, at the path it has in the paper."""
    path = f"/_/static/{name}"
    found = next((known for known in assets.names() if assets.url(known) == path), None)
    if found is None:
        raise Http404
    return HttpResponse(assets.read(found), content_type=media_type_of(path))


@login_required
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A photo for previews, at the path it has in the paper: pressed already, or made now."""
    path = f"/_/media/{name}"
    if not is_public_path(path):
        raise Http404
    pressed = paper_store().read(PAGES, path)
    if pressed is not None:
        return HttpResponse(pressed, content_type=media_type_of(path))
    for photo in Photo.objects.order_by("-created_at")[:200]:
        for width in widths_of(photo):
            if path_of(photo, width) == path:
                with photo.get_rendition(filter_of(width)).file.open("rb") as file:
                    return HttpResponse(file.read(), content_type=media_type_of(path))
    raise Http404
