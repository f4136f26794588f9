"""`warraq`: the table of commands, each loaded when it is called, and what happens to an error."""

from __future__ import annotations

import importlib
import sys

import click

from warraq import __version__
from warraq.cli import words
from warraq.language.messages import gettext as _
from warraq.language.messages import use
from warraq.operations.refusals import explain

USAGE = 2
REFUSED = 1


def commands() -> dict[str, tuple[str, str]]:
    """Name → (module that holds a click command of that name with `_command`, one line of help), as help shows them."""
    return {
        "init": ("papers", _("Make an empty paper in DIR.")),
        "demo": ("demo", _("Make a paper with demonstration content in DIR.")),
        "createadmin": ("papers", _("Make an administrator.")),
        "serve": ("serve", _("Run the paper: front, newsroom and pressroom.")),
        "front": ("serve", _("Run a further front of a paper whose pressroom is elsewhere.")),
        "fronts": ("fronts", _("Say what came from further fronts.")),
        "import": ("importing", _("Take articles in from files and saved pages.")),
        "press": ("pressing", _("Press what is pending, or everything.")),
        "pressed": ("pressing", _("Say where a public path lies on disk, and what it depends on.")),
        "rankings": ("lists", _("Print a ranking as it is pressed.")),
        "search": ("lists", _("Search as the front does.")),
        "backup": ("safety", _("Write the whole paper into one file, while it runs.")),
        "restore": ("safety", _("Make a paper from a backup.")),
        "upgrade": ("safety", _("Bring the paper's database to this version; serve does it by itself.")),
        "doctor": ("safety", _("Check the paper's health.")),
        "manage": ("manage", _("Pass a command on to Django.")),
    }


class Commands(click.Group):
    """A group that knows its commands' names and help without importing any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in commands():
            return None
        module = importlib.import_module(f"warraq.cli.{commands()[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, help_text) for name, (_module, help_text) in commands().items()])


@click.group("warraq", cls=Commands, help=_("Warraq: an online newspaper, Arabic first."))
@click.version_option(__version__, prog_name="warraq", message="%(prog)s %(version)s")
def root() -> None:
    pass


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 refused or failed with a message, 2 wrong usage."""
    use()
    words.speak()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """The exit code of one command; no exception leaves it but SystemExit."""
    try:
        result = root.main(arguments, prog_name="warraq", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return REFUSED
    except click.ClickException as error:
        error.show()
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output went away (`warraq … | head`); say nothing to nobody.
        sys.stderr.close()
        return REFUSED
    except Exception as error:  # the last resort: whatever it is, a person reads a sentence and not a traceback
        click.echo(explain(error), err=True)
        return REFUSED
    return result if isinstance(result, int) else 0
