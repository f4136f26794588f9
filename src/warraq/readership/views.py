"""The staff's look at figures."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from warraq.newsroom.desks import may_watch_the_press
from warraq.newsroom.models import Article, PaperSettings, RankingExclusion, Window
from warraq.newsroom.rankings.counters import MOST
from warraq.newsroom.rankings.services import admit, exclude
from warraq.newsroom.selectors.papers import Clock
from warraq.readership import figures, selectors


class ExcludeForm(forms.Form):
    """Why an article is left out of the rankings."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("It is kept in the article's history.")
    )


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """The paper's figures; `by` in the query string is the window that orders them."""
    title = _("Readers")
    furniture = {"header_title": title, "header_icon": "view", "breadcrumbs_items": _crumbs(title)}
    return render(request, "readership/admin/figures.html", furniture | _figures(request))


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The part of that screen that changes, for its script."""
    return render(request, "readership/admin/figures_now.html", _figures(request))


def _figures(request: HttpRequest) -> dict[str, Any]:
    at, clock = timezone.now(), Clock(PaperSettings.load())
    by = _window(request)
    day = figures.by_hour(now=at, clock=clock)
    found: dict[str, Any] = {
        "by": by,
        "windows": Window.choices,
        "reading_now": figures.reading_now(at),
        "last_day": sum(point.count for point in day[-24:]),
        "day_before": sum(point.count for point in day[-48:-24]),
        "curves": _curves(day, figures.by_day(now=at, clock=clock)),
        "rising": figures.rising(now=at),
        "rows": selectors.report(by, now=at),
        "sections": figures.sections(by, now=at),
        "at": clock.moment(at),
        "sees_all": _sees_all(request),
    }
    if found["sees_all"]:
        found |= {"hosts": figures.hosts(by, now=at), "aside": selectors.set_aside(now=at)}
    return found


def _sees_all(request: HttpRequest) -> bool:
    """Whoever publishes anywhere sees what was set aside and where readers come from, and takes figures out."""
    return may_watch_the_press(cast(User, request.user))


def _curves(hours: Sequence[figures.Point], days: Sequence[figures.Point]) -> dict[str, Any]:
    """For the chart's script."""
    return {
        name: {"labels": [point.label for point in points], "counts": [point.count for point in points]}
        for name, points in (("hours", hours), ("days", days))
    }


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article's curve, what happened to it, and where its readers came from."""
    row = get_object_or_404(Article, pk=pk)
    title = _("Readers of an article")
    context = article_figures(row) | {
        "article": row,
        "may_exclude": row.permissions_for_user(request.user).can_publish(),
        "exclusion": RankingExclusion.objects.filter(article=row).select_related("by").first(),
        "form": ExcludeForm(),
        "sees_all": _sees_all(request),
        "header_title": title,
        "header_icon": "view",
        "breadcrumbs_items": _crumbs(_("Readers"), title),
    }
    return render(request, "readership/admin/article.html", context)


def article_figures(row: Article) -> dict[str, Any]:
    """What is said of one article, on its own page and in its editor."""
    at, clock = timezone.now(), Clock(PaperSettings.load())
    return {
        "curves": _curves(
            figures.by_hour(now=at, clock=clock, article_id=row.pk),
            figures.by_day(now=at, clock=clock, article_id=row.pk),
        ),
        "events": figures.events(row, now=at, clock=clock, published=_("Published"), corrected=_("Correction")),
        "hosts": figures.hosts(Window.MONTH, now=at, article_id=row.pk),
        "row": selectors.row_of(row.pk, now=at),
    }


@require_POST
def exclude_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave an article out of the rankings, or without a reason let it in again."""
    row = get_object_or_404(Article, pk=pk)
    if not row.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    user = cast(User, request.user)
    if "admit" in request.POST:
        admit(article=row, by=user)
        messages.success(request, _("«%(title)s» is in the rankings again.") % {"title": row.title})
        return redirect("readership_article", pk)
    form = ExcludeForm(request.POST)
    if form.is_valid():
        exclude(article=row, by=user, reason=form.cleaned_data["reason"])
        messages.success(request, _("«%(title)s» was left out of the rankings.") % {"title": row.title})
    else:
        messages.error(request, _("Nothing was changed: say why, in at most 300 characters."))
    return redirect("readership_article", pk)


class _Line:
    """What `csv` writes into, one row at a time."""

    def write(self, text: str) -> str:
        return text


@require_safe
def export(request: HttpRequest, what: str) -> StreamingHttpResponse:
    """Figures as CSV, UTF-8 with its mark so that spreadsheets know: `articles`, `hours`, `days` or `hosts`."""
    if not _sees_all(request):
        raise PermissionDenied
    if what not in ("articles", "hours", "days", "hosts"):
        raise Http404
    write = csv.writer(cast(Any, _Line())).writerow
    rows = _rows(what, _window(request))
    answer = StreamingHttpResponse(_with_mark(write(row) for row in rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="readers-{what}.csv"'
    return answer


def _with_mark(lines: Iterable[str]) -> Iterator[str]:
    yield "\ufeff"
    yield from lines


def _rows(what: str, by: str) -> Iterator[list[Any]]:
    at, clock = timezone.now(), Clock(PaperSettings.load())
    if what == "articles":
        yield [_("Number"), _("Article"), *(str(label) for label in Window.labels)]
        for row in selectors.report(by, now=at, limit=MOST):
            yield [row.article_id, _plain(row.headline), row.day, row.week, row.month]
    elif what == "hosts":
        yield [_("Site"), _("Reads")]
        yield from ([_plain(row.title), row.count] for row in figures.hosts(by, now=at))
    else:
        yield [_("Time"), _("Reads")]
        points = figures.by_hour(now=at, clock=clock) if what == "hours" else figures.by_day(now=at, clock=clock)
        yield from ([point.at.astimezone(clock.zone).isoformat(), point.count] for point in points)


def _plain(text: str) -> str:
    """As text for a spreadsheet, which would take what begins like a formula for one."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _window(request: HttpRequest) -> str:
    asked = request.GET.get("by", "")
    return asked if asked in Window.values else Window.DAY.value


def _crumbs(*titles: str) -> list[dict[str, str]]:
    ways = [reverse("readership_figures")] if len(titles) > 1 else []
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        *({"url": url, "label": label} for url, label in zip([*ways, ""], titles, strict=True)),
    ]
