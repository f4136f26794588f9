"""Reads: `POST /_/read` by the page's script, `GET /_/read.gif` by a picture where no script runs.

Answered once the read is with the system; it is on disk within 200 ms.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from warraq.front import answers, posts
from warraq.front.answers import Answer, Environ
from warraq.front.door import Door
from warraq.front.errors import Refusal
from warraq.front.headers import Dress
from warraq.front.paces import Paces
from warraq.front.robots import RATE
from warraq.language.messages import gettext as _
from warraq.spool import SpoolError, SpoolWriter

MOST_BYTES: Final = 1024
"""Of a body. An id in the query needs none, and so cannot be held up by a slow sender."""
PICTURE: Final = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""One transparent point, GIF."""
_LOAD = re.compile(r"[0-9a-z]{1,16}", re.ASCII)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,98}[a-z0-9])?", re.ASCII)
_SENT = re.compile(rf"id=([0-9]{{1,18}})(?:&k=({_LOAD.pattern}))?(?:&h=({_HOST.pattern}))?", re.ASCII)
"""What the page's script sends."""
_as_json = json.JSONEncoder(separators=(",", ":")).encode


class Told(NamedTuple):
    """What a sender says: the article's id, as written; what the script drew for this showing of the page; the host of
    the other site that led here."""

    article: str
    load: str = ""
    host: str = ""


class Reads:
    def __init__(self, spool: SpoolWriter, door: Door, dress: Dress) -> None:
        self._spool = spool
        self._door = door
        self._dress = dress
        self._paces = Paces()
        self._thanks = Answer(answers.NO_CONTENT, dress.empty())
        self._picture = Answer(answers.OK, dress.picture(PICTURE), PICTURE)

    def take(self, environ: Environ) -> Answer:
        """Keep {"a": article} with the marks of `Door.marks`, and "h", the host it came from, where one is told."""
        return self._take(environ, self._posted) or self._thanks

    def show(self, environ: Environ) -> Answer:
        """The same for who runs no script. HEAD is no reading."""
        if environ["REQUEST_METHOD"] == "HEAD":
            return self._picture
        return self._take(environ, self._asked) or self._picture

    def _take(self, environ: Environ, tell: Callable[[Environ, posts.Address | None], Told | None]) -> Answer | None:
        """None where it is kept."""
        try:
            address = self._door.admit(environ)
            told = tell(environ, address)
            article = posts.number(told.article) if told else None
            if told is None or article is None:
                raise Refusal(answers.BAD_REQUEST, _("id is the number of an article; the read was not counted."))
            record = {"a": article, **self._door.marks(environ, address, article, told.load)}
            if not told.load and address and self._is_too_fast(address, environ, article):
                record.setdefault("r", RATE)
            if told.host:
                record["h"] = told.host
            self._spool.append(_as_json(record).encode(), durable=False)
        except Refusal as refusal:
            return self._plainly(refusal.status, refusal.says)
        except (SpoolError, OSError):
            return self._plainly(
                answers.UNAVAILABLE, _("The read was not counted: the paper's disk does not take it now.")
            )
        return None

    def _is_too_fast(self, address: posts.Address, environ: Environ, article: int) -> bool:
        return self._paces.is_too_fast(address, environ.get("HTTP_USER_AGENT", ""), article)

    def _posted(self, environ: Environ, address: posts.Address | None) -> Told | None:
        found = _told(environ.get("QUERY_STRING", ""))
        if found is None:
            with self._door.gate.enter(address):
                found = _told(posts.body(environ, most_bytes=MOST_BYTES).decode("latin-1"))
        return found

    def _asked(self, environ: Environ, _address: posts.Address | None) -> Told | None:
        return _told(environ.get("QUERY_STRING", ""))

    def _plainly(self, status: str, says: str) -> Answer:
        body = says.encode()
        return Answer(status, self._dress.made(body, kind="text/plain"), body)


def _told(form: str) -> Told | None:
    sent = _SENT.fullmatch(form)
    if sent is not None:
        return Told(*(part or "" for part in sent.groups()))
    try:
        pairs = parse_qsl(form, keep_blank_values=True, max_num_fields=posts.MOST_FIELDS)
    except ValueError:
        return None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, value)
    if "id" not in fields:
        return None
    load, host = fields.get("k", ""), fields.get("h", "")
    return Told(fields["id"], load if _LOAD.fullmatch(load) else "", host if _HOST.fullmatch(host) else "")
