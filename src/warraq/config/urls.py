"""The newsroom's addresses. Readers never come here."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls


def home(request: HttpRequest) -> HttpResponse:
    return redirect("wagtailadmin_home")


urlpatterns = [
    path("", home),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", login_required(serve), {"document_root": settings.MEDIA_ROOT}),
    path("", include("warraq.newsroom.urls")),
]
handler500 = "warraq.newsroom.trouble.trouble"
