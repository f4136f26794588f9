"""The front as a process: what it must know of the paper, told in one variable. No Django."""

from __future__ import annotations

import os

from warraq.config.paper import PaperConfig, load
from warraq.front.serve import serve
from warraq.front.settings import VARIABLE, FrontSettings
from warraq.operations import salts


def run(config: PaperConfig) -> None:
    """Serve readers until SIGTERM or SIGINT."""
    settings = settings_of(config)
    salts.keep_agreed(config)
    os.environ[VARIABLE] = settings.as_json()
    serve(
        settings,
        host=config.front.host,
        port=config.front.port,
        workers=config.front.workers,
        tls=config.certificate_files,
        renewed=lambda: settings_of(load(config.folder)),
    )


def settings_of(config: PaperConfig) -> FrontSettings:
    return FrontSettings(
        pressed=config.pressed,
        spool=config.spool,
        index=config.index,
        language=config.newsroom.language,
        origin=config.front.origin,
        trusted_proxies=config.front.trusted_proxies,
        cache_megabytes=config.front.cache_megabytes,
    )
