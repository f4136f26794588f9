"""Doctor's checks of a machine that is only a front. No Django and no database."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from warraq.config.paper import KINDS, PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations import machine, parts, preflight
from warraq.operations.doctor import Examination

LONGEST_WAIT_SECONDS = 900.0
"""A parcel that waits longer is not being fetched."""


def is_further(config: PaperConfig) -> bool:
    """Whether the folder is that of a further front: no pressroom's, and a shipper worked here."""
    is_pressroom = config.database_file.exists() or config.secret_file.exists()
    return not is_pressroom and (config.spool / "outbox").exists()


def examinations(config: PaperConfig) -> list[tuple[str, Examination]]:
    checks: list[tuple[str, Examination]] = [
        ("versions", machine.versions),
        ("rights", lambda: rights(config)),
        ("address", lambda: machine.address(config)),
        ("disk", lambda: machine.disk(config.folder)),
        ("clock", lambda: machine.clock(config.folder)),
        ("pages", lambda: pages(config)),
        ("outbox", lambda: outbox(config)),
    ]
    if config.fronts.stream:
        checks.append(("stream", lambda: machine.stream(config)))
    return [*checks, *((part, partial(machine.running, config, part)) for part in parts.FURTHER)]


def rights(config: PaperConfig) -> tuple[bool, str]:
    for folder in (config.folder, config.spool, config.run):
        if folder.exists():
            preflight.check_writable(folder)
    if file := machine.others_read(config):
        return False, _("Others can read {file}. Close it with: chmod 600 {file}").format(file=file)
    return True, _("The front's folders can be written.")


def pages(config: PaperConfig) -> tuple[bool, str]:
    """The pressed pages were copied here."""
    if (config.pressed / "pages" / "index.html").exists():
        return True, _("The pressed pages are there.")
    return False, _(
        "There are no pressed pages in {folder}. Copy them there (docs/operating.md, Several fronts)."
    ).format(folder=config.pressed)


def outbox(config: PaperConfig) -> tuple[bool, str]:
    """What readers sent is fetched soon, and no part of it is damaged."""
    for folder in (*(config.spool / kind for kind in KINDS), *(config.spool / "outbox" / kind for kind in KINDS)):
        for file in folder.glob("*.damaged"):
            return False, _("{file} is damaged and was put aside. What could be read of it was sent.").format(file=file)
    waiting = [file for kind in KINDS for file in (config.spool / "outbox" / kind).glob("*.parcel")]
    if not waiting:
        return True, _("All that readers sent is with the pressroom, or on its way.")
    age = time.time() - min(map(_made_at, waiting))
    text = _("{count} parcels wait, the oldest for {age:.0f} s.").format(count=len(waiting), age=age)
    if age > LONGEST_WAIT_SECONDS:
        return False, text + " " + _("The pressroom does not fetch them: look at its log, and at what carries them.")
    return True, text


def _made_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return time.time()
