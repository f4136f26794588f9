"""A small opened paper, and pictures, for tests that need the newsroom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import cache
from PIL import Image


def image_bytes(colour: str = "teal", size: tuple[int, int] = (800, 500)) -> bytes:
    """A JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def tree(settings, tmp_path: Path) -> Path:
    """An empty pressed folder; media beside it."""
    cache.clear()  # Wagtail keeps renditions there; those of the last test have no files any more
    settings.WARRAQ_PRESSED = tmp_path / "pressed"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.WARRAQ_SPOOL = tmp_path / "spool"
    settings.WARRAQ_INDEX = tmp_path / "index"
    return settings.WARRAQ_PRESSED


@pytest.fixture
def front_page(db, tree):
    """An opened paper, nothing pressed yet."""
    from warraq.newsroom.services import open_paper

    return open_paper(name="الورّاق", language="ar")


@pytest.fixture
def section(front_page):
    from warraq.newsroom.services import open_section

    return open_section(slug="news", title="أخبار")


@pytest.fixture
def make_article(section) -> Callable[..., object]:
    """`make_article(headline=…, section=…, published=True, **fields)`."""
    from warraq.newsroom.services import publish, write_article

    def make(headline: str = "القهوة في المخا", *, published: bool = True, **fields):
        fields.setdefault("section", section)
        fields.setdefault("body", [("paragraph", "<p>كان البن ينزل من الجبال إلى المخا.</p>")])
        article = write_article(headline=headline, **fields)
        return publish(article=article) if published else article

    return make


@pytest.fixture
def no_orphans(tree) -> Iterator[None]:
    """After the test nothing lies in the press's staging folder."""
    yield
    staging = tree / ".staging"
    assert not staging.exists() or not list(staging.iterdir())


@pytest.fixture
def press_all(db) -> Callable[[], object]:
    """Press what is due."""
    from warraq.press.services import press_pending

    return press_pending
