"""Who a visitor is for a day: keyed hashes, so that repeats can be set aside and nobody can be followed.

The key is the day's salt, kept in a file that every worker shares. Tomorrow it is deleted, and with it the way back
from a hash to an address. A visitor's hash differs from article to article.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
import threading
from pathlib import Path
from typing import Final

from warraq.front.posts import Address, network_of
from warraq.spool.segment import make_folder

SALT_BYTES: Final = 32
HASH_BYTES: Final = 12


class Salts:
    """The salt of each day (UTC) in `folder`, made by whichever worker needs it first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._today: tuple[dt.date, bytes] | None = None
        self._lock = threading.Lock()

    def of(self, day: dt.date) -> bytes:
        """Raises OSError where it cannot be kept: a salt of one worker alone would count readers twice."""
        today = self._today
        if today is None or today[0] != day:
            with self._lock:
                today = self._today
                if today is None or today[0] != day:
                    today = self._today = (day, self._agree_on(day))
        return today[1]

    def found(self, day: dt.date) -> bytes | None:
        """The salt of `day`, where it is there."""
        return _salt_in(self._folder / day.isoformat())

    def keep(self, day: dt.date, salt: bytes) -> None:
        """Let `salt`, which several fronts agreed on, be that of `day`, where there is none yet. Raises OSError."""
        make_folder(self._folder)
        self._offer(self._folder / day.isoformat(), salt)

    def _agree_on(self, day: dt.date) -> bytes:
        make_folder(self._folder)
        self._forget_other_days(day)
        file = self._folder / day.isoformat()
        salt = _salt_in(file)
        if salt is None:
            self._offer(file, secrets.token_bytes(SALT_BYTES))
            salt = _salt_in(file)
        if salt is None:
            raise OSError(f"{file} could not be kept")
        return salt

    def _offer(self, file: Path, salt: bytes) -> None:
        """Make `salt` the file's, where no other worker was first."""
        # Written aside and linked: whoever finds the file finds all of it.
        aside = self._folder / f".{os.getpid()}-{secrets.token_hex(4)}"
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(salt)
                out.flush()
                os.fsync(handle)
            with contextlib.suppress(FileExistsError):
                os.link(aside, file)
        finally:
            aside.unlink()

    def _forget_other_days(self, day: dt.date) -> None:
        # Tomorrow's stays: another worker's clock may be a moment ahead at midnight.
        kept = {day.isoformat(), (day + dt.timedelta(days=1)).isoformat()}
        for file in self._folder.iterdir():
            if file.name not in kept and not file.name.startswith("."):
                file.unlink(missing_ok=True)


def _salt_in(file: Path) -> bytes | None:
    """None where there is none. One that a power cut left empty would key nothing: it is removed."""
    try:
        salt = file.read_bytes()
    except FileNotFoundError:
        return None
    if len(salt) == SALT_BYTES:
        return salt
    file.unlink(missing_ok=True)
    return None


class Visitors:
    def __init__(self, folder: Path) -> None:
        """`folder` for the salts."""
        self._salts = Salts(folder)

    def hashes(self, address: Address | None, agent: str, article: int, at: float, load: str = "") -> tuple[str, str]:
        """(visitor, network) at `at`, seconds since the epoch. Raises OSError where the salt cannot be kept.

        `load` is what the page's script drew for this one showing of the page: a carrier's readers share an address,
        and most of them an agent.
        """
        salt = self._salts.of(dt.datetime.fromtimestamp(at, dt.UTC).date())
        whose = f"{address}\0{agent}\0{article}\0{load}".encode("utf-8", "surrogatepass")
        where = network_of(address) if address else b""
        return _keyed(salt, b"visitor", whose), _keyed(salt, b"network", where)


def _keyed(salt: bytes, purpose: bytes, data: bytes) -> str:
    return hashlib.blake2b(data, key=salt, person=purpose, digest_size=HASH_BYTES).hexdigest()
