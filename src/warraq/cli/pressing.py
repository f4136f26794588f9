"""`warraq press` and `warraq pressed`."""

from __future__ import annotations

import dataclasses

import click

from warraq.cli.opening import opened
from warraq.cli.options import Progress, note, report, with_json, with_paper
from warraq.language.messages import gettext as _
from warraq.operations import locks


@click.command(
    "press", help=_("Press what is pending; with --all everything; with --verify compare and write nothing.")
)
@click.option("--all", "everything", is_flag=True, help=_("Press every page anew and repair what differs."))
@click.option("--verify", is_flag=True, help=_("Compare the pressed pages with a full press; exit 1 if any differs."))
@with_json
@with_paper
def press_command(everything: bool, verify: bool, as_json: bool, paper: str | None) -> int:
    if everything and verify:
        raise click.UsageError(_("--all and --verify exclude each other."))
    config = opened(paper)
    from warraq.press import services  # noqa: PLC0415  models need Django, which the paper decides

    with locks.held(config.run, "press", wait=True), Progress(_("Pressing")) as progress:
        if verify:
            done = services.verify()
        else:
            done = (services.press_all if everything else services.press_pending)(tick=progress.tick)
    text = _("{rendered} pages rendered, {written} written, in {seconds:.1f} s.").format(
        rendered=done.sheets_rendered, written=done.sheets_written, seconds=done.seconds
    )
    if verify:
        text += "\n" + (_("Differs: ") + "\n".join(done.drift) if done.drift else _("Every page is as it should be."))
    report(dataclasses.asdict(done), as_json=as_json, text=text)
    return int(bool(done.drift))


@click.command(
    "pressed", help=_("Say where the public PATH lies on disk, which keys it read, when and why it was pressed.")
)
@click.argument("path")
@with_json
@with_paper
def pressed_command(path: str, as_json: bool, paper: str | None) -> int:
    opened(paper)
    from warraq.press.selectors import pressed  # noqa: PLC0415  models need Django

    found = pressed(path)
    if found is None:
        note(_("Nothing is pressed at {path}. Public paths look like /culture/12/.").format(path=path))
        return 1
    at = found.pressed_at.isoformat()
    values = {
        "file": str(found.file),
        "keys": list(found.keys),
        "pressed_at": at,
        "cause": found.cause,
    }
    text = "\n".join([str(found.file), f"{at}  {found.cause}", *found.keys])
    report(values, as_json=as_json, text=text)
    return 0
