"""`warraq fronts`: what the pressroom has from further fronts."""

from __future__ import annotations

import click

from warraq.cli.opening import opened
from warraq.cli.options import note, report, with_json, with_paper
from warraq.language.messages import gettext as _


@click.command("fronts", help=_("Say what came from further fronts."))
@click.option(
    "--skip", metavar="FRONT", help=_("Give up this front's missing parcels, so that later ones are taken in.")
)
@with_json
@with_paper
def fronts_command(skip: str | None, as_json: bool, paper: str | None) -> int:
    opened(paper)
    from warraq.operations import fronts  # noqa: PLC0415  models need Django

    if skip is not None:
        given_up = fronts.skip_missing(skip)
        for kind, number in given_up.items():
            note(_("{kind} of {front} go on with parcel {number}.").format(kind=kind, front=skip, number=number))
        if not given_up:
            note(_("Nothing of {front} is missing, so nothing was changed.").format(front=skip))
            return 1
    known = fronts.known()
    line = _("{kind} of {front}: {taken} parcels taken in, complete to {complete:%Y-%m-%d %H:%M:%S} UTC")
    lines = [
        line.format(kind=one.kind, front=one.front, taken=one.taken, complete=one.complete)
        + ("" if one.missing is None else "; " + _("parcel {number} is missing").format(number=one.missing))
        for one in known
    ]
    values = [
        {
            "kind": one.kind,
            "front": one.front,
            "taken": one.taken,
            "missing": one.missing,
            "complete": one.complete.isoformat(),
        }
        for one in known
    ]
    report({"fronts": values}, as_json=as_json, text="\n".join(lines) or _("Nothing came from a further front yet."))
    return 0
