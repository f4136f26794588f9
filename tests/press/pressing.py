"""`python -m tests.press.pressing FOLDER`: make a small paper in FOLDER, press it, print each file's digest as JSON."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

import tests.conftest  # noqa: F401  Django's settings, with a paper of its own


def main(folder: Path) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    from tests.press.fuzz.comparing import tree_of
    from tests.press.rich import make_paper, short_lists
    from warraq.newsroom.models import Retraction

    connection.settings_dict["NAME"] = folder / "paper.sqlite3"
    pressed, now = folder / "pressed", datetime(2026, 5, 1, tzinfo=UTC)
    folder.mkdir()
    with (
        override_settings(WARRAQ_PRESSED=pressed, MEDIA_ROOT=folder / "media", WARRAQ_BROTLI_QUALITY=1),
        short_lists(),
        mock.patch("os.fsync"),
        mock.patch("django.utils.timezone.now", lambda: now),
        mock.patch.object(Retraction._meta.get_field("at"), "default", now),
    ):
        call_command("migrate", verbosity=0)
        make_paper()
        print(json.dumps({name: hashlib.sha256(body).hexdigest() for name, body in tree_of(pressed).items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
