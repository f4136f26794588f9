"""Whatever is amiss in the store or in the ledger is found, named, and mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from tests.newsroom.fixtures import image_bytes
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article
from warraq.press import services as press
from warraq.press.models import KeyRead, SheetRecord

pytestmark = pytest.mark.django_db

Damage = Callable[[Path, Article], object]


def page(tree: Path, article: Article, suffix: str = "") -> Path:
    return tree / "pages" / "news" / str(article.pk) / f"index.html{suffix}"


def stale_stamp(tree: Path, article: Article) -> None:
    file = page(tree, article, ".br")
    file.write_bytes(file.read_bytes())


def forget(tree: Path, article: Article) -> None:
    SheetRecord.objects.filter(kind="article", ident=str(article.pk)).delete()


DAMAGES: dict[str, tuple[Damage, str]] = {
    "another page": (lambda tree, article: page(tree, article).write_text("عبث"), "pages/news/{pk}/"),
    "no page": (lambda tree, article: page(tree, article).unlink(), "pages/news/{pk}/"),
    "no folder": (lambda tree, article: shutil.rmtree(page(tree, article).parent), "pages/news/{pk}/"),
    "no brotli": (lambda tree, article: page(tree, article, ".br").unlink(), "pages/news/{pk}/"),
    "damaged brotli": (lambda tree, article: page(tree, article, ".br").write_bytes(b"\x00"), "pages/news/{pk}/"),
    "brotli of another page": (
        lambda tree, article: page(tree, article, ".br").write_bytes(brotli.compress(b"a" * 999)),
        "pages/news/{pk}/",
    ),
    "cut gzip": (lambda tree, article: page(tree, article, ".gz").write_bytes(b"\x1f\x8b\x08"), "pages/news/{pk}/"),
    "brotli of another stamp": (stale_stamp, "pages/news/{pk}/"),
    "a foreign file": (lambda tree, article: (tree / "pages" / "x.html").write_text("غريب"), "pages/x.html"),
    "a foreign encoding": (lambda tree, article: (tree / "pages" / "y.html.br").write_text("غ"), "pages/y.html"),
    "a foreign mark": (lambda tree, article: (tree / "gone" / "z.html").write_text(""), "gone/z.html"),
    "not in the ledger": (forget, "ledger: article {pk}"),
    "another digest in the ledger": (
        lambda tree, article: SheetRecord.objects.filter(kind="article").update(digest="0" * 64),
        "ledger: article {pk}",
    ),
    "a key not recorded": (
        lambda tree, article: KeyRead.objects.filter(key=f"article:{article.pk}", sheet__kind="article").delete(),
        "ledger: article {pk}",
    ),
    "no such sheet": (
        lambda tree, article: SheetRecord.objects.create(
            kind="article", ident="999", path="/news/999/", digest="0" * 64, pressed_at="2026-01-01T00:00Z"
        ),
        "ledger: article 999",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_amiss_is_named_and_mended(make_article, tree, name):
    photo = newsroom.add_photo(title="صورة", data=image_bytes(), name="a.jpg")
    article = make_article("خبر", photo=photo)
    press.press_pending()
    assert press.verify().drift == ()
    damage, named = DAMAGES[name]
    damage(tree, article)
    assert named.format(pk=article.pk) in press.verify().drift
    assert named.format(pk=article.pk) in press.verify(mend=True).drift
    assert press.verify().drift == ()


def test_a_picture_that_is_gone_is_made_again(make_article, tree):
    photo = newsroom.add_photo(title="صورة", data=image_bytes(), name="a.jpg")
    make_article("خبر", photo=photo)
    press.press_pending()
    for file in (tree / "pages" / "_" / "media").iterdir():
        file.unlink()
    assert press.verify(mend=True).drift
    assert press.verify().drift == ()
    for file in (tree / "pages" / "_" / "media").iterdir():
        file.unlink()
    press.press_all()
    assert press.verify().drift == ()


def test_a_sample_renders_few_and_compares_every_name(make_article, tree):
    for number in range(10):
        make_article(f"خبر {number}")
    press.press_pending()
    report = press.verify(sample=2)
    assert report.drift == ()
    assert report.sheets_rendered < 10
    (tree / "pages" / "x.html").write_text("غريب")
    assert press.verify(sample=2, mend=True).drift == ("pages/x.html",)
    assert not (tree / "pages" / "x.html").exists()
