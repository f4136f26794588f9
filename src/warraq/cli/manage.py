"""`warraq manage …`: Django's own commands on the paper."""

from __future__ import annotations

import click

from warraq.cli.opening import configured, set_up
from warraq.cli.options import with_paper
from warraq.language.messages import gettext as _


@click.command(
    "manage",
    help=_("Pass a command on to Django: warraq manage changepassword NAME"),
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@with_paper
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage_command(arguments: tuple[str, ...], paper: str | None) -> None:
    configured(paper)
    set_up()
    from django.core.management import ManagementUtility  # noqa: PLC0415  its commands are those of the rooms

    ManagementUtility(["warraq manage", *arguments]).execute()
