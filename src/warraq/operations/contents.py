"""Doctor's checks of what is in the paper: pages, queue, spools, rankings, index. Needs Django and a sound database."""

from __future__ import annotations

import random
import time
from datetime import timedelta
from pathlib import Path

from django.db.models import Model
from django.utils import timezone

from warraq.comments.models import SpoolCursor as CommentCursor
from warraq.config.paper import KINDS, PaperConfig
from warraq.language.messages import gettext as _
from warraq.newsroom.models import Placement, Ranking
from warraq.operations import fronts, locks
from warraq.operations.doctor import Examination
from warraq.press import copying, layout, unsent
from warraq.press.encoding import digest_of
from warraq.press.folder import paper_store
from warraq.press.models import Change, DueSheet, SheetRecord
from warraq.readership.models import SpoolCursor as ReadCursor
from warraq.search import store
from warraq.search.models import IndexDue
from warraq.spool import SpoolReader

SAMPLE = 200
"""Pages compared with the ledger; `warraq press --verify` compares all."""
LONGEST_WAIT = timedelta(minutes=5)
"""A change that waits longer beside a running pressroom is stuck."""
OLDEST_SPOOL_SECONDS = 300.0
CURSORS: dict[str, type[Model]] = {"comments": CommentCursor, "reads": ReadCursor}
"""Spool's folder → the table of how far it was taken in."""


def examinations(config: PaperConfig) -> list[tuple[str, Examination]]:
    return [
        ("pages", pages),
        ("press", lambda: press(config)),
        ("spools", lambda: spools(config)),
        ("index", lambda: index(config)),
        ("rankings", lambda: rankings(config)),
        *([("fronts", fronts.check)] if fronts.known() or config.fronts.stream else []),
        *([("bucket", lambda: bucket(config))] if unsent.is_kept() else []),
    ]


def pages() -> tuple[bool, str]:
    """A sample of the pressed files holds the bytes that the ledger says."""
    idents = list(SheetRecord.objects.exclude(digest="").values_list("pk", flat=True))
    chosen = random.sample(idents, min(SAMPLE, len(idents)))
    tree = paper_store()
    wrong = [
        record.path
        for record in SheetRecord.objects.filter(pk__in=chosen)
        if (body := tree.read(layout.tree_of(record.status), record.path)) is None or digest_of(body) != record.digest
    ]
    if wrong:
        text = _("{count} of {sample} pages differ from what was pressed, {path} for one. Mend: warraq press --all")
        return False, text.format(count=len(wrong), sample=len(chosen), path=wrong[0])
    return True, _("{sample} of {count} pages were compared; all are as they were pressed.").format(
        sample=len(chosen), count=len(idents)
    )


def press(config: PaperConfig) -> tuple[bool, str]:
    """Nothing waits for long, and no page fails again and again."""
    failing = list(DueSheet.objects.filter(failures__gt=0).values_list("kind", "ident")[:3])
    if failing:
        names = ", ".join(f"{kind} {ident}" for kind, ident in failing)
        return False, _("Pages that cannot be pressed: {names}. The pressroom's log says why.").format(names=names)
    waiting = Change.objects.count() + DueSheet.objects.count()
    oldest = Change.objects.order_by("id").values_list("at", flat=True).first()
    stuck = oldest is not None and timezone.now() - oldest > LONGEST_WAIT
    text = _("{count} changes and pages wait to be pressed.").format(count=waiting)
    return not (stuck and locks.is_held(config.run, "pressroom")), text


def spools(config: PaperConfig) -> tuple[bool, str]:
    """What readers sent is taken in soon, and no part of it is damaged."""
    damaged = [file for kind in KINDS for file in (config.spool / kind).glob("*.damaged")]
    if damaged:
        return False, _("A damaged spool was put aside: {file}. What could be read of it was taken in.").format(
            file=damaged[0]
        )
    waiting = {name for name, cursors in CURSORS.items() if _waits(config.spool / name, cursors)}
    if not waiting:
        return True, _("All that readers sent was taken in.")
    text = _("{names} wait to be taken in.").format(names=", ".join(sorted(waiting)))
    late = any(_age_of_newest(config.spool / name) > OLDEST_SPOOL_SECONDS for name in waiting)
    if late and locks.is_held(config.run, "pressroom"):
        return False, text + " " + _("The pressroom does not do it; its log says why.")
    return True, text


def _waits(folder: Path, cursors: type[Model]) -> bool:
    """Whether a spool holds a record that was not taken in."""
    taken = dict(cursors._default_manager.values_list("segment", "position"))
    return bool(SpoolReader(folder).read(taken, limit=1).records)


def _age_of_newest(folder: Path) -> float:
    """Seconds since anything was written to a spool."""
    return time.time() - max((file.stat().st_mtime for file in folder.iterdir()), default=0.0)


def index(config: PaperConfig) -> tuple[bool, str]:
    """The search index can be opened, and holds every article that is not waiting to be indexed."""
    waiting = IndexDue.objects.count()
    if not store.has_index(config.index):
        text = _("There is no search index yet; the pressroom makes it.")
        return not locks.is_held(config.run, "pressroom"), text
    held = store.open_index(config.index).searcher().num_docs
    public = Placement.objects.filter(list="all").count()
    text = _("The search index holds {held} of {public} published articles; {waiting} changes wait.").format(
        held=held, public=public, waiting=waiting
    )
    if held != public and not waiting:
        return False, text + " " + _("Have it built anew: remove {folder}.").format(folder=config.index)
    return True, text


def rankings(config: PaperConfig) -> tuple[bool, str]:
    """Beside a running pressroom every ranking is made anew when an hour begins."""
    until = Ranking.objects.order_by("until").values_list("until", flat=True).first()
    if until is None:
        return True, _("No ranking was made yet.")
    behind = timezone.now() - until - timedelta(hours=1)
    text = _("The oldest ranking ends at {until:%Y-%m-%d %H:%M} UTC.").format(until=until)
    return not (behind > LONGEST_WAIT and locks.is_held(config.run, "pressroom")), text


def bucket(config: PaperConfig) -> tuple[bool, str]:
    """The copy in the bucket is not far behind the pages, and the last attempt went well."""
    found = copying.behind()
    if found.failures:
        text = _(
            "{count} files wait to be copied, since {since:%Y-%m-%d %H:%M} UTC. The last {times} attempts: {error}"
        )
        since = found.since or timezone.now()
        return False, text.format(count=found.places, since=since, times=found.failures, error=found.error)
    if found.sent_at is None and not found.places:
        return True, _("Nothing was copied yet; the pressroom does it.")
    text = _("{count} files wait to be copied to the bucket {name}.").format(
        count=found.places, name=config.bucket.name
    )
    now = timezone.now()
    late = found.since is not None and now - found.since > LONGEST_WAIT
    is_still = found.sent_at is None or now - found.sent_at > LONGEST_WAIT
    return not (late and is_still and locks.is_held(config.run, "pressroom")), text
