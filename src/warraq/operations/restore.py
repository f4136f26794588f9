"""A paper made from a backup: checked first, built aside, then given its name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from warraq.config.paper import PaperConfig
from warraq.language.messages import gettext as _
from warraq.operations import archive, children, files, schema, snapshot, transfer
from warraq.operations.archive import Manifest
from warraq.operations.errors import BadBackup

RESERVE_BYTES = 100 * 2**20
"""Left free on the disk, for the pages that are pressed from what is unpacked."""


def check(file: Path, target: Path, *, tick: Callable[[], None] = lambda: None) -> Manifest:
    """Look at everything that can be looked at before anything is written. Raises BadBackup, NewerDatabase."""
    manifest = archive.check(file, tick=tick)
    schema.refuse_newer(schema.compare(manifest.migrations))
    above = next(folder for folder in (target, *target.parents) if folder.exists())
    free = shutil.disk_usage(above).free
    if manifest.bytes + RESERVE_BYTES > free:
        raise BadBackup(
            _("{file} needs {need} MB and {folder} has {free} MB free. Nothing was written. Make room first.").format(
                file=file, need=(manifest.bytes + RESERVE_BYTES) // 10**6, folder=above, free=free // 10**6
            )
        )
    return manifest


def unpack(file: Path, folder: Path, *, tick: Callable[[], None] = lambda: None) -> None:
    """Unpack a checked backup into the new `folder`, synced, and check the database's integrity there."""
    with archive.reading(file) as members:
        for member, stream in members:
            if member.name == archive.MANIFEST:
                continue
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            mode = 0o644 if member.name.startswith("media/") else 0o600
            with files.new_file(target, mode=mode) as out:
                shutil.copyfileobj(stream, out, 2**20)
                out.flush()
                os.fsync(out.fileno())
            tick()
    snapshot.check_integrity(folder / archive.DATABASE)


def fill(config: PaperConfig) -> None:
    """Where the paper is to live in PostgreSQL, bring what was unpacked into that empty database. Raises BadBackup."""
    if config.database.url:
        children.upgrade_sqlite(config)
        children.migrate(config.folder, url=config.database.url)
        transfer.to_postgresql(config.database_file, config.database)
        for file in config.database_file.parent.iterdir():
            file.unlink()
