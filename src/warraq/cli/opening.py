"""Opening a paper: its configuration alone, or Django on its database."""

from __future__ import annotations

import os
from pathlib import Path

from warraq.config.paper import PaperConfig, folder_of, load
from warraq.config.starting import set_up_django
from warraq.operations import preflight


def configured(given: str | None) -> PaperConfig:
    """The configuration of the paper in folder `given` (see `folder_of`); no Django.

    From here on this process and its children mean that paper by `WARRAQ_PAPER`.
    """
    folder = folder_of(given)
    os.environ["WARRAQ_PAPER"] = str(folder)
    return load(folder)


def opened(given: str | None) -> PaperConfig:
    """The same with Django set up on the paper, so that models may be imported from now on.

    Raises what keeps them from being used: no database, an older or a newer one.
    """
    config = configured(given)
    preflight.require_database(config)
    set_up()
    return config


def set_up() -> None:
    """Set Django up on the paper that `WARRAQ_PAPER` names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "warraq.config.settings"
    set_up_django()


def folder_from(given: str) -> Path:
    """The absolute path of a folder that is to be made."""
    return Path(given).expanduser().absolute()
