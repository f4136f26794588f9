"""The options that say where a paper listens, for this one run."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from warraq.language.messages import gettext as _

Command = TypeVar("Command", bound=Callable[..., Any])
PORT = click.IntRange(1, 65535)


def with_ports(command: Command) -> Command:
    return with_readers_port(click.option("--newsroom-port", type=PORT, help=_("Staff's port."))(command))


def with_readers_port(command: Command) -> Command:
    for option in (
        click.option("--port", type=PORT, help=_("Readers' port.")),
        click.option("--host", metavar="H", help=_("Address that readers' connections come in at.")),
    ):
        command = option(command)
    return command


def override(*, host: str | None, port: int | None, newsroom_port: int | None = None) -> None:
    """An option goes before `warraq.toml` as its environment variable does, so that it reaches our children too."""
    values = {"WARRAQ_FRONT__HOST": host, "WARRAQ_FRONT__PORT": port, "WARRAQ_NEWSROOM__PORT": newsroom_port}
    os.environ.update({name: str(value) for name, value in values.items() if value is not None})
