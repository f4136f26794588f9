"""`POST /_/read`: an article was read. Answered once the read is with the system; it is on disk within 200 ms."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import parse_qsl

from warraq.front import answers, posts
from warraq.front.answers import Answer, Environ
from warraq.front.door import Door
from warraq.front.errors import Refusal
from warraq.front.headers import Dress
from warraq.language.messages import gettext as _
from warraq.spool import SpoolError, SpoolWriter

MOST_BYTES: Final = 1024
"""Of a body. An id in the query needs none, and so cannot be held up by a slow sender."""
_as_json = json.JSONEncoder(separators=(",", ":")).encode


class Reads:
    def __init__(self, spool: SpoolWriter, door: Door, dress: Dress) -> None:
        self._spool = spool
        self._door = door
        self._dress = dress
        self._thanks = Answer(answers.NO_CONTENT, dress.empty())

    def take(self, environ: Environ) -> Answer:
        """Keep {"a": article} with the marks of `Door.marks`."""
        try:
            address = self._door.admit(environ)
            article = self._article(environ, address)
            record = {"a": article, **self._door.marks(environ, address, article)}
            self._spool.append(_as_json(record).encode(), durable=False)
        except Refusal as refusal:
            return self._plainly(refusal.status, refusal.says)
        except (SpoolError, OSError):
            return self._plainly(
                answers.UNAVAILABLE, _("The read was not counted: the paper's disk does not take it now.")
            )
        return self._thanks

    def _article(self, environ: Environ, address: posts.Address | None) -> int:
        found = _first_id(environ.get("QUERY_STRING", ""))
        if found is None:
            with self._door.gate.enter(address):
                found = _first_id(posts.body(environ, most_bytes=MOST_BYTES).decode("latin-1"))
        article = posts.number(found or "")
        if article is None:
            raise Refusal(answers.BAD_REQUEST, _("id is the number of an article; the read was not counted."))
        return article

    def _plainly(self, status: str, says: str) -> Answer:
        body = says.encode()
        return Answer(status, self._dress.made(body, kind="text/plain"), body)


def _first_id(form: str) -> str | None:
    if form.startswith("id=") and form[3:].isdecimal():
        return form[3:]  # all that the page's script sends
    try:
        pairs = parse_qsl(form, keep_blank_values=True, max_num_fields=posts.MOST_FIELDS)
    except ValueError:
        return None
    return next((value for name, value in pairs if name == "id"), None)
