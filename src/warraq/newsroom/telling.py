"""What the staff is told of what they did: whether readers see it, and if not, why.

The press lands the page of the very thing that changed about a tenth of a second after the edit. So the answer waits
for it, for a moment; where no pressroom works, nothing waits.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from django.contrib.auth.models import User
from django.contrib.messages import SUCCESS, get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.users.models import UserProfile

from warraq.newsroom.deeds import Act, Deed
from warraq.newsroom.desks import may_watch_the_press
from warraq.press import selectors as press
from warraq.press.selectors import Stage, Standing

WAIT_SECONDS = 1.5
"""Longest that an answer waits for the press: an editor does not notice more than that as one click."""
LOOK_SECONDS = 0.03
"""Between two looks at the press's tables, of three short queries."""
ERROR = 300
"""Letters shown of an error; the press screen has it whole."""


class Became(Enum):
    """What became of a deed, as far as readers go."""

    DONE = "done"
    HIDDEN = "hidden"
    """Published, below a section that is not."""
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """`page` is the page as it is now, None where there is none."""

    deed: Deed
    page: Page | None
    became: Became
    standing: Standing | None = None


def tell(request: HttpRequest, deeds: Sequence[Deed]) -> None:
    """Put what is true of `deeds` in the place of the message that Wagtail said about them."""
    user = cast(User, request.user)
    with translation.override(UserProfile.get_for_user(user).get_preferred_language()):
        is_at_work = press.is_at_work()
        outcomes = _outcomes(deeds) if is_at_work else [Outcome(deed, _page(deed), Became.WAITING) for deed in deeds]
        say = _level_of(outcomes)
        if len(outcomes) > 1:
            text = _told_of_many(outcomes, is_at_work=is_at_work)
        else:
            text = _told_of_one(outcomes[0]) if is_at_work else _told_without_press(outcomes[0].deed)
        _withdraw_the_last(request)
        say(request, text, buttons=_buttons(outcomes, user))


def _page(deed: Deed) -> Page | None:
    page = None if deed.act is Act.DELETED else Page.objects.filter(pk=deed.page_id).first()
    return page.specific if page else None


def _outcomes(deeds: Sequence[Deed]) -> list[Outcome]:
    """What became of each, waiting a moment for those that the press has not reached."""
    pages = {deed.page_id: _page(deed) for deed in deeds}
    paths = {pk: page.public_path for pk, page in pages.items() if page is not None}
    keys = {deed.ref: deed.key for deed in deeds}
    end = time.monotonic() + WAIT_SECONDS
    while True:
        standings = press.standings(keys)
        found = []
        for deed in deeds:
            standing = standings[deed.ref]
            became = _became(deed, standing, paths.get(deed.page_id))
            found.append(Outcome(deed, pages[deed.page_id], became, standing))
        if time.monotonic() >= end or all(one.became is not Became.WAITING for one in found):
            return found
        time.sleep(LOOK_SECONDS)


def _became(deed: Deed, standing: Standing, path: str | None) -> Became:
    """`path` is where readers are to find the page."""
    if standing.stage is Stage.FAILED:
        return Became.FAILED
    if standing.stage is Stage.WAITING:
        return Became.WAITING
    if deed.act.takes_away:
        return Became.DONE if standing.path is None else Became.WAITING
    if standing.path == path:
        return Became.DONE
    return Became.HIDDEN if standing.path is None and not standing.is_going else Became.WAITING


def _level_of(outcomes: Sequence[Outcome]) -> Callable[..., None]:
    """How it is said: as a success only where readers see all of it."""
    became = {one.became for one in outcomes}
    if Became.FAILED in became:
        return messages.error
    return messages.success if became == {Became.DONE} else messages.warning


def _told_of_one(one: Outcome) -> str:
    title = {"title": one.deed.title}
    if one.became is Became.DONE:
        return _told_done(one.deed)
    if one.became is Became.HIDDEN:
        says = _("«%(title)s» is published, but readers find it nowhere: a section above it is not published.")
        return says % title
    if one.became is Became.WAITING:
        waiting = press.progress().waiting
        says = ngettext(
            "«%(title)s»: saved. It goes to readers as soon as the press reaches it; %(count)d page waits.",
            "«%(title)s»: saved. It goes to readers as soon as the press reaches it; %(count)d pages wait.",
            waiting,
        )
        return says % {**title, "count": waiting}
    if one.standing is not None and one.standing.path is not None:
        says = _("«%(title)s»: saved, but the press failed at its page. Readers still see the old one. It is tried "
                 "again by itself. The error: %(error)s")  # fmt: skip
    else:
        says = _("«%(title)s»: saved, but the press failed at its page. Readers do not see it yet. It is tried again "
                 "by itself. The error: %(error)s")  # fmt: skip
    # Isolated: an error is mostly English, whatever the language around it.
    return says % {**title, "error": f"\u2068{one.standing.error[:ERROR] if one.standing else ''}\u2069"}


def _told_done(deed: Deed) -> str:
    says = {
        Act.PUBLISHED: _("«%(title)s» is published, and readers see it now."),
        Act.MOVED: _("«%(title)s» was moved, and readers find it at its new address now."),
        Act.UNPUBLISHED: _("«%(title)s» was taken off the paper; readers find it no longer."),
        Act.RETRACTED: _("«%(title)s» was retracted; readers who come to its address now read why."),
        Act.DELETED: _("«%(title)s» was deleted; readers find it no longer."),
    }
    return says[deed.act] % {"title": deed.title}


def _told_without_press(deed: Deed) -> str:
    says = _("«%(title)s»: saved. The pressroom is not running: it goes to readers when that runs again.")
    return says % {"title": deed.title}


def _told_of_many(outcomes: Sequence[Outcome], *, is_at_work: bool) -> str:
    became = Counter(one.became for one in outcomes)
    count, failed = len(outcomes), became[Became.FAILED]
    done = became[Became.DONE] + became[Became.HIDDEN]
    numbers = {"count": count, "done": done, "failed": failed}
    if not is_at_work:
        says = ngettext(
            "%(count)d page saved. The pressroom is not running: it goes to readers when that runs again.",
            "%(count)d pages saved. The pressroom is not running: they go to readers when that runs again.",
            count,
        )
    elif failed:
        says = ngettext(
            "Pages saved: %(count)d; already as readers see them: %(done)d. The press failed at %(failed)d of them, "
            "which stays as it was and is tried again by itself.",
            "Pages saved: %(count)d; already as readers see them: %(done)d. The press failed at %(failed)d of them, "
            "which stay as they were and are tried again by themselves.",
            failed,
        )
    elif done == count:
        says = ngettext("Done for %(count)d page, and readers see it.", "Done for %(count)d pages, and readers see it.",
                        count)  # fmt: skip
    else:
        says = _("Pages saved: %(count)d; already as readers see them: %(done)d. "
                 "The others follow as soon as the press reaches them.")  # fmt: skip
    return says % numbers


def _buttons(outcomes: Sequence[Outcome], user: User) -> list[tuple[str, str, bool]]:
    """Ways on: to the page as readers see it, to its editor, to the press where something is wrong there."""
    found = []
    one = outcomes[0] if len(outcomes) == 1 else None
    if one and one.page is not None:
        if one.became is Became.DONE and not one.deed.act.takes_away:
            found.append(messages.button(one.page.full_url, _("View live")))
        if one.page.permissions_for_user(user).can_edit():
            found.append(messages.button(reverse("wagtailadmin_pages:edit", args=[one.page.pk]), _("Edit")))
    if any(one.became in {Became.FAILED, Became.WAITING} for one in outcomes) and may_watch_the_press(user):
        found.append(messages.button(reverse("newsroom_press"), _("The press")))
    return found


def _withdraw_the_last(request: HttpRequest) -> None:
    """Take back the success that the view has just announced; what else is to be said stays."""
    said = cast(BaseStorage, get_messages(request))
    if said.used:
        return  # it is on the page that was just rendered
    kept = list(said)
    if kept and kept[-1].level == SUCCESS:
        kept.pop()
    for one in kept:
        said.add(one.level, one.message, one.extra_tags)
