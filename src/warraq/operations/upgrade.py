"""Bringing a paper's database to this version. Needs Django."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from warraq.config.paper import PaperConfig
from warraq.operations import postgresql, schema, snapshot


def upgrade(config: PaperConfig, *, with_copy: bool = True) -> tuple[str, ...]:
    """Apply the migrations that the database misses, after a copy of it into `backups/`; their names.

    Nothing happens where it is of this version already. Raises NewerDatabase, OlderDatabase where there is none, NoCopy
    where PostgreSQL's own pg_dump is wanted and does not work. Killed in between it carries on at the next call: each
    migration is one transaction.
    """
    schema.refuse_absent(config)
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    rooms = {app for app, _name in known}
    unknown = sorted(
        f"{app}.{name}" for app, name in executor.loader.applied_migrations if app in rooms and (app, name) not in known
    )
    schema.refuse_newer(schema.Schema(tuple(unknown), ()))
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        if with_copy:
            _keep_copy(config)
        call_command("migrate", interactive=False, verbosity=0)
    schema.note_current(config)
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan)


def _keep_copy(config: PaperConfig) -> None:
    folder = config.folder / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    if config.database.url:
        postgresql.dump(config.database, folder / f"before-upgrade-{stamp}.dump")
        return
    snapshot.copy_database(
        config.database_file, folder / f"before-upgrade-{stamp}.sqlite3", which=config.database.sqlite
    )
