"""Doctor's checks of the machine and of the paper's folder. No Django: they are made even where it cannot start."""

from __future__ import annotations

import json
import platform
import shutil
import stat
import tempfile
import time
from functools import partial
from importlib.metadata import version
from pathlib import Path

import warraq
from warraq.config import sqlite
from warraq.config.paper import FILE, PaperConfig, load
from warraq.config.postgresql import parts as parts_of_url
from warraq.design import cards
from warraq.language.messages import gettext as _
from warraq.operations import locks, parts, postgresql, preflight, schema, snapshot
from warraq.operations.addresses import is_local
from warraq.operations.backup import LAST
from warraq.operations.doctor import Examination
from warraq.operations.errors import OperationsError
from warraq.spool.errors import StreamAway
from warraq.spool.stream import Stream

NO_DAMAGE = ("disk I/O", "readonly", "unable to open", "locked", "full")
"""Words of SQLite's for a disk or rights that keep it from reading; the file itself may be sound."""
LEAST_FREE_BYTES = 500 * 10**6
OLDEST_BACKUP_DAYS = 7
MADE = 1_764_000_000
"""24 November 2025, UTC seconds: a clock that shows less has lost its battery."""
DRIFT_SECONDS = 2.0
BEAT_SECONDS = 60


def examinations(config: PaperConfig) -> list[tuple[str, Examination]]:
    checks = {
        "versions": versions,
        "postgresql" if config.database.url else "sqlite": lambda: library(config),
        "cards": headline_cards,
        "rights": lambda: rights(config),
        "address": lambda: address(config),
        "disk": lambda: disk(config.folder),
        "clock": lambda: clock(config.folder),
        "database": lambda: database(config),
        "migrations": lambda: migrations(config),
        "backup": lambda: last_backup(config),
        **({"stream": lambda: stream(config)} if config.fronts.stream else {}),
    }
    return [*checks.items(), *((part, partial(running, config, part)) for part in parts.NAMES)]


def versions() -> tuple[bool, str]:
    names = ("django", "wagtail", "granian", "tantivy")
    found = ", ".join(f"{name} {version(name)}" for name in names)
    return True, f"warraq {warraq.__version__}, Python {platform.python_version()}, {found}, {platform.platform()}"


def library(config: PaperConfig) -> tuple[bool, str]:
    """What holds the database acknowledges only what it keeps."""
    if config.database.url:
        postgresql.refuse_unfit(config.database)
        version, _size, keeps = postgresql.about(config.database)
        if not keeps:
            text = _("PostgreSQL {version} may lose what it acknowledged. Set fsync and synchronous_commit to on.")
            return False, text.format(version=version)
        return True, _("PostgreSQL {version} keeps what it acknowledged.").format(version=version)
    return True, _("SQLite {version} keeps what it acknowledged.").format(version=sqlite.use(config.database.sqlite))


def headline_cards() -> tuple[bool, str]:
    """Whether headlines are drawn for who shares an article; the paper does without."""
    if cards.can_shape():
        return True, _("An article without a photo is shared with a picture of its headline.")
    return True, _(
        "An article without a photo is shared without a picture: this system has no FriBidi. Install libfribidi0, then "
        "warraq press --all."
    )


def rights(config: PaperConfig) -> tuple[bool, str]:
    """Every folder of the paper can be written, and the secret is nobody else's."""
    folders = (config.folder, config.database_file.parent, config.media, config.pressed, config.spool, config.run)
    for folder in folders:
        if folder.exists():
            preflight.check_writable(folder)
    preflight.check_secret(config)
    if file := others_read(config):
        return False, _("Others can read {file}. Close it with: chmod 600 {file}").format(file=file)
    return True, _("The paper's folders can be written; its secret is closed to others.")


def _holds_password(config: PaperConfig) -> bool:
    """Whether the password of the paper's PostgreSQL, or of the server of its stream, stands in `warraq.toml`."""
    written = load(config.folder, {})
    url = written.database.url
    return (bool(url) and "password" in parts_of_url(url)) or "@" in written.fronts.stream


def others_read(config: PaperConfig) -> Path | None:
    """A file that should be closed to others, and is not."""
    files = (config.secret_file, *([config.folder / FILE] if _holds_password(config) else []))
    return next((file for file in files if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077), None)


def address(config: PaperConfig) -> tuple[bool, str]:
    """A paper that answers others than this machine knows its own address."""
    if config.front.origin:
        return True, _("Readers' address is {origin}.").format(origin=config.front.origin)
    text = _("front.origin is not set, so feeds, cards and share links have no full addresses. Set it in {file}.")
    return is_local(config.front.host), text.format(file=config.folder / FILE)


def stream(config: PaperConfig) -> tuple[bool, str]:
    """The server at which fronts meet answers."""
    try:
        Stream(config.fronts.stream, paper=config.fronts.paper).ping()
    except StreamAway as error:
        text = _(
            "The server of fronts.stream cannot be used ({why}). What readers of further fronts send is kept there "
            "until it answers."
        )
        return False, text.format(why=error.why)
    return True, _("The server of fronts.stream answers.")


def disk(folder: Path) -> tuple[bool, str]:
    free = shutil.disk_usage(folder).free
    text = _("{free:.1f} GB are free.").format(free=free / 10**9)
    if free < LEAST_FREE_BYTES:
        return False, text + " " + _("Make room: with none left nothing new can be published.")
    return True, text


def clock(folder: Path) -> tuple[bool, str]:
    """The clock shows a possible time, and the disk's clock (a network disk has its own) the same."""
    now = time.time()
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        apart = abs(Path(file.name).stat().st_mtime - now)
    shown = time.strftime("%F %T UTC", time.gmtime(now))
    if now < MADE or apart > DRIFT_SECONDS:
        return False, _("The clock shows {shown}, {apart:.0f} s apart from the disk's. Set it.").format(
            shown=shown, apart=apart
        )
    return True, _("The clock shows {shown}.").format(shown=shown)


def database(config: PaperConfig) -> tuple[bool, str]:
    schema.refuse_absent(config)
    if config.database.url:
        _version, size, _keeps = postgresql.about(config.database)
        return True, _("The database answers ({size:.1f} MB).").format(size=size / 10**6)
    found = snapshot.faults(config.database_file, which=config.database.sqlite)
    if found and any(word in found[0] for word in NO_DAMAGE):
        return False, _("The database cannot be looked at ({fault}). Look at the disk and at the rights first.").format(
            fault=found[0]
        )
    if found:
        return False, _("The database is damaged: {fault}. Restore your last backup.").format(fault=found[0])
    size = config.database_file.stat().st_size
    return True, _("The database is whole ({size:.1f} MB).").format(size=size / 10**6)


def migrations(config: PaperConfig) -> tuple[bool, str]:
    try:
        preflight.require_database(config)
    except OperationsError as error:
        return False, str(error)
    return True, _("The database is of this version.")


def last_backup(config: PaperConfig) -> tuple[bool, str]:
    """A paper younger than the oldest backup we allow need not have one."""
    try:
        last = json.loads((config.run / LAST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        days = (time.time() - _made_at(config)) / 86_400
        text = _("No backup was made yet. Make one with: warraq backup FILE")
        return days < OLDEST_BACKUP_DAYS, text
    days = (time.time() - last["at"]) / 86_400
    text = _("The last backup is {days:.1f} days old: {file}").format(days=days, file=last["file"])
    if not Path(last["file"]).exists():
        text += " " + _("(it is not there any more)")
    return days < OLDEST_BACKUP_DAYS, text


def _made_at(config: PaperConfig) -> float:
    """When the paper was made, seconds since 1970: its secret never changes, `warraq.toml` may."""
    there = [file for file in (config.secret_file, config.folder / FILE) if file.exists()]
    return min((file.stat().st_mtime for file in there), default=0.0)


def running(config: PaperConfig, part: str) -> tuple[bool, str]:
    """A part that runs answers; one that does not run finds its port free."""
    if not locks.is_held(config.run, part):
        if part in parts.QUESTIONS:
            section = getattr(config, part)
            preflight.check_port(section.host, section.port, setting=f"{part}.port")
        return True, _("{part} is not running.").format(part=part)
    if part not in parts.QUESTIONS:
        ready = parts.ready_file(config.run, part)
        age = time.time() - ready.stat().st_mtime if ready.exists() else float("inf")
        return age < BEAT_SECONDS, _("{part} runs; its last round was {age:.0f} s ago.").format(part=part, age=age)
    section = getattr(config, part)
    port = locks.holder(config.run, part).port or section.port  # it may have been started with --port
    ok = parts.answers(section.host, port, *parts.QUESTIONS[part](config))
    text = _("{part} runs and answers.") if ok else _("{part} runs and does not answer. Stop it and start it again.")
    return ok, text.format(part=part)
