"""What the newsroom does for every request of its staff."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from wagtail.users.models import UserProfile

from warraq.newsroom.deeds import noting
from warraq.newsroom.models import PaperSettings
from warraq.newsroom.telling import tell


class PaperTimeZone:
    """Staff see and type times in the paper's own time zone, unless they chose another for themselves.

    Wagtail takes the zone from the user's profile and falls back to the server's, which is UTC here. It is set on the
    profile for this request alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            profile = UserProfile.get_for_user(user)
            profile.current_time_zone = profile.current_time_zone or PaperSettings.load().time_zone
            user.wagtail_userprofile = profile  # type: ignore[attr-defined]  # the relation that Wagtail reads
        return self._get_response(request)


class TruthAboutThePress:
    """Whoever published, moved or took down a page is told when readers see it, in place of Wagtail's own message,
    which is said when the newsroom's row is written. Here every transaction of the request is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self._get_response(request)
        with noting() as deeds:
            response = self._get_response(request)
        if deeds and response.status_code < HTTPStatus.BAD_REQUEST:
            tell(request, list(deeds.values()))
        return response
