"""What the supervisor hands over is read whole or refused whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from warraq.front.errors import BadSettings
from warraq.front.settings import VARIABLE, FrontSettings

PLACES = {"pressed": "/paper/pressed", "spool": "/paper/spool", "index": "/paper/index"}


def test_settings_survive_their_way_through_the_environment() -> None:
    settings = FrontSettings(
        Path("/جريدة/pressed"), Path("/s"), Path("/i"), origin="https://paper.example", trusted_proxies=("10.0.0.0/8",)
    )
    assert FrontSettings.from_environment({VARIABLE: settings.as_json()}) == settings


def test_only_the_folders_must_be_named() -> None:
    settings = FrontSettings.from_environment({VARIABLE: json.dumps(PLACES)})
    assert settings == FrontSettings(Path("/paper/pressed"), Path("/paper/spool"), Path("/paper/index"))


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        "[]",
        "{}",
        json.dumps({**PLACES, "colour": "red"}),
        json.dumps({**PLACES, "language": "fr"}),
        json.dumps({**PLACES, "cache_megabytes": 0}),
        json.dumps({**PLACES, "trusted_proxies": ["proxy.example"]}),
        json.dumps({**PLACES, "pressed": 3}),
    ],
)
def test_settings_that_make_no_sense_are_refused(given: str) -> None:
    with pytest.raises(BadSettings):
        FrontSettings.from_environment({VARIABLE: given})
