"""`warraq backup`, `restore`, `upgrade` and `doctor`."""

from __future__ import annotations

from pathlib import Path

import click

from warraq.cli.opening import configured, folder_from, set_up
from warraq.cli.options import Progress, note, report, with_database, with_json, with_paper
from warraq.language.messages import gettext as _
from warraq.operations import archive, doctor, further, locks, machine, papers, postgresql, preflight, restore, schema
from warraq.operations import backup as backing
from warraq.operations.doctor import Check


@click.command("backup", help=_("Write the whole paper into FILE (.tar, .tar.gz or .tar.xz), while it runs."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_json
@with_paper
def backup_command(file: Path, as_json: bool, paper: str | None) -> None:
    config = configured(paper)
    archive.compression_of(file)
    preflight.check_writable(config.folder)
    preflight.require_database(config)
    with Progress(_("Files")) as progress:
        saved = backing.backup(config, file, tick=progress.tick)
    text = _("{file}: {articles} articles, {size:.1f} MB. It holds the paper's secret: keep it where only you read it.")
    report(
        {"file": str(file), "articles": saved.articles, "bytes": saved.bytes},
        as_json=as_json,
        text=text.format(file=file, articles=saved.articles, size=saved.bytes / 10**6),
    )


@click.command("restore", help=_("Make a paper in DIR, a new or an empty folder, from the backup FILE."))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("folder", metavar="DIR")
@with_database
@with_json
def restore_command(file: Path, folder: str, database: str | None, as_json: bool) -> None:
    target = folder_from(folder)
    papers.refuse_occupied(target)
    with Progress(_("Looking through the backup")) as progress:
        manifest = restore.check(file, target, tick=progress.tick)
    with papers.staged(target) as aside:
        with Progress(_("Unpacking")) as progress:
            restore.unpack(file, aside, tick=progress.tick)
        papers.complete(aside)
        if database is not None:
            papers.name_database(aside, database)
        config = configured(str(aside))
        with postgresql.begun(config.database):
            restore.fill(config)
            set_up()
            from warraq.operations import founding, upgrade  # noqa: PLC0415  models need Django
            from warraq.press import copying  # noqa: PLC0415

            upgrade.upgrade(config)
            copying.forget()
            founding.index_for_staff()
            with Progress(_("Pressing")) as progress:
                founding.press_first(tick=progress.tick)
    report(
        {"paper": str(target), "articles": manifest.articles, "bytes": file.stat().st_size},
        as_json=as_json,
        text=_(
            "{articles} articles of {made_at} are in {folder}, pressed. Run it with: warraq serve --paper {folder}"
        ).format(articles=manifest.articles, made_at=manifest.made_at, folder=target),
    )


@click.command("upgrade", help=_("Bring the database to this version, after a copy of it into backups/."))
@click.option("--quiet", is_flag=True, help=_("Say nothing where there is nothing to do."))
@click.option("--without-copy", is_flag=True, help=_("Make no copy first; you have one."))
@with_paper
def upgrade_command(quiet: bool, without_copy: bool, paper: str | None) -> None:
    config = configured(paper)
    for part in ("newsroom", "pressroom"):
        locks.refuse_held(config.run, part)
    schema.refuse_absent(config)
    set_up()
    from warraq.operations.upgrade import upgrade  # noqa: PLC0415  migrations need Django

    applied = upgrade(config, with_copy=not without_copy)
    if applied:
        text = _("The database was brought to this version: {names}.").format(names=", ".join(applied))
        note(text if without_copy else text + " " + _("Its copy is in backups/."))
    elif not quiet:
        note(_("The database is of this version already."))


@click.command("doctor", help=_("Check the paper's health; exit 1 if anything is wrong."))
@with_json
@with_paper
def doctor_command(as_json: bool, paper: str | None) -> int:
    config = configured(paper)
    if further.is_further(config):
        return _tell(doctor.examine(further.examinations(config)), as_json=as_json)
    checks = doctor.examine(machine.examinations(config))
    checks += doctor.examine([("django", _set_up)])
    if checks[-1].ok and _is_usable(checks):
        from warraq.operations import contents  # noqa: PLC0415  models need Django

        checks += doctor.examine(contents.examinations(config))
    return _tell(checks, as_json=as_json)


def _tell(checks: list[Check], *, as_json: bool) -> int:
    lines = [f"{'ok ' if check.ok else 'BAD'} {check.name}: {check.says}" for check in checks]
    report(doctor.as_json(checks), as_json=as_json, text="\n".join(lines))
    return int(not all(check.ok for check in checks))


def _set_up() -> tuple[bool, str]:
    set_up()
    return True, _("The application loads.")


def _is_usable(checks: list[Check]) -> bool:
    return all(check.ok for check in checks if check.name in {"sqlite", "postgresql", "database", "migrations"})
