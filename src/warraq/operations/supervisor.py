"""`warraq serve`: runs the parts as processes of their own, and says when each answers.

The front starts first and waits for nothing: whatever befalls the database, readers read. SIGHUP makes all parts anew,
with the settings and the version that are there by then; while their workers change, the old ones answer.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable

from warraq.config.errors import ConfigError
from warraq.config.paper import PaperConfig, load
from warraq.language.messages import gettext as _
from warraq.operations import locks, parts, preflight, schema
from warraq.operations.errors import BadCertificate
from warraq.operations.parts import Part, Say
from warraq.operations.stopping import Renewal, Stopping

LOOK_SECONDS = 0.1
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 60.0


def check(config: PaperConfig) -> None:
    """Raises, before anything starts, what would keep a part from starting: locks, ports, the database."""
    for part in (*parts.NAMES, parts.SHIPPER):
        locks.refuse_held(config.run, part)
    preflight.check_not_shipped(config)
    preflight.check_front(config)
    preflight.check_port(config.newsroom.host, config.newsroom.port, setting="newsroom.port")
    preflight.check_database(config)


def supervise(config: PaperConfig, *, say: Say, warn: Say) -> None:
    """Run all parts until SIGTERM or SIGINT. `say` gets one line a part when it answers, `warn` what went wrong."""
    preflight.check_writable(config.folder)
    with locks.held(config.run, "serve"):
        check(config)
        parts.ready_file(config.run).unlink(missing_ok=True)
        made = parts.parts_of(config)
        _run(config, made[:1], made[1:], lambda: Upgrade(config, warn), say, warn)
    say(_("Stopped."))


def supervise_front(config: PaperConfig, *, say: Say, warn: Say) -> None:
    """The same for a machine that is only a front: readers, and a shipper of what they send."""
    preflight.check_writable(config.folder)
    with locks.held(config.run, "serve"):
        for part in (*parts.NAMES, parts.SHIPPER):
            locks.refuse_held(config.run, part)
        preflight.check_front(config)
        preflight.check_further(config)
        parts.ready_file(config.run, parts.SHIPPER).unlink(missing_ok=True)
        _run(config, parts.parts_of(config, parts.FURTHER), [], NoUpgrade, say, warn)
    say(_("Stopped."))


def _run(
    config: PaperConfig,
    running: list[Part],
    waiting: list[Part],
    begin: Callable[[], Upgrade | NoUpgrade],
    say: Say,
    warn: Say,
) -> None:
    """Run parts until this process is told to stop; those that are `waiting` once the upgrade is done."""
    stopping, told_anew = Stopping(), Renewal()
    upgrade, is_renewing = begin(), False
    try:
        while not stopping():
            if told_anew() and not waiting and _is_sound(config, warn):
                upgrade.stop()
                upgrade, is_renewing = begin(), True
            if (waiting or is_renewing) and upgrade.is_done():
                for part in running if is_renewing else ():
                    part.renew()
                running, waiting, is_renewing = running + waiting, [], False
            for part in running:
                part.look(say, warn)
            time.sleep(LOOK_SECONDS)
    finally:
        upgrade.stop()
        parts.stop(running)


def _is_sound(config: PaperConfig, warn: Say) -> bool:
    """Whether the settings that are to be taken up can be."""
    try:
        preflight.check_certificate(load(config.folder))
    except (ConfigError, BadCertificate) as error:
        warn(f"{error}\n" + _("The new settings were not taken up; the paper goes on with those that it has."))
        return False
    return True


class NoUpgrade:
    """Where there is no database."""

    def is_done(self) -> bool:
        return True

    def stop(self) -> None:
        pass


class Upgrade:
    """`warraq upgrade` beside the front, again and again until it succeeds.

    Django is loaded in a child, so that the supervisor stays small; and not at all where nothing changed since the
    last time, so that the newsroom is there sooner.
    """

    def __init__(self, config: PaperConfig, warn: Say) -> None:
        self._config = config
        self._warn = warn
        self._process: subprocess.Popen[bytes] | None = None
        self._start_at = 0.0
        self._pause = FIRST_PAUSE_SECONDS

    def is_done(self) -> bool:
        """Whether the database is of this version; starts or looks after the child that brings it there."""
        if self._process is None:
            if self._is_known():
                return True
            if time.monotonic() >= self._start_at:
                self._process = subprocess.Popen(
                    [*parts.COMMAND, "upgrade", "--quiet"], stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno()
                )
            return False
        code = self._process.poll()
        if code:
            self._failed()
        return code == 0

    def _is_known(self) -> bool:
        with contextlib.suppress(OSError, *preflight.database_errors(self._config)):
            return schema.is_current(self._config)
        return False

    def stop(self) -> None:
        """End a child that is still at it; each migration is one transaction, so nothing stays half done."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait()

    def _failed(self) -> None:
        self._warn(
            _(
                "The database is not ready. Readers are served; newsroom and pressroom wait. "
                "Tried again in {pause:.0f} s."
            ).format(pause=self._pause)
        )
        self._process, self._start_at = None, time.monotonic() + self._pause
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
