"""The newsroom as a process: Django and Wagtail under Granian."""

from __future__ import annotations

from granian.constants import Interfaces

from warraq.config.paper import PaperConfig
from warraq.front.serve import StoppableServer

THREADS = 4
"""Requests answered at once. SQLite takes one writer at a time; more threads would only wait for it."""


def run(config: PaperConfig) -> None:
    """Serve staff until SIGTERM or SIGINT. Only the worker loads Django, so that its parent stays small."""
    StoppableServer(
        "warraq.config.wsgi:application",
        address=config.newsroom.host,
        port=config.newsroom.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
