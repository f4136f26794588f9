"""What staff read when a request could not be answered: what happened, what was kept, what to do.

It stands in for Django's bare page, needs no database, and says nothing of the program's inside; that is in the log.
"""

from __future__ import annotations

import errno
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from shutil import disk_usage

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

FULL = {errno.ENOSPC, errno.EDQUOT}
ROOM = 1 << 20
"""Bytes without which SQLite's log cannot grow."""


@dataclass(frozen=True)
class Trouble:
    status: HTTPStatus
    title: str
    kept: str
    to_do: str


def trouble(request: HttpRequest) -> HttpResponse:
    """The answer to a request that raised; its error is the one being handled."""
    found = trouble_of(sys.exc_info()[1])
    page = render_to_string("newsroom/admin/trouble.html", {"trouble": found})
    return HttpResponse(page, status=found.status)


def trouble_of(error: BaseException | None) -> Trouble:
    if _is_full(error):
        return Trouble(
            HTTPStatus.INSUFFICIENT_STORAGE,
            _("The disk is full"),
            _("Nothing of what you just sent was saved. Readers see the paper as it was."),
            _(
                "Go back: your text is still there. Ask whoever runs this machine to make room on its disk, then save "
                "again."
            ),
        )
    if isinstance(error, OperationalError) and "disk I/O error" not in str(error):
        busy = "locked" in str(error) or "lock timeout" in str(error)
        return Trouble(
            HTTPStatus.SERVICE_UNAVAILABLE,
            _("The database is busy") if busy else _("The database does not answer"),
            _("Nothing of what you just sent was saved. Readers see the paper as it was."),
            _(
                "Wait a moment, then go back and save again: your text is still there. If this comes again, tell "
                "whoever runs this machine."
            ),
        )
    return Trouble(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Something went wrong"),
        _(
            "The newsroom met an error of its own, and wrote it into its log at {time} UTC. What you just sent may not "
            "have been saved. Readers are not affected."
        ).format(time=f"{timezone.now():%H:%M:%S}"),
        _(
            "Go back and look what was saved before you send it again. If this comes again, tell whoever runs this "
            "machine."
        ),
    )


def _is_full(error: BaseException | None) -> bool:
    """Whether a disk has no room. PostgreSQL and the system say it by number; SQLite in words, where it does not speak
    of a fault of the disk because its log found no room."""
    if isinstance(error, OSError):
        return error.errno in FULL
    if not isinstance(error, OperationalError):
        return False
    is_told = "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", "") == "53100"
    return is_told or ("disk I/O error" in str(error) and _is_without_room(Path(connection.settings_dict["NAME"])))


def _is_without_room(file: Path) -> bool:
    """Whether there is no room beside a file."""
    try:
        return disk_usage(file.parent).free < ROOM
    except OSError:
        return False
