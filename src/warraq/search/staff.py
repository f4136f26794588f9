"""The staff's search on Wagtail's screens: Wagtail's own index and queries, over the stems of the words.

As it comes, it finds «القهوة» by «القهوة» alone. Here what is indexed and what is asked for go through the paper's one
analysis, in SQLite and in PostgreSQL alike. Its average of all titles' lengths, taken anew at every save, is left out:
publishing must not grow slower with the archive.
"""

from __future__ import annotations

from django.db import connection

# Wagtail's index has other columns in each database, so that only one of the two can be imported.
if connection.vendor == "postgresql":
    from warraq.search.staff_postgresql import SearchBackend
else:
    from warraq.search.staff_sqlite import SearchBackend

__all__ = ["SearchBackend"]
"""Django's settings name this module."""
