"""What a front is told when it starts: one JSON object in the variable WARRAQ_FRONT_SETTINGS, nothing else."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

from warraq.front.errors import BadSettings

VARIABLE: Final = "WARRAQ_FRONT_SETTINGS"


@dataclass(frozen=True)
class FrontSettings:
    pressed: Path
    """The pressed folder."""
    spool: Path
    """Reads go to `reads/` in it, comments to `comments/`, the day's salt to `salt/`."""
    index: Path
    """The search index, which the front only reads."""
    language: str = "ar"
    """Of what the front itself says: `ar` or `en`."""
    origin: str = ""
    """Readers' address, `https://paper.example`, where it is not the host that requests name."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks whose X-Forwarded-For is believed."""
    cache_megabytes: int = 16
    """Memory for hot pages, MiB a worker."""
    max_comment_bytes: int = 64 << 10
    """Longest body of a comment's form."""

    def __post_init__(self) -> None:
        """Raises BadSettings where a value makes no sense."""
        if self.language not in {"ar", "en"}:
            raise BadSettings(f"language is ar or en, not {self.language!r}")
        if self.cache_megabytes < 1 or self.max_comment_bytes < 1:
            raise BadSettings("cache_megabytes and max_comment_bytes are at least 1")
        for proxy in self.trusted_proxies:
            try:
                ipaddress.ip_network(proxy)
            except ValueError as error:
                raise BadSettings(f"trusted_proxies: {error}") from None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> FrontSettings:
        """As the supervisor left them. Raises BadSettings."""
        text = (os.environ if environment is None else environment).get(VARIABLE, "")
        try:
            values: dict[str, Any] = json.loads(text)
            for name in ("pressed", "spool", "index"):
                values[name] = Path(values[name])
            values["trusted_proxies"] = tuple(values.get("trusted_proxies", ()))
            unknown = values.keys() - {field.name for field in fields(cls)}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadSettings(f"{VARIABLE} does not hold the front's settings as JSON: {error!r}") from error
        if unknown:
            raise BadSettings(f"{VARIABLE} holds settings that the front has not: {', '.join(sorted(unknown))}")
        return cls(**values)

    def as_json(self) -> str:
        """For the variable of a front that is being started."""
        return json.dumps(asdict(self), default=str)
