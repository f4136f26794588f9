"""`warraq init` and `warraq createadmin`: a new paper, and who runs it."""

from __future__ import annotations

import sys

import click

from warraq.cli.opening import configured, folder_from, opened, set_up
from warraq.cli.options import note, report, with_database, with_json, with_paper
from warraq.language.messages import gettext as _
from warraq.operations import papers, postgresql

NAMES = {"ar": "صحيفة جديدة", "en": "A new paper"}
LANGUAGE = click.Choice(sorted(NAMES))


@click.command("init", help=_("Make an empty paper in DIR, a new or an empty folder."))
@click.argument("folder", metavar="DIR")
@click.option("--name", help=_("The paper's name; editors may change it."))
@click.option("--language", type=LANGUAGE, default="ar", show_default=True, help=_("The paper's language."))
@with_database
@with_json
def init_command(folder: str, name: str | None, language: str, database: str | None, as_json: bool) -> None:
    target = folder_from(folder)
    with papers.staged(target) as aside:
        papers.lay_out(aside, language=language, database=database or "")
        config = configured(str(aside))
        with postgresql.begun(config.database):
            set_up()
            from warraq.operations import founding  # noqa: PLC0415  models need Django

            founding.found(config, name=name or NAMES[language], language=language)
            founding.press_first()
    text = _(
        "The paper is in {folder}. Next:\n"
        "  warraq createadmin --user NAME --password-stdin --paper {folder}\n"
        "  warraq serve --paper {folder}"
    ).format(folder=target)
    report({"paper": str(target)}, as_json=as_json, text=text)


@click.command("createadmin", help=_("Make an administrator; the password is one line of standard input."))
@click.option("--user", required=True, metavar="U", help=_("The name to log in with."))
@click.option("--password-stdin", "from_stdin", is_flag=True, help=_("Read the password from standard input."))
@with_paper
def createadmin_command(user: str, from_stdin: bool, paper: str | None) -> None:
    if not from_stdin and not sys.stdin.isatty():
        raise click.UsageError(_("Give the password on standard input, with --password-stdin."))
    opened(paper)
    from warraq.operations.users import create_admin  # noqa: PLC0415  models need Django

    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt(_("Password"), hide_input=True, confirmation_prompt=True)
    create_admin(user=user, password=password)
    note(_("The administrator {user} was made.").format(user=user))
