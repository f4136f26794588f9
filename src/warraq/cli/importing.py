"""`warraq import`: material from files becomes drafts, or articles."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import click

from warraq.cli.opening import opened
from warraq.cli.options import Progress, note, report, with_json, with_paper
from warraq.cli.root import REFUSED
from warraq.language.messages import gettext as _


@click.command("import", help=_("Take articles in from files, saved pages, and folders of them."))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--section", metavar="SLUG", help=_("The section that they go to."))
@click.option("--publish", is_flag=True, help=_("Publish them; otherwise they are drafts."))
@click.option("--dry-run", is_flag=True, help=_("Say what would be done, and change nothing."))
@with_json
@with_paper
def import_command(
    paths: tuple[Path, ...], section: str | None, publish: bool, dry_run: bool, as_json: bool, paper: str | None
) -> int:
    if section is not None and not section.strip():
        raise click.BadParameter(_("name a section's address, or leave the option out."), param_hint="--section")
    opened(paper)
    from warraq.intake.services import take_in  # noqa: PLC0415  models need Django

    with Progress(_("Files")) as progress:
        outcome = take_in(paths=paths, section=section, publish=publish, dry_run=dry_run, tick=progress.tick)
    for one in outcome.skipped:
        note(_("Skipped {file}: {why}").format(file=one["file"], why=one["why"]))
    for one in outcome.left_out:
        note(_("Left out of {file}: {text} ({why})").format(file=one["file"], text=one["text"], why=one["why"]))
    text = _("{made} made, {updated} updated, {skipped} skipped.").format(
        made=len(outcome.made), updated=len(outcome.updated), skipped=len(outcome.skipped)
    )
    lines = [_line(one) for one in (*outcome.made, *outcome.updated)]
    report(dataclasses.asdict(outcome), as_json=as_json, text="\n".join([*lines, text]))
    return REFUSED if outcome.refused else 0


def _line(one: dict[str, Any]) -> str:
    proposed = _("the headline is a proposal: look at it")
    line = f"{one['url']}  {one['state']}  {one['title']}"
    return f"{line}  ({proposed})" if one["headline_proposed"] else line
