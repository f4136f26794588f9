"""What the press does, in words that an editor understands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from warraq.newsroom.models import PaperSettings, Ranking
from warraq.newsroom.pieces import Moment
from warraq.newsroom.selectors.papers import Clock
from warraq.press import selectors as press
from warraq.press.selectors import Failing, RunProgress
from warraq.press.sheets import Lane, Ref

RANKED_WITHIN = timedelta(hours=2)
"""Each ranking is renewed when an hour begins; twice over it was not."""
REMEMBERED = timedelta(days=1)
"""Runs that ended longer ago are not shown."""


@dataclass(frozen=True)
class LaneRow:
    title: str
    count: int


@dataclass(frozen=True)
class RunRow:
    """`left` and `took` are lengths of time in words, empty where nothing tells them."""

    title: str
    total: int
    done: int
    failed: int
    a_second: str
    left: str
    took: str
    began: Moment
    ended: Moment | None


@dataclass(frozen=True)
class FailingRow:
    """`url` leads to what readers see instead, empty where there is nothing; `again` is None for the next moment."""

    title: str
    url: str
    cause: str
    error: str
    failures: int
    again: Moment | None


@dataclass(frozen=True)
class Presswork:
    """What the press screen shows. `hidden` failures are not among `failing`, which has an end."""

    is_at_work: bool
    waiting: int
    lanes: tuple[LaneRow, ...]
    running: tuple[RunRow, ...]
    finished: tuple[RunRow, ...]
    failing: tuple[FailingRow, ...]
    hidden: int


@dataclass(frozen=True)
class News:
    """What the newsroom's first screen says of the press: only what is wrong, and what goes on for long."""

    is_at_work: bool
    failing: int
    running: tuple[RunRow, ...]
    ranked: Moment | None = None
    """When a ranking was renewed last that should have been since."""

    def __bool__(self) -> bool:
        return bool(not self.is_at_work or self.failing or self.running or self.ranked)


def presswork(*, readers: str) -> Presswork:
    """All of it now; `readers` is the readers' address, to which public paths are added."""
    clock = Clock(PaperSettings.load())
    now = press.progress()
    failing = press.failing()
    titles = _titles(failing)
    rows = tuple(_failing_row(one, titles, readers, clock) for one in failing)
    return Presswork(
        press.is_at_work(),
        now.waiting,
        tuple(_lane_rows(now)),
        tuple(_run_row(run, clock) for run in now.running),
        tuple(_run_row(run, clock) for run in press.finished(since=timezone.now() - REMEMBERED)),
        rows,
        press.failing_count() - len(rows),
    )


def news() -> News:
    """Whether something is wrong at the press or takes long."""
    clock = Clock(PaperSettings.load())
    running = tuple(_run_row(run, clock) for run in press.progress().running)
    return News(press.is_at_work(), press.failing_count(), running, _old_ranking(clock))


def _old_ranking(clock: Clock) -> Moment | None:
    """When the oldest ranking was renewed, where that is too long ago."""
    until = Ranking.objects.order_by("until").values_list("until", flat=True).first()
    return clock.moment(until) if until is not None and timezone.now() - until > RANKED_WITHIN else None


def _lane_rows(now: press.Progress) -> Iterable[LaneRow]:
    titles = {
        Lane.EDITOR: _("What was just published, and the pages that show it"),
        Lane.FRONT: _("The front, and what readers ask for most"),
        Lane.FRAGMENT: _("Rankings and breaking news"),
        Lane.TAIL: _("Other pages, when nothing else waits"),
    }
    if now.changes:
        yield LaneRow(_("Changes just made, whose pages are not known yet"), now.changes)
    for lane, title in titles.items():
        if now.lanes.get(lane):
            yield LaneRow(title, now.lanes[lane])


def _run_row(run: RunProgress, clock: Clock) -> RunRow:
    return RunRow(
        cause_in_words(run.cause),
        run.total,
        run.done,
        run.failed,
        f"{run.a_second:.1f}" if run.done else "",
        length(run.left) if run.left is not None else "",
        length(run.finished_at - run.started_at) if run.finished_at else "",
        clock.moment(run.started_at),
        clock.moment(run.finished_at) if run.finished_at else None,
    )


def length(of: timedelta) -> str:
    """About how long, in its greatest unit."""
    seconds = max(round(of.total_seconds()), 1)
    if seconds < 90:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = round(seconds / 60)
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _failing_row(one: Failing, titles: dict[str, str], readers: str, clock: Clock) -> FailingRow:
    return FailingRow(
        _name_of(one, titles),
        f"{readers}{one.path}" if one.path else "",
        cause_in_words(one.cause),
        one.error,
        one.failures,
        clock.moment(one.again_at) if one.again_at and one.again_at > timezone.now() else None,
    )


def _titles(failing: Iterable[Failing]) -> dict[str, str]:
    """Ident → headline, or a section's title, of the pages among these."""
    idents = {ident for kind, ident in map(_subject, failing) if kind in {"article", "section"} and ident.isdecimal()}
    return {str(pk): title for pk, title in Page.objects.filter(pk__in=idents).values_list("pk", "title")}


def _subject(one: Failing) -> Ref:
    kind, _sep, ident = one.key.partition(":")
    return one.ref or Ref(kind, ident)


def _name_of(one: Failing, titles: dict[str, str]) -> str:
    kind, ident = _subject(one)
    title = titles.get(ident) if kind in {"article", "section"} else None
    if one.ref is None:
        about = f"«{title}»" if title else one.key
        return _("Lists in which %(about)s is to stand") % {"about": about}
    if kind == "front":
        return _("The front")
    kinds = {"picture": _("A picture"), "asset": _("A style or script")}
    return title or kinds.get(kind) or one.path or f"{kind} {ident}"


def cause_in_words(cause: str) -> str:
    """Why the press does something: `save section 12` as "Section «title» changed". What is not known stays."""
    fixed = {
        "press --all": _("The whole paper is pressed anew"),
        "templates": _("A new version of Warraq, or a new address of the paper"),
        "import": _("Articles were taken in"),
        "": _("Unknown"),
    }
    if cause in fixed:
        return fixed[cause]
    verb, _sep, rest = cause.partition(" ")
    if verb in {"ranking", "comments"}:
        return _("A ranking changed") if verb == "ranking" else _("Comments were decided")
    if verb in {"move", "publish"} and rest.isdecimal():
        says = _("«%(title)s» was moved") if verb == "move" else _("«%(title)s» was published")
        return says % {"title": _title_of(Page, rest) or rest}
    model, _sep, ident = rest.partition(" ")
    return (_changed(verb, model, ident) if verb in {"save", "delete"} else "") or cause


def _changed(verb: str, name: str, ident: str) -> str:
    models = {
        model._meta.model_name: model
        for config in apps.get_app_configs()
        if config.name.startswith(("warraq.", "taggit"))
        for model in config.get_models()
    }
    model = models.get(name)
    if model is PaperSettings:
        return _("The paper's settings were changed")
    if model is None or not ident.isdecimal():
        return ""
    words = {"kind": model._meta.verbose_name, "title": _title_of(model, ident) or ident}
    return (_("%(kind)s «%(title)s» was changed") if verb == "save" else _("%(kind)s «%(title)s» was deleted")) % words


def _title_of(model: type[Page], ident: str) -> str:
    row = model._default_manager.filter(pk=ident).first()
    return str(row)[:100] if row is not None else ""
