"""The front as a process: Granian, and in its workers `warraq.front.app:application`."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.server import Server

from warraq.front.settings import VARIABLE, FrontSettings

THREADS: Final = 13
"""Requests worked on at once in a worker: one more than posts and searches may keep busy (`door.POSTS_AT_ONCE`,
`search.AT_ONCE`, `search.WAITING`), which is enough for readers as long as these last. More threads only get into each
other's way: four answer most pages a second, ten about 10 % fewer, 32 half."""
CONNECTIONS: Final = 8192
"""Open at once in a worker, idle ones included; further ones wait. Fewer where the system lets us open fewer files."""
HEAD_SECONDS: Final = 15
"""For a request's headers to arrive, and how long a connection may lie idle."""
HEAD_BYTES: Final = 32 << 10
"""Longest request line and headers."""
ARENAS: Final = "2"
"""Of glibc's memory, for a worker: with one for each thread, what cold pages leave behind lies scattered in all."""
STREAMS: Final = 64
"""Requests under way at once on one connection of HTTP/2."""


class StoppableServer(Server):  # type: ignore[misc, valid-type]  # chosen by Granian when it is imported
    """Granian's server, which wakes itself up by a lock that it may hold when the signal comes: told to stop in the
    moment in which a worker ended, it waited for itself for ever."""

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        threading.Thread(target=super().signal_handler_interrupt, name="stop", daemon=True).start()


def serve(
    settings: FrontSettings,
    *,
    host: str,
    port: int,
    workers: int = 1,
    tls: tuple[Path, Path] | None = None,
    renewed: Callable[[], FrontSettings] | None = None,
) -> None:
    """Answer readers until SIGTERM or SIGINT, over TLS and HTTP/2 as well where `tls` names certificate and key.

    At SIGHUP new workers take over from the old ones, with the settings that `renewed` finds by then and the
    certificate that lies there.
    """
    os.environ[VARIABLE] = settings.as_json()
    os.environ.setdefault("MALLOC_ARENA_MAX", ARENAS)
    certificate, key = tls or (None, None)
    server = StoppableServer(
        "warraq.front.app:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=_most_connections(),
        http=HTTPModes.auto if tls else HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=HEAD_BYTES),
        http2_settings=HTTP2Settings(
            max_headers_size=HEAD_BYTES,
            max_concurrent_streams=STREAMS,
            keep_alive_interval=HEAD_SECONDS * 1000,
            keep_alive_timeout=HEAD_SECONDS,
        ),
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,  # phones of ten years ago
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )

    @server.on_reload
    def renew() -> None:
        if renewed is not None:
            os.environ[VARIABLE] = renewed().as_json()

    server.serve()


def _most_connections() -> int:
    """Raises the limit of open files to what is allowed, and leaves some of them for pages and spools."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + 512
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(128, min(CONNECTIONS, allowed - 512))
