"""`warraq press` and `warraq pressed`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import click

from warraq.cli.opening import opened
from warraq.cli.options import Progress, note, report, with_json, with_paper
from warraq.cli.root import REFUSED
from warraq.config.paper import PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations import locks


@click.command("press", help=_("Press what is pending; with --all everything; with --verify compare, and mend."))
@click.option("--all", "everything", is_flag=True, help=_("Press every page anew and repair what differs."))
@click.option("--verify", is_flag=True, help=_("Compare the pages with a full press and mend; exit 1 if any differed."))
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help=_("With --verify: N pages, chosen by chance."))
@click.option("--dry-run", is_flag=True, help=_("With --verify: say what differs and write nothing."))
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help=_("How many render; else press.processes."))
@with_json
@with_paper
def press_command(
    everything: bool,
    verify: bool,
    sample: int | None,
    dry_run: bool,
    processes: int | None,
    as_json: bool,
    paper: str | None,
) -> int:
    if everything and verify:
        raise click.UsageError(_("--all and --verify exclude each other."))
    if not verify and (sample or dry_run):
        raise click.UsageError(_("--sample and --dry-run go with --verify."))
    config = opened(paper)
    from warraq.operations.pressing import at_the_press  # noqa: PLC0415  models need Django, which the paper decides
    from warraq.press import services  # noqa: PLC0415
    from warraq.press.pool import Pool  # noqa: PLC0415
    from warraq.press.selectors import waiting  # noqa: PLC0415

    copied: tuple[str, ...] | None = ()
    pool = Pool(processes or config.press.rendering_processes)
    try:
        with at_the_press(config, wait=True), pool, Progress(_("Pressing")) as progress:
            if everything:
                done = services.press_all(tick=progress.tick, expect=progress.expect, pool=pool)
            else:
                done = services.press_pending(tick=progress.tick, pool=pool)
            if verify:
                done = services.verify(sample=sample, mend=not dry_run, tick=progress.tick, pool=pool)
                copied = _compare_copy(config, mend=not dry_run) if sample is None else ()
                done = dataclasses.replace(done, drift=done.drift + (copied or ()))
    except KeyboardInterrupt:
        note(
            _("Stopped. {count} pages wait; the pressroom presses them, or the next warraq press.").format(
                count=waiting()
            )
        )
        return REFUSED
    text = _("{rendered} pages rendered, {written} written, in {seconds:.1f} s.").format(
        rendered=done.sheets_rendered, written=done.sheets_written, seconds=done.seconds
    )
    if verify:
        text += "\n" + _told(done.drift, mended=not dry_run)
    report(dataclasses.asdict(done), as_json=as_json, text=text)
    return int(bool(done.drift) or copied is None)


def _compare_copy(config: PaperConfig, *, mend: bool) -> tuple[str, ...] | None:
    """What differed in the copy in a bucket, where one is kept; None where it could not be compared or mended."""
    from warraq.press import copying, unsent  # noqa: PLC0415  models need Django
    from warraq.press.errors import StoreError  # noqa: PLC0415

    if not unsent.is_kept():
        return ()
    try:
        with locks.held(config.run, "bucket", wait=True):
            return copying.compare(copying.paper_bucket(), mend=mend)
    except StoreError as error:
        note(str(error))
        return None


def _told(drift: Sequence[str], *, mended: bool) -> str:
    if not drift:
        return _("Every page is as it should be.")
    return (_("Differed, and was mended: ") if mended else _("Differs: ")) + "\n".join(drift)


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
        return REFUSED
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
