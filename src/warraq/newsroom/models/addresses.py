"""How pages know where readers find them: on the readers' side, never here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Site


class PublicAddress:
    """For pages that readers find somewhere; Wagtail's "view live" leads to the readers' address."""

    private_page_options: list[str] = []
    """None: pressed files are for everybody, and a lock that holds nothing would only lull an editor."""

    def get_public_path(self) -> str:
        """The page's path on the readers' side, e.g. `/news/12/`."""
        raise NotImplementedError

    @property
    def public_path(self) -> str:
        return self.get_public_path()

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        site = Site.objects.filter(is_default_site=True).first()
        return (site.pk if site else 0, settings.WARRAQ_READERS, self.public_path)

    def get_full_url(self, request: Any = None) -> str:
        return f"{settings.WARRAQ_READERS}{self.public_path}"

    full_url = property(get_full_url)

    def get_url(self, request: Any = None, current_site: Any = None) -> str:
        return self.get_full_url(request)

    url = property(get_url)

    def get_sitemap_urls(self, request: Any = None) -> list[Any]:
        return []  # the press makes the paper's own
