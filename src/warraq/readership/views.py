"""The staff's look at figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from warraq.newsroom.models import Window
from warraq.readership import selectors


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Reads an article; `by` in the query string is the window that orders them."""
    now = timezone.now()
    asked = request.GET.get("by", "")
    by = asked if asked in Window.values else Window.DAY.value
    title = _("Reads")
    context = {
        "rows": selectors.report(by, now=now),
        "aside": selectors.set_aside(now=now),
        "by": by,
        "windows": Window.choices,
        "header_title": title,
        "header_icon": "view",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title},
        ],
    }
    return render(request, "readership/admin/report.html", context)
