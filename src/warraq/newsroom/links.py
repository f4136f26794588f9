"""Links to the paper's own pages inside a text: by number in the database, by public path on the page."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from warraq.newsroom.models import Article, Front, Section
from warraq.newsroom.placing import is_public
from warraq.newsroom.selectors.cards import above, sections_of
from warraq.newsroom.selectors.lists import section_list
from warraq.press.recording import reads


class PublicLinkHandler(PageLinkHandler):
    """Takes the place of Wagtail's: what it looks at is recorded, and what is not public is no link."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        """As every other handler does it: Wagtail's own reads the front's row as well, which no page shows."""
        found: list[Page | None] = super(PageLinkHandler, cls).get_many(attrs_list)
        return found

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [_opening(page) for page in cls.get_many(attrs_list)]


def _opening(page: Page | None) -> str:
    path = _public_path(page) if page is not None else ""
    return f'<a href="{escape(path)}">' if path else "<a>"


def _public_path(page: Page) -> str:
    if page.specific_class is Front:
        return "/"  # always there
    page = page.specific
    if isinstance(page, Article):
        reads(f"article:{page.pk}")
        above(page, sections_of([page]))  # records the sections that its address and its being public hang on
        return page.public_path if is_public(page) else ""
    if isinstance(page, Section):
        listed = section_list(str(page.pk))
        return listed.url if listed else ""
    return ""
