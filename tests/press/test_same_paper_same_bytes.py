"""A press has no clock, no chance and no order but the one that is asked for: the same paper gives the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from unittest import mock

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.press.fuzz.comparing import differences, empty_folder_press
from tests.press.fuzz.ties import other_order
from tests.press.rich import make_paper, short_lists
from warraq.newsroom.models import Article, Placement


@pytest.fixture
def rich(tree, settings):
    settings.WARRAQ_ORIGIN = "https://paper.example"  # headlines are drawn for who shares them
    with short_lists():
        yield make_paper()


@pytest.mark.django_db
def test_rows_in_another_order_and_another_day_give_the_same_files(rich, tmp_path):
    Placement.objects.update(at=Article.objects.get(pk=rich.articles["غني"].pk).first_published_at)  # all at once
    first = empty_folder_press(tmp_path / "first")
    cache.clear()
    later = timezone.now() + timedelta(days=400)
    with other_order(), mock.patch("django.utils.timezone.now", lambda: later):
        second = empty_folder_press(tmp_path / "second")
    assert len(first) > 200
    assert differences(first, second) == []


@pytest.mark.django_db
def test_the_other_order_is_another_order(rich):
    """Else the test above says nothing."""
    with other_order():
        assert list(Placement.objects.filter(list="all").values_list("pk", flat=True)) == list(
            Placement.objects.filter(list="all").order_by("-pk").values_list("pk", flat=True)
        )


def test_processes_with_other_hashes_give_the_same_files(tmp_path):
    """Each makes the paper anew, at the same time by its own clock, and presses it."""
    made = []
    here = {name: value for name, value in os.environ.items() if name != "WARRAQ_TEST_DATABASE"}  # theirs is a file
    for seed in ("1", "7"):
        command = [sys.executable, "-m", "tests.press.pressing", str(tmp_path / seed)]
        env = here | {"PYTHONHASHSEED": seed}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        made.append(json.loads(done.stdout.splitlines()[-1]))
    assert len(made[0]) > 200
    assert made[0] == made[1]
