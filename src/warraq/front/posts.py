"""What comes in with a POST: who sent it, from which site, and its form, each bounded."""

from __future__ import annotations

import contextlib
import ipaddress
import threading
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from warraq.front import answers
from warraq.front.answers import Environ
from warraq.front.errors import Refusal
from warraq.language.messages import gettext as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MOST_FIELDS: Final = 20
MOST_DIGITS: Final = 18
"""Of an article's or comment's number: it fits the database's integers."""

LONGEST_ADDRESS: Final = 64
"""Characters: the longest of IPv6 has 45, and some name an interface."""


class Senders:
    """Tells who sends: the connection's address, or where a trusted proxy connects, whom the proxy names."""

    def __init__(self, trusted_proxies: tuple[str, ...]) -> None:
        self._trusted = tuple(ipaddress.ip_network(proxy) for proxy in trusted_proxies)

    def address(self, environ: Environ) -> Address | None:
        """None where the connection has no address (a Unix socket) and no proxy names one."""
        found = _address(environ.get("REMOTE_ADDR", ""))
        if not self._trusted or (found and not self._is_trusted(found)):
            return found
        # Each proxy adds whom it saw to the right; what stands left of the first untrusted one is anybody's word.
        for text in reversed(environ.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            named = _address(text.strip())
            if named is None:
                break
            found = named
            if not self._is_trusted(named):
                break
        return found

    def _is_trusted(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


def _address(text: str) -> Address | None:
    return _parsed(text) if len(text) <= LONGEST_ADDRESS else None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(address: Address) -> bytes:
    """The first bits, 24 or 48, of an address: about what one household or office cannot change."""
    return address.packed[: 3 if address.version == 4 else 6]


class Gate:
    """At most `places` requests inside at once, and `each` from one network; the rest are told to come again.

    A thread of a WSGI server waits for a body as long as its sender likes, and for a disk as long as that takes.
    Gates keep enough threads out of such hands that readers never wait.
    """

    def __init__(self, places: int, each: int | None = None) -> None:
        self._places = places
        self._each = each or places
        self._inside: Counter[bytes | None] = Counter()
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def enter(self, address: Address | None = None) -> Iterator[None]:
        """Raises Refusal where there is no place."""
        network = network_of(address) if address else None
        with self._lock:
            if self._inside.total() >= self._places or self._inside[network] >= self._each:
                raise Refusal(
                    answers.UNAVAILABLE,
                    _("Too many arrive at once, so this was not kept. Go back and send it again in a moment."),
                )
            self._inside[network] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[network] -= 1
                if not self._inside[network]:
                    del self._inside[network]


def refuse_other_sites(environ: Environ, origin: str) -> None:
    """Raise Refusal for a post that another site's page made; `origin` is the paper's own, where it has one set."""
    sent_from = environ.get("HTTP_ORIGIN")
    is_foreign = environ.get("HTTP_SEC_FETCH_SITE", "") == "cross-site"
    if sent_from is not None and sent_from != origin:
        is_foreign = is_foreign or not (host := _host_of(sent_from)) or host != environ.get("HTTP_HOST", "").lower()
    if is_foreign:
        raise Refusal(
            answers.FORBIDDEN,
            _("This was sent from another site's page, so it was not taken. Please send it from the article's page."),
        )


def _host_of(origin: str) -> str:
    """Host and port of an Origin header, lower case; empty for `null` and what is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def body(environ: Environ, *, most_bytes: int) -> bytes:
    """Raises Refusal where it is longer than `most_bytes`, without reading it where it says so itself."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or len(length) > MOST_DIGITS:
        raise Refusal(answers.BAD_REQUEST, _("The request does not say its length, so it was not taken."))
    wanted = int(length)
    if "HTTP_TRANSFER_ENCODING" in environ:
        data = environ["wsgi.input"].read(most_bytes + 1)
        wanted = len(data)
    elif wanted <= most_bytes:
        data = environ["wsgi.input"].read(wanted) if wanted else b""
    if wanted <= most_bytes:
        if len(data) < wanted:
            raise Refusal(answers.BAD_REQUEST, _("What was sent broke off, so it was not kept. Send it again."))
        return bytes(data)
    raise Refusal(
        answers.TOO_LARGE,
        _(
            "What was sent is longer than {kilobytes} kB, so it was not kept. Go back: your text is still in the "
            "form. Shorten it and send it again."
        ).format(kilobytes=most_bytes // 1024),
    )


def fields(data: bytes) -> dict[str, str]:
    """The fields of an application/x-www-form-urlencoded form, the first of each name. Raises Refusal."""
    try:
        pairs = parse_qsl(data.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refusal(
            answers.BAD_REQUEST,
            _("What was sent is not a form in UTF-8, so it was not kept. Go back and send it again."),
        ) from None
    return dict(reversed(pairs))


def number(text: str) -> int | None:
    """The number of an article or comment; None where `text` is none."""
    is_number = text.isascii() and text.isdecimal() and not text.startswith("0") and len(text) <= MOST_DIGITS
    return int(text) if is_number else None
