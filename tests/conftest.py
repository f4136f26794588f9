"""One paper of its own for each test process, made before Django's settings are read.

It lies in SQLite; with WARRAQ_TEST_DATABASE=postgresql in a server of that process's own. Tests that run whole commands
make papers of their own, which lie in SQLite unless they say otherwise.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path(tempfile.mkdtemp(prefix="warraq-tests-"))
shutil.copytree(HERE / "paper", FOLDER, dirs_exist_ok=True)
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["WARRAQ_PAPER"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "warraq.config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the tests' thread

if os.environ.get("WARRAQ_TEST_DATABASE") == "postgresql":
    from tests import postgresql

    if postgresql.binaries() is None:
        raise SystemExit("WARRAQ_TEST_DATABASE=postgresql: no PostgreSQL server is installed.")
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    os.environ["WARRAQ_DATABASE__URL"] = stack.enter_context(postgresql.running()).make("paper")

import django  # noqa: E402  the settings above come first
import hypothesis  # noqa: E402

django.setup()
hypothesis.settings.register_profile("warraq", deadline=None)  # no test is about time
hypothesis.settings.load_profile("warraq")

pytest_plugins = ["tests.newsroom.fixtures"]
