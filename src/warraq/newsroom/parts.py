"""Parts: what rooms above the newsroom put into an article's page, e.g. its comments.

A provider is called while the page is rendered; it records the keys it reads and returns a `Part` or None. What it
reads ahead, for several articles together, it takes from `press.ahead`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from warraq.newsroom.models import Article
from warraq.newsroom.pieces import Part
from warraq.newsroom.selectors.papers import Clock

Provider = Callable[[Article, Clock], Part | None]
Ahead = Callable[[Sequence[int]], object]
_providers: dict[str, Provider] = {}
_ahead: dict[str, Ahead] = {}


def register(name: str, provider: Provider, *, ahead: Ahead = lambda _idents: None) -> None:
    """Put `provider`'s part under the text of every article; parts stand in the order of their names. `ahead` reads
    together what the provider will look at for each of these articles."""
    _providers[name], _ahead[name] = provider, ahead


def read_ahead(idents: Sequence[int]) -> None:
    """Read together what the parts of these articles will look at."""
    for ahead in _ahead.values():
        ahead(idents)


def parts_of(article: Article, clock: Clock) -> tuple[Part, ...]:
    made = (provider(article, clock) for _name, provider in sorted(_providers.items()))
    return tuple(part for part in made if part is not None)
