"""Tags as they are typed."""

from __future__ import annotations

from taggit.utils import _parse_tags


def tags_from_string(text: str) -> list[str]:
    """taggit's own way, and the Arabic comma parts tags as the Latin one does. Django's settings name this."""
    tags = [part.strip() for tag in _parse_tags(text) for part in tag.split("،")]
    return sorted({tag for tag in tags if tag})
