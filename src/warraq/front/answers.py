"""An answer as WSGI takes it, and the status lines that the front uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

Environ = dict[str, Any]
Headers = list[tuple[str, str]]


class Answer(NamedTuple):
    status: str
    headers: Headers
    body: bytes = b""


Handler = Callable[[Environ], Answer]

OK: Final = "200 OK"
NO_CONTENT: Final = "204 No Content"
PARTIAL: Final = "206 Partial Content"
MOVED: Final = "301 Moved Permanently"
SEE_OTHER: Final = "303 See Other"
NOT_MODIFIED: Final = "304 Not Modified"
BAD_REQUEST: Final = "400 Bad Request"
FORBIDDEN: Final = "403 Forbidden"
NOT_FOUND: Final = "404 Not Found"
BAD_METHOD: Final = "405 Method Not Allowed"
GONE: Final = "410 Gone"
TOO_LARGE: Final = "413 Content Too Large"
BAD_MEDIA_TYPE: Final = "415 Unsupported Media Type"
NO_SUCH_RANGE: Final = "416 Range Not Satisfiable"
BROKEN: Final = "500 Internal Server Error"
UNAVAILABLE: Final = "503 Service Unavailable"
