"""Articles in bulk: copies of one real article, a hundred thousand in seconds, as far as counting and rankings look.

What an article needs to be written, searched and pressed is missing: `grown.py` makes such.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any


def write_one() -> None:
    """The first article of an empty paper, published and in its lists: one that can be copied."""
    from warraq.newsroom import services
    from warraq.press.services import gather

    section = services.open_section(slug="news", title="أخبار", kind="news")
    article = services.write_article(section=section, headline="خبر", body=[("paragraph", "<p>خبر.</p>")])
    services.publish(article=article)
    while gather():
        pass


def without_reads() -> None:
    """Forget every read and every ranking of the paper that Django is set up on."""
    from django.apps import apps

    from warraq.newsroom.models import Ranking

    for model in (*apps.get_app_config("warraq_readership").get_models(), Ranking):
        model._default_manager.all().delete()


def clone(published: Iterable[float]) -> range:
    """Copies of some article of the paper's, one for each time (Unix seconds); their numbers, in the same order."""
    from django.db import connection, transaction
    from wagtail.models import Page

    from warraq.newsroom.models import Article, Placement

    placed = Placement.objects.filter(list="all").order_by("-number")[0]
    article = Article.objects.get(pk=placed.article_id)
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    above, steps = article.path[: -article.steplen], article.steplen
    rows = [
        (
            ident,
            above + article._int2str(ident + 1_000_000).rjust(steps, "0"),
            f"clone-{ident}",
            uuid.uuid4().hex,
            connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(at, UTC)),
        )
        for ident, at in enumerate(published, first)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE clones (id integer, path text, slug text, key text, at text)")
        cursor.executemany("INSERT INTO clones VALUES (%s, %s, %s, %s, %s)", rows)
        for model, pk, values in (
            (Page, article.pk, PAGES),
            (Article, article.pk, ARTICLES),
            (Placement, placed.pk, PLACEMENTS),
        ):
            cursor.execute(_copying(model, pk, values))
        cursor.execute("DROP TABLE clones")
    return range(first, first + len(rows))


PAGES = {
    "id": "clones.id",
    "path": "clones.path",
    "slug": "clones.slug",
    "translation_key": "clones.key",
    "first_published_at": "clones.at",
    "last_published_at": "clones.at",
}
"""Columns in which a copy differs, and whence they come."""
ARTICLES = {"page_ptr_id": "clones.id", "body": "'[]'"}
"""Without its text, which would be most of the database."""
PLACEMENTS = {
    "id": "old.id + clones.id",
    "article_id": "clones.id",
    "number": "old.number + clones.id",
    "at": "clones.at",
}


def _copying(model: type[Any], pk: int, values: Mapping[str, str]) -> str:
    """A statement that inserts a row like that of `pk` for each row of `clones`."""
    kept = [field.column for field in model._meta.local_concrete_fields if field.column not in values]
    table, columns = model._meta.db_table, ", ".join(f'"{name}"' for name in [*values, *kept])
    taken = ", ".join([*values.values(), *(f'old."{name}"' for name in kept)])
    where = f'old."{model._meta.pk.column}" = {pk}'
    return f'INSERT INTO "{table}" ({columns}) SELECT {taken} FROM "{table}" AS old CROSS JOIN clones WHERE {where}'
