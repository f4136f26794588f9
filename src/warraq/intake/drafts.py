"""Material as an article's draft: the fields, the blocks, and the date that it first appeared."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any

from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Revision

from warraq.intake.material import Material, Piece
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Attribution, Author, Section, Signature


def make(material: Material, section: Section) -> Article:
    article = newsroom.write_article(
        section=section,
        headline=material.headline[:255],
        kicker=material.kicker[:80],
        standfirst=material.standfirst[:600],
        body=body_of(material),
        authors=_authors(material),
        sources=[newsroom.add_source(name=name[:160]) for name in material.sources],
        tags=material.tags,
    )
    if material.published:
        _keep_date(article, material.published)
    return article


def _keep_date(article: Article, published: datetime) -> None:
    """In the draft: Wagtail takes it from there whenever the draft is published, by whomever. The row of the article
    says nothing yet; where an editor saves the draft, Wagtail writes its fields there too, this one among them."""
    draft = Revision.objects.get(pk=article.latest_revision_id)
    content = {**draft.content, "first_published_at": published.isoformat()}
    Revision.objects.filter(pk=draft.pk).update(content=content)


def update(article: Article, material: Material) -> Article:
    """Make the material's new words the newest draft."""
    draft = article.get_latest_revision_as_object()
    draft.title, draft.kicker, draft.standfirst = (
        material.headline[:255],
        material.kicker[:80],
        material.standfirst[:600],
    )
    draft.body = StreamValue(draft.body.stream_block, body_of(material))
    draft.signatures = [Signature(author=author, sort_order=place) for place, author in enumerate(_authors(material))]
    sources = [newsroom.add_source(name=name[:160]) for name in material.sources]
    draft.drawn_on = [Attribution(source=source, sort_order=place) for place, source in enumerate(sources)]
    if article.last_published_at is None and material.published:
        draft.first_published_at = material.published
    draft.save_revision()
    return Article.objects.get(pk=draft.pk)


def _authors(material: Material) -> list[Author]:
    names = dict.fromkeys(name[:120] for name in material.authors)
    return [Author.objects.filter(name=name).first() or newsroom.add_author(name=name) for name in names]


def body_of(material: Material) -> list[tuple[str, Any]]:
    """The pieces as the newsroom's blocks take them; a lede too long for a standfirst begins the body."""
    blocks = [(piece.kind, value) for piece in material.body if (value := _value(piece)) is not None]
    if len(material.standfirst) > 600:
        blocks.insert(0, ("paragraph", f"<p>{html.escape(material.standfirst)}</p>"))
    return blocks


def _value(piece: Piece) -> Any:
    value = piece.value
    if piece.kind == "paragraph":
        return f"<p>{value['html']}</p>"
    if piece.kind == "heading":
        return value["text"][:160]
    if piece.kind == "quotation":
        return {"text": value["text"], "speaker": value["speaker"][:160], "source": value["source"][:160]}
    if piece.kind == "list":
        return {"ordered": value["ordered"], "items": [f"<p>{item}</p>" for item in value["items"]]}
    if piece.kind == "table":
        return {
            "columns": [{"type": "text", "heading": heading} for heading in value["head"]],
            "rows": [{"values": list(row)} for row in value["rows"]],
            "caption": value["caption"],
        }
    if piece.kind == "link":
        return {"title": value["title"][:200], "url": value["url"], "text": value["text"][:300]}
    return None
