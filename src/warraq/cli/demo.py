"""`warraq demo`: a paper with demonstration content, and its first user."""

from __future__ import annotations

import dataclasses
import os
import sys
from pathlib import Path

import click

from warraq.cli.opening import configured, folder_from, set_up
from warraq.cli.options import Progress, note, report, with_database, with_json
from warraq.cli.ports import override, with_ports
from warraq.config.paper import FILE, PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations import papers, postgresql, preflight
from warraq.operations.addresses import newsroom_address, readers_address

MARK = "demonstration.txt"
"""A file that says that the paper beside it holds the demonstration."""
TEXT = """\
الورّاق: {articles} articles, {sections} sections, {comments} comments in {paper}
  للقرّاء   Readers:  {readers}
  للتحرير  Newsroom: {newsroom}
  المستخدم User:     {user}
  كلمة المرور Password: {password}   (تظهر مرة واحدة، shown once)"""


@click.command("demo", help=_("Make a paper with demonstration content in DIR; with --serve, run it."))
@click.argument("folder", metavar="DIR")
@click.option("--serve", is_flag=True, help=_("Run it then, as warraq serve does."))
@with_ports
@with_database
@with_json
def demo_command(
    folder: str,
    serve: bool,
    host: str | None,
    port: int | None,
    newsroom_port: int | None,
    database: str | None,
    as_json: bool,
) -> None:
    target = folder_from(folder)
    override(host=host, port=port, newsroom_port=newsroom_port)
    if (target / MARK).exists() and (target / FILE).exists():
        note(
            _(
                "{folder} holds the demonstration already; it was kept, and so were its users. For a new password: "
                "warraq manage --paper {folder} changepassword admin"
            ).format(folder=target)
        )
    else:
        values = _make(target, database=database or "", will_serve=serve)
        report(values, as_json=as_json, text=TEXT.format(**values))
    if serve:
        # A new process: this one holds Django, which the supervisor does without.
        sys.stdout.flush()
        os.environ["WARRAQ_PAPER"] = str(target)
        os.execv(sys.executable, [sys.executable, "-m", "warraq", "serve"])  # noqa: S606


def _make(target: Path, *, database: str, will_serve: bool) -> dict[str, object]:
    with papers.staged(target) as aside:
        papers.lay_out(aside, database=database)
        config = configured(str(aside))
        # Where it is first served is where its feeds and share links lead to.
        papers.write_settings(aside, origin=readers_address(config).rstrip("/"), database=database)
        config = configured(str(aside))
        if will_serve:
            _refuse_ports(config)
        with postgresql.begun(config.database):
            set_up()
            from warraq.operations.demo.build import build  # noqa: PLC0415  models need Django

            with Progress(_("Making the demonstration")) as progress:
                built = build(config, tick=progress.tick)
        (aside / MARK).write_text("This paper was made by `warraq demo`; `warraq demo` again keeps it as it is.\n")
    return {
        **dataclasses.asdict(built.loaded),
        "paper": str(target),
        "readers": readers_address(config),
        "newsroom": newsroom_address(config),
        "user": built.user,
        "password": built.password,
    }


def _refuse_ports(config: PaperConfig) -> None:
    """Before a minute's work, not after it."""
    preflight.check_port(config.front.host, config.front.port, setting="front.port")
    preflight.check_port(config.newsroom.host, config.newsroom.port, setting="newsroom.port")
