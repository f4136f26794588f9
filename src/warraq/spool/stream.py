"""The server at which several fronts meet (Valkey or Redis), and what lies there.

    warraq:<paper>:<kind>:<front>      a stream of that front's parcels; the entry's id is the parcel's number
    warraq:<paper>:<kind>:fronts       sorted set: front → when it was last heard, seconds since 1970
    warraq:<paper>:<kind>:confirmed    hash: front → number of its last parcel that the pressroom keeps
    warraq:<paper>:salt:<day>          the salt of a day (UTC), until that day is over

A stream for each front, numbered as its parcels are: the server itself refuses a number twice, the pressroom asks for
the one it wants next, and what is wrong with one front's parcels is in nobody else's way. Nothing here is the only
copy of anything: a server that forgot it all is given it again. No message of an error holds the server's address,
because that may hold a password.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from warraq.spool.errors import StreamAway
from warraq.spool.parcels import FRONT, LARGEST

WINDOW: Final = 32
"""Parcels of one front that wait in its stream; the next one comes when the first is confirmed."""
TIMEOUT_SECONDS: Final = 2.0
MOST_FRONTS: Final = 1_000
KEPT_SECONDS: Final = 30 * 86_400
"""A front that was not heard for so long is asked for no more."""
_FIELD: Final = b"parcel"


@dataclass(frozen=True)
class Held:
    """`confirmed` of a front, 0 where none is, and how many parcels lie in its stream."""

    confirmed: int
    parcels: int


class Stream:
    """Connects when it is first asked. Every call raises StreamAway where the server does not answer as it should."""

    def __init__(self, url: str, *, paper: str, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._url = url
        self._prefix = f"warraq:{paper}:"
        self._timeout = timeout_seconds
        self._server: Any = None

    @contextlib.contextmanager
    def _asked(self) -> Iterator[Any]:
        import redis  # noqa: PLC0415  only where a stream is set

        try:
            if self._server is None:
                self._server = redis.Redis.from_url(
                    self._url, socket_timeout=self._timeout, socket_connect_timeout=self._timeout, retry=None
                )
            yield self._server
        except (redis.RedisError, OSError) as error:
            raise StreamAway(_plain(error)) from None
        except (ValueError, TypeError):  # of the address: what stands behind "?", and may be a secret
            raise StreamAway("its address is none") from None

    def ping(self) -> None:
        with self._asked() as server:
            server.ping()

    # A front's side.

    def look(self, kind: str, front: str) -> Held:
        """Say that this front lives, and ask how far it is."""
        with self._asked() as server, server.pipeline(transaction=True) as many:
            many.zadd(self._key(kind, "fronts"), {front: int(time.time())})
            many.hget(self._key(kind, "confirmed"), front)
            many.xlen(self._key(kind, front))
            _added, confirmed, parcels = many.execute()
        return Held(_number(confirmed), int(parcels))

    def send(self, kind: str, front: str, parcels: Mapping[int, bytes], *, anew: bool = False) -> None:
        """Put these parcels behind those that are there, in order; with `anew` in their place."""
        key = self._key(kind, front)
        with self._asked() as server, server.pipeline(transaction=True) as many:
            if anew:
                many.delete(key)
            for number, data in sorted(parcels.items()):
                many.xadd(key, {_FIELD: data}, id=f"{number}-0")
            many.expire(key, KEPT_SECONDS)
            many.execute()

    # The pressroom's side.

    def fronts(self, kind: str) -> dict[str, int]:
        """Front → what it was last told is confirmed; of the thousand that were heard last."""
        with self._asked() as server, server.pipeline(transaction=False) as many:
            oldest = int(time.time()) - KEPT_SECONDS
            many.zrevrangebyscore(self._key(kind, "fronts"), "+inf", oldest, start=0, num=MOST_FRONTS)
            many.hgetall(self._key(kind, "confirmed"))
            names, confirmed = many.execute()
        found = (name.decode("utf-8", "replace") for name in names)
        return {name: _number(confirmed.get(name.encode())) for name in found if FRONT.fullmatch(name)}

    def read(self, kind: str, wanted: Mapping[str, range], *, most: int) -> dict[str, list[tuple[int, bytes]]]:
        """Front → at most `most` of its entries with these numbers. An entry without a parcel gives nothing but its
        number."""
        with self._asked() as server, server.pipeline(transaction=False) as many:
            for front, numbers in wanted.items():
                many.xrange(self._key(kind, front), min=f"{numbers.start}-0", max=f"({numbers.stop}-0", count=most)
            answers: Sequence[Any] = many.execute()
        return {front: [_entry(one) for one in entries] for front, entries in zip(wanted, answers, strict=True)}

    def confirm(self, kind: str, confirmed: Mapping[str, int]) -> None:
        """Front → the number up to which its parcels are kept; they leave the stream."""
        with self._asked() as server, server.pipeline(transaction=True) as many:
            for front, number in confirmed.items():
                many.hset(self._key(kind, "confirmed"), front, number)
                many.xtrim(self._key(kind, front), minid=f"{number + 1}-0", approximate=False)
            many.execute()

    def drop(self, kind: str, front: str, number: int) -> None:
        """Take out an entry that was no parcel; its front notices and sends it again."""
        with self._asked() as server:
            server.xdel(self._key(kind, front), f"{number}-0")

    # Everybody's.

    def agree(self, name: str, offered: bytes, *, seconds: int) -> bytes:
        """What all agree on under `name` for so many seconds: what is there, else what is `offered`."""
        key = f"{self._prefix}{name}"
        with self._asked() as server, server.pipeline(transaction=True) as many:
            many.set(key, offered, nx=True, ex=seconds)
            many.get(key)
            _set, found = many.execute()
        return bytes(found or b"")

    def _key(self, kind: str, what: str) -> str:
        return f"{self._prefix}{kind}:{what}"


def connect(url: str, *, paper: str, timeout_seconds: float = TIMEOUT_SECONDS) -> Stream | None:
    """None where no stream is set."""
    return Stream(url, paper=paper, timeout_seconds=timeout_seconds) if url else None


def _entry(entry: Any) -> tuple[int, bytes]:
    ident, fields = entry
    number = _number(ident.partition(b"-")[0])
    return number, bytes((fields or {}).get(_FIELD, b""))


def _number(value: bytes | None) -> int:
    """0 for what is none."""
    return int(value) if value and re.fullmatch(rb"[0-9]{1,15}", value) and int(value) < LARGEST else 0


def _plain(error: Exception) -> str:
    return str(error).partition("\n")[0][:200] or type(error).__name__
