"""Pages without articles: about, search's shell, and what the front says when something is not there."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from warraq.newsroom.meta import page_meta
from warraq.newsroom.models import PaperSettings
from warraq.newsroom.selectors.papers import Clock
from warraq.newsroom.sheets.rendering import FixedKind, page
from warraq.press import layout
from warraq.press.sheets import Order, Page

NOTICES = {
    "about": ("/about/", "about.html", _("About"), True),
    "search": ("/search/", "search.html", _("Search"), False),
    "404": (layout.ERROR_404, "not_found.html", _("Page not found"), False),
    "410": (layout.ERROR_410, "gone.html", _("This page is gone"), False),
    "offline": (layout.OFFLINE, "offline.html", _("No network"), False),
    "503": (layout.ERROR_503, "unavailable.html", _("Not now"), False),
    "answer": ("/_/answer.html", "answer.html", _("Answer"), False),
    "comment-received": ("/_/comment-received.html", "comment_received.html", _("Comment received"), False),
}
"""Ident → path, template, title, whether search engines may list it."""


class NoticeSheet(FixedKind):
    """Pages of one text each. Ident: a key of NOTICES."""

    name = "notice"
    order = Order.LIST
    fixed = tuple(NOTICES)

    def make(self, ident: str, row: PaperSettings, clock: Clock) -> Page | None:
        path, template, title, index = NOTICES[ident]
        custom = f"{row.time_zone} {row.months} {row.digits}"
        return page(template, path, row=row, meta=page_meta(str(title), path, index=index), custom=custom)


KINDS = (NoticeSheet,)
