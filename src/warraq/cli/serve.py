"""`warraq serve`: all parts under one supervisor, or one part alone. `warraq front`: what a further front needs."""

from __future__ import annotations

import importlib

import click

from warraq.cli.opening import configured, set_up
from warraq.cli.options import note, with_paper
from warraq.cli.ports import override, with_ports, with_readers_port
from warraq.language.messages import gettext as _
from warraq.operations import locks, parent, parts, preflight, supervisor

_CHECKS = {
    "front": preflight.check_front,
    "newsroom": preflight.check_newsroom,
    "pressroom": preflight.check_pressroom,
    "shipper": preflight.check_shipper,
}
_MODULES = {"front": "front_server", "newsroom": "newsroom_server", "pressroom": "pressroom", "shipper": "shipper"}
"""Loaded when that part is run: the front never sees Django, nor the pressroom a server."""


@click.command("serve", help=_("Run the paper and print one line a part when it answers. Ctrl-C stops it."))
@click.option("--only", type=click.Choice((*parts.NAMES, parts.SHIPPER)), help=_("Run this part alone."))
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
    port = getattr(config, only).port if only in parts.QUESTIONS else None
    with locks.held(config.run, only, port=port):
        _CHECKS[only](config)
        if not supervised:
            parts.tell_when_it_answers(config, only, click.echo)
        if only == "pressroom":
            set_up()
        importlib.import_module(f"warraq.operations.{_MODULES[only]}").run(config)


@click.command("front", help=_("Run a further front of a paper whose pressroom is elsewhere. Ctrl-C stops it."))
@with_readers_port
@with_paper
def front_command(host: str | None, port: int | None, paper: str | None) -> None:
    override(host=host, port=port)
    supervisor.supervise_front(configured(paper), say=click.echo, warn=note)
