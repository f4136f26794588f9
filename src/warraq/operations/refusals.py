"""One clear message for whatever went wrong, in the user's language; a traceback goes to a file, never to a person."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import sys
import tempfile
import traceback

from warraq.language.messages import gettext as _

_ROOM_ERRORS = re.compile(r"warraq\.\w+(\.\w+)*\.errors")
"""Every refusal of a room is a class of that room's `errors.py`; its message is already for people."""


def explain(error: BaseException) -> str:
    """What to print for `error`."""
    if any(_ROOM_ERRORS.fullmatch(kind.__module__) for kind in type(error).__mro__):
        return str(error)
    if isinstance(error, OSError):
        return _of_the_system(error)
    if isinstance(error, _database_errors()):
        return _of_the_database(error)
    return _of_ourselves(error)


def _database_errors() -> tuple[type[BaseException], ...]:
    """The database's error classes, of whichever library is loaded; none is imported for this."""
    names = (("sqlite3", "Error"), ("pysqlite3", "Error"), ("psycopg", "Error"), ("django.db", "Error"))
    return sqlite3.Error, *(getattr(sys.modules[module], name) for module, name in names if module in sys.modules)


def _of_the_system(error: OSError) -> str:
    what = {
        errno.EACCES: _("no permission. Give this user the right to it, or choose another folder."),
        errno.EPERM: _("no permission. Give this user the right to it, or choose another folder."),
        errno.EROFS: _("the disk can only be read. Choose a folder on another disk."),
        errno.ENOSPC: _("the disk is full. Make room, then try again."),
        errno.EDQUOT: _("this user's share of the disk is full. Make room, then try again."),
        errno.ENOENT: _("there is no such file or folder."),
        errno.EEXIST: _("something of that name is in the way."),
        errno.ENOTDIR: _("a part of this path is a file and not a folder."),
        errno.EISDIR: _("this is a folder and not a file."),
        errno.EADDRINUSE: _("the port is in use by another program."),
        errno.EADDRNOTAVAIL: _("this machine has no such address."),
        errno.EIO: _("the disk reports a fault. Copy what you can and check the disk."),
        errno.EMFILE: _("too many files are open."),
        errno.ELOOP: _("this link leads to itself."),
        errno.ENAMETOOLONG: _("the name is too long."),
    }.get(error.errno or 0, error.strerror or str(error))
    name = os.fsdecode(error.filename) if error.filename else ""
    return f"{name}: {what}" if name else what[:1].upper() + what[1:]


def _of_the_database(error: BaseException) -> str:
    text = str(error)
    if text.startswith("connection") or "server closed" in text or "consuming input failed" in text:
        return _(
            "The paper's database cannot be reached: {why}. What was not acknowledged was not changed, and the pressed "
            "pages are served all the same. Is PostgreSQL running? warraq doctor"
        ).format(why=text.partition("\n")[0])
    if "locked" in text or "lock timeout" in text:
        return _("The database is busy: another program has been writing for too long. Nothing was changed. Try again.")
    if "no such table" in text or "no such column" in text or ("does not exist" in text and "relation" in text):
        return _("The database is not of this version ({text}). Bring it there with: warraq upgrade").format(
            text=text.partition("\n")[0]
        )
    if "unable to open" in text:
        return _("The database cannot be opened. Look at the rights of the paper's folder: warraq doctor")
    if "disk is full" in text or "No space left" in text:
        return _("The disk is full. Nothing was changed. Make room, then try again.")
    if "readonly" in text:
        return _("The database cannot be written: give this user the right to the paper's folder. Nothing was changed.")
    if "disk I/O" in text:
        return _("The disk did not take it; it is full or has a fault. Nothing was changed. Look at it: warraq doctor")
    if "malformed" in text or "not a database" in text:
        return _(
            "The database file is damaged ({text}). Readers are served from the pressed pages all the same. "
            "Make a paper from your last backup: warraq restore FILE DIR"
        ).format(text=text)
    return _("The database refused: {text}. Nothing was changed.").format(text=text)


def _of_ourselves(error: BaseException) -> str:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="warraq-fault-", suffix=".txt", delete=False
    ) as file:
        traceback.print_exception(error, file=file)
    return _(
        "A fault in Warraq itself: {kind}: {text}. The details are in {file}; please send them to its makers."
    ).format(kind=type(error).__name__, text=str(error) or "-", file=file.name)
