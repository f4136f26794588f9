"""`warraq serve`: all parts under one supervisor, or one part alone."""

from __future__ import annotations

import importlib

import click

from warraq.cli.opening import configured, set_up
from warraq.cli.options import note, with_paper
from warraq.cli.ports import override, with_ports
from warraq.language.messages import gettext as _
from warraq.operations import locks, parent, parts, preflight, supervisor

_CHECKS = {
    "front": preflight.check_front,
    "newsroom": preflight.check_newsroom,
    "pressroom": preflight.require_database,
}
_MODULES = {"front": "front_server", "newsroom": "newsroom_server", "pressroom": "pressroom"}
"""Loaded when that part is run: the front never sees Django, nor the pressroom a server."""


@click.command("serve", help=_("Run the paper and print one line a part when it answers. Ctrl-C stops it."))
@click.option("--only", type=click.Choice(parts.NAMES), help=_("Run this part alone."))
@click.option("--supervised", is_flag=True, hidden=True)
@with_ports
@with_paper
def serve_command(
    only: str | None,
    host: str | None,
    port: int | None,
    newsroom_port: int | None,
    supervised: bool,
    paper: str | None,
) -> None:
    override(host=host, port=port, newsroom_port=newsroom_port)
    config = configured(paper)
    if only is None:
        supervisor.supervise(config, say=click.echo, warn=note)
        return
    if supervised:
        parent.stop_with_it()
    preflight.check_writable(config.folder)
    port = None if only == "pressroom" else getattr(config, only).port
    with locks.held(config.run, only, port=port):
        _CHECKS[only](config)
        if not supervised:
            parts.tell_when_it_answers(config, only, click.echo)
        if only == "pressroom":
            set_up()
        importlib.import_module(f"warraq.operations.{_MODULES[only]}").run(config)
