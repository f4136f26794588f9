"""Parts: what rooms above the newsroom put into an article's page, e.g. its comments.

A provider is called while the page is rendered; it records the keys it reads and returns a `Part` or None.
"""

from __future__ import annotations

from collections.abc import Callable

from warraq.newsroom.models import Article
from warraq.newsroom.pieces import Part
from warraq.newsroom.selectors.papers import Clock

Provider = Callable[[Article, Clock], Part | None]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Put `provider`'s part under the text of every article; parts stand in the order of their names."""
    _providers[name] = provider


def parts_of(article: Article, clock: Clock) -> tuple[Part, ...]:
    made = (provider(article, clock) for _name, provider in sorted(_providers.items()))
    return tuple(part for part in made if part is not None)
