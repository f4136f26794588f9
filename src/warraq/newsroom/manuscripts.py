"""Manuscripts: many articles written at once, for imports.

The rows are those that `write_article` and `publish` make one by one, made with a fixed number of statements a chunk:
pages in the tree, drafts, names, tags, what Wagtail keeps of references and for its search, its log, and the Changes
for the press. Wagtail's signals are not sent; `articles_written` is.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.dispatch import Signal
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from warraq.newsroom.models import Article, ArticleTag, Attribution, Author, Photo, Section, Signature, Source
from warraq.press.services import announce
from warraq.press.sheets import Lane

CHUNK = 100
"""Articles of one transaction: a fifth of a second, which is what an editor who saves meanwhile waits."""

articles_written = Signal()
"""Sent in the transaction of each chunk with `idents`: the ids of the articles, which have sent no signal of theirs."""


@dataclass(frozen=True)
class Manuscript:
    """An article as plain facts, its section, authors, sources and photo in the database already.

    `body` is `(block name, value)` pairs as StreamField takes them. `published` is aware; a manuscript without it is a
    draft, and so is one with `is_draft`, which keeps the time for when it will be published. `key` names it for ever:
    one that was written already is not written again.
    """

    section: Section
    headline: str
    kicker: str = ""
    standfirst: str = ""
    body: Sequence[tuple[str, Any]] = ()
    authors: Sequence[Author] = ()
    sources: Sequence[Source] = ()
    tags: Sequence[str] = ()
    photo: Photo | None = None
    photo_caption: str = ""
    published: datetime | None = None
    is_draft: bool = False
    owner: User | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def is_live(self) -> bool:
        return self.published is not None and not self.is_draft


@dataclass
class _Sheaf:
    """The articles of a chunk on their way: each with its manuscript, and when all of them are written."""

    pairs: list[tuple[Manuscript, Article]]
    now: datetime

    @property
    def articles(self) -> list[Article]:
        return [article for _manuscript, article in self.pairs]

    @property
    def live(self) -> list[tuple[Manuscript, Article]]:
        return [pair for pair in self.pairs if pair[0].is_live]


def write_chunk(manuscripts: Sequence[Manuscript]) -> list[int]:
    """Write one chunk in one transaction; the articles' ids, in this order. Raises ValidationError; then none is."""
    articles = {manuscript.key: _article(manuscript) for manuscript in manuscripts}
    with transaction.atomic():
        known = dict(Page.objects.filter(translation_key__in=list(articles)).values_list("translation_key", "pk"))
        fresh = {one.key: (one, articles[one.key]) for one in manuscripts if one.key not in known}
        sheaf = _Sheaf(list(fresh.values()), timezone.now())
        if sheaf.pairs:
            _plant(sheaf)
            _insert_pages(sheaf)
            _draft(sheaf)
            _relate(sheaf)
            _make_findable(sheaf)
            _log(sheaf)
            idents = [article.pk for article in sheaf.articles]
            articles_written.send(Article, idents=idents)
            announce(*(f"article:{ident}" for ident in idents), cause="import", lane=Lane.TAIL)
    return [known.get(key) or articles[key].pk for key in (one.key for one in manuscripts)]


def _article(manuscript: Manuscript) -> Article:
    """The article in memory, a draft. Raises ValidationError for what `write_article` refuses."""
    article = Article(
        title=manuscript.headline,
        draft_title=manuscript.headline,
        slug=f"a-{manuscript.key.hex}",
        translation_key=manuscript.key,
        content_type=ContentType.objects.get_for_model(Article),
        locale_id=manuscript.section.locale_id,
        kicker=manuscript.kicker,
        standfirst=manuscript.standfirst,
        photo=manuscript.photo,
        photo_caption=manuscript.photo_caption,
        owner=manuscript.owner,
        live=False,
        depth=manuscript.section.depth + 1,
        numchild=0,
    )
    article.body = list(manuscript.body)
    # Rows that are named are kept by the database's foreign keys, the place in the tree by `_plant`.
    relations = {row.name for row in Article._meta.concrete_fields if row.is_relation}
    article.clean_fields(exclude=relations | {"path", "url_path"})
    return article


def _plant(sheaf: _Sheaf) -> None:
    """Give each article its place under its section, as treebeard counts them: the last child's step and one."""
    sections = Section.objects.in_bulk({manuscript.section.pk for manuscript, _article in sheaf.pairs})
    for pk, section in sections.items():
        children = [article for manuscript, article in sheaf.pairs if manuscript.section.pk == pk]
        last = section.get_last_child()
        for article in children:
            article.depth = section.depth + 1
            article.path = last._inc_path() if last else Page._get_path(section.path, article.depth, 1)
            article.set_url_path(section)
            last = article
        Page.objects.filter(pk=pk).update(numchild=models.F("numchild") + len(children))


def _insert_pages(sheaf: _Sheaf) -> None:
    """The rows of the pages, and of the articles, which point at them. Django's own bulk_create takes no model with a
    parent table."""
    for manuscript, article in sheaf.pairs:
        article.latest_revision_created_at = sheaf.now
        article.has_unpublished_changes = not manuscript.is_live
        if manuscript.is_live:
            article.live = True
            article.first_published_at = article.last_published_at = manuscript.published
    _add(Page, [_own(Page, article) for article in sheaf.articles])
    keys = [manuscript.key for manuscript, _article in sheaf.pairs]
    given = dict(Page.objects.filter(translation_key__in=keys).values_list("translation_key", "pk"))
    for manuscript, article in sheaf.pairs:
        article.pk = article.id = article.page_ptr_id = given[manuscript.key]
        article._state.adding = False
    _add(Article, [_own(Article, article) for article in sheaf.articles])
    for article in sheaf.articles:  # a draft once more: its revision is of before it was published
        article.live, article.first_published_at, article.last_published_at = False, None, None
        article.latest_revision_created_at, article.has_unpublished_changes = None, False


def _own(model: type[Page], article: Article) -> dict[str, Any]:
    """What one of the article's two tables holds of it; the number is given by the database."""
    fields = [field for field in model._meta.local_concrete_fields if field.name != "id"]
    return {field.name: field.pre_save(article, True) for field in fields}


def _draft(sheaf: _Sheaf) -> None:
    """Each article's first revision, with its names and tags in it, and the page's own word of it."""
    tags = _tags(name for manuscript, _article in sheaf.pairs for name in manuscript.tags)
    whole, base = ContentType.objects.get_for_model(Article), ContentType.objects.get_for_model(Page)
    revisions = []
    for manuscript, article in sheaf.pairs:
        article.signatures = [Signature(author=one, sort_order=place) for place, one in enumerate(manuscript.authors)]
        article.drawn_on = [Attribution(source=one, sort_order=place) for place, one in enumerate(manuscript.sources)]
        article.tagged_items = [ArticleTag(tag=tag) for tag in dict.fromkeys(tags[name] for name in manuscript.tags)]
        article.corrections = article.wagtail_admin_comments = []  # none yet: nothing to look for
        article.first_published_at = manuscript.published if manuscript.is_draft else None
        facts = {"content_type": whole.pk, "base_content_type": base.pk, "object_id": str(article.pk)}
        facts |= {"created_at": sheaf.now, "user": manuscript.owner and manuscript.owner.pk}
        facts |= {"object_str": str(article), "content": article.serializable_data()}
        revisions.append(facts)
    _add(Revision, revisions)
    own = Revision.objects.filter(base_content_type=base, object_id=Cast(models.OuterRef("pk"), models.CharField()))
    fresh = Page.objects.filter(pk__in=[article.pk for article in sheaf.articles])
    fresh.update(latest_revision_id=models.Subquery(own.values("pk")[:1]))
    fresh.filter(live=True).update(live_revision_id=models.F("latest_revision_id"))
    latest = dict(fresh.values_list("pk", "latest_revision_id"))
    for article in sheaf.articles:
        article.latest_revision_id = latest[article.pk]


def _tags(names: Iterable[str]) -> dict[str, Tag]:
    """Name as it is written → its tag, upper and lower case alike where none is written just so."""
    wanted = list(dict.fromkeys(names))
    found: dict[str, Tag] = Tag.objects.in_bulk(wanted, field_name="name")
    for name in wanted:
        if name not in found:
            known = Tag.objects.filter(name__iexact=name).order_by("pk").first()
            found[name] = known or Tag.objects.create(name=name)
    return found


def _relate(sheaf: _Sheaf) -> None:
    """The names and tags of what is published; a draft's stand in its revision alone."""
    for relation, model in (("signatures", Signature), ("drawn_on", Attribution), ("tagged_items", ArticleTag)):
        rows = [row for _manuscript, article in sheaf.live for row in getattr(article, relation).all()]
        model._default_manager.bulk_create(rows)
    for manuscript, article in sheaf.pairs:
        if not manuscript.is_live:
            article.signatures = article.drawn_on = article.tagged_items = []
    _add(ReferenceIndex, [row for article in sheaf.articles for row in _references(article)])


def _references(article: Article) -> Iterator[dict[str, Any]]:
    """What Wagtail's own `create_or_update_for_object` makes of an article that has none yet."""
    whole, base = ContentType.objects.get_for_model(Article), ContentType.objects.get_for_model(Page)
    for to_kind, to_ident, model_path, content_path in set(ReferenceIndex._extract_references_from_object(article)):
        yield {
            "content_type": whole.pk,
            "base_content_type": base.pk,
            "object_id": article.pk,
            "to_content_type": to_kind,
            "to_object_id": to_ident,
            "model_path": model_path,
            "content_path": content_path,
            "content_path_hash": ReferenceIndex._get_content_path_hash(content_path),
        }


def _add(model: type[models.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, each field name → value, that of a relation a key. Django's bulk_create takes twice as long."""
    if not rows:
        return
    fields: list[Any] = [model._meta.get_field(name) for name in rows[0]]
    columns = [
        [row[field.name] if field.is_relation else field.get_db_prep_save(row[field.name], connection) for row in rows]
        for field in fields
    ]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table, places = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(zip(*columns, strict=True)))  # noqa: S608  names of ours


def _make_findable(sheaf: _Sheaf) -> None:
    """The newsroom's own search."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Article, sheaf.articles)


def _log(sheaf: _Sheaf) -> None:
    """What Wagtail's history says of each: created, and published where it was."""
    kind = ContentType.objects.get_for_model(Article)
    entries = []
    for manuscript, article in sheaf.pairs:
        facts = {"page": article.pk, "content_type": kind.pk, "label": str(article), "timestamp": sheaf.now}
        facts |= {"user": manuscript.owner and manuscript.owner.pk, "data": {}, "content_changed": True}
        facts |= {"deleted": False, "uuid": None}
        entries.append(facts | {"action": "wagtail.create", "revision": None})
        if manuscript.is_live:
            entries.append(facts | {"action": "wagtail.publish", "revision": article.latest_revision_id})
    _add(PageLogEntry, entries)
