"""Indexes on tables that are not ours, and what SQLite's planner is told of sizes.

Without them what an editor does, and what the pressroom looks for four times a second, would read every page of the
archive. Wagtail's migrations may make a table anew, without what they know nothing of: `ensure` runs after every
migration, and finds most often that all is there.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from wagtail.models import Page

PARENT: Final = f"substr({{path}}, 1, length({{path}}) - {Page.steplen})"
"""SQL of the path of a page's parent."""
INDEXES: Final = {
    "newsroom_page_depth": "wagtailcore_page (depth, path)",  # the root; the last child
    "newsroom_page_parent": f"wagtailcore_page ({PARENT.format(path='path')}, latest_revision_created_at)",
    "newsroom_page_expiry": "wagtailcore_page (expire_at) WHERE expire_at IS NOT NULL",
}
TAG_NAME: Final = {
    "sqlite": "taggit_tag (name COLLATE NOCASE)",  # LIKE has no use for an index that minds case
    "postgresql": "taggit_tag (upper(name::text))",
}
SIZES: Final = (
    ("wagtailcore_page", "newsroom_page_depth", "2000000 500000 1"),
    ("newsroom_article", None, "2000000"),
    ("newsroom_section", None, "20"),
    ("newsroom_front", None, "1"),
)
"""Rows of `sqlite_stat1` (sqlite.org/fileformat2.html#stat1tab), the same for every paper, so that a plan is the same
whatever the archive's size: four depths, few sections, and more articles than the million rows that SQLite takes a
table for that it knows nothing of. Else it looks for a paper's ten sections among all its pages."""


class ParentPath(Func):
    """The path of a page's parent, in the very words of the index."""

    template = PARENT.format(path="%(expressions)s")
    output_field = CharField()


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing. Safe to call again."""
    with connection.cursor() as cursor:
        for name, columns in {**INDEXES, "newsroom_tag_name": TAG_NAME[connection.vendor]}.items():
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")
        if connection.vendor != "sqlite":
            return  # PostgreSQL counts by itself
        cursor.execute("ANALYZE sqlite_schema")  # makes the table of sizes
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1")
        known = {(table, index) for table, index, _stat in cursor.fetchall()}
        missing = [row for row in SIZES if row[:2] not in known]
        cursor.executemany("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)", missing)
        cursor.execute("ANALYZE sqlite_schema")  # and has this connection read it


def after_migration(sender: Any, using: str, **_kwargs: Any) -> None:
    """Receives Django's `post_migrate`; a database that is only half made, or unmade, has nothing to index yet."""
    tables = (
        {"taggit_tag"}
        | {columns.partition(" ")[0] for columns in INDEXES.values()}
        | {table for table, _index, _stat in SIZES}
    )
    if tables <= set(connections[using].introspection.table_names()):
        ensure(connections[using])
