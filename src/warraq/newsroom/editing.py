"""What rooms above the newsroom show in an article's editor, e.g. its readers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import Panel

Provider = Callable[[Any, HttpRequest], SafeString]
"""Gets the article, which was published once, and the request of its editor."""
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Show `provider`'s HTML in every article's editor; in the order of their names."""
    _providers[name] = provider


class ProvidedPanel(Panel):
    """All of it, where there is any."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(_providers and self.request and self.instance.pk and self.instance.first_published_at)

        def render_html(self, parent_context: Any = None) -> SafeString:
            found = (provider(self.instance, self.request) for _name, provider in sorted(_providers.items()))
            return mark_safe("".join(found))  # noqa: S308  each is safe
