"""Addresses that a person on this machine opens."""

from __future__ import annotations

import contextlib
import ipaddress

from warraq.config.paper import PaperConfig

_ALL = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  what an operator wrote, not what we bind


def reachable(host: str) -> str:
    """The host to connect to for a listener on `host`."""
    return _ALL.get(host, host)


def is_local(host: str) -> bool:
    """Whether a listener on `host` is reached from this machine alone."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def readers_address(config: PaperConfig) -> str:
    return _url(config.front.host, config.front.port, "/", scheme="https" if config.certificate_files else "http")


def newsroom_address(config: PaperConfig) -> str:
    return _url(config.newsroom.host, config.newsroom.port, "/admin/")


def _url(host: str, port: int, path: str, *, scheme: str = "http") -> str:
    name = reachable(host)
    return f"{scheme}://[{name}]:{port}{path}" if ":" in name else f"{scheme}://{name}:{port}{path}"
