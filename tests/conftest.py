"""One paper of its own for each test process, made before Django's settings are read."""

from __future__ import annotations

import atexit
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

import django  # noqa: E402  the settings above come first

django.setup()

pytest_plugins = ["tests.newsroom.fixtures"]
