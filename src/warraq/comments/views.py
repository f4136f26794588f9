"""The moderators' queue and their decisions, in the newsroom."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request

from warraq.comments import selectors
from warraq.comments.forms import DecisionForm
from warraq.comments.models import State, Verdict
from warraq.comments.services import approve, refuse
from warraq.language.bidi import clean_line
from warraq.newsroom.models import PaperSettings
from warraq.newsroom.selectors.papers import Clock

ON_A_PAGE = 30


def _moderator(request: HttpRequest) -> User:
    """Who is asking; PermissionDenied where they decide about no comments at all."""
    if not isinstance(request.user, User) or not selectors.moderates(request.user):
        raise PermissionDenied
    return request.user


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Comments of one state, what waits first; `state`, `q` and `p` in the query string."""
    user = _moderator(request)
    state = request.GET.get("state", State.PENDING)
    state = state if state in {*State.values, selectors.EVERY} else State.PENDING
    query = clean_line(request.GET.get("q", ""), 100)
    found = selectors.queue(user, state=state, query=query)
    page = WagtailPaginator(found, ON_A_PAGE).get_page(request.GET.get("p"))
    rows = selectors.queue_rows(list(page.object_list), clock=Clock(PaperSettings.load()))
    context = {
        "rows": rows,
        "page": page,
        "elided_page_range": page.paginator.get_elided_page_range(page.number),
        "tabs": _tabs(user, state),
        "state": state,
        "query": query,
    }
    return render(request, "comments/admin/queue.html", context | _furniture())


def _tabs(user: User, state: str) -> list[dict[str, object]]:
    titles = {
        State.PENDING: pgettext("comments", "Waiting"),
        State.APPROVED: pgettext("comments", "Published"),
        State.REFUSED: pgettext("comments", "Refused"),
        selectors.EVERY: pgettext("comments", "All"),
    }
    counts = selectors.state_counts(user)
    return [
        {"state": str(name), "title": title, "count": counts[name], "current": name == state}
        for name, title in titles.items()
    ]


def _furniture() -> dict[str, object]:
    title = _("Comments")
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": title}]
    return {"header_title": title, "header_icon": "comment", "breadcrumbs_items": crumbs}


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Approve or refuse the ticked comments, then back to the list."""
    user = _moderator(request)
    form = DecisionForm(request.POST, user=user)
    if not form.is_valid():
        messages.error(request, form.problem())
    elif form.cleaned_data["verdict"] == Verdict.APPROVED:
        count = approve(comments=form.cleaned_data["comments"], by=user)
        said = ngettext("%(count)d comment was published.", "%(count)d comments were published.", count)
        messages.success(request, said % {"count": count})
    else:
        count = refuse(comments=form.cleaned_data["comments"], by=user, reason=form.cleaned_data["reason"])
        said = ngettext("%(count)d comment was refused.", "%(count)d comments were refused.", count)
        messages.success(request, said % {"count": count})
    return redirect(get_valid_next_url_from_request(request) or reverse("comments_queue"))
