"""Which article, if any, was made from this material before."""

from __future__ import annotations

from itertools import islice
from typing import Final

from wagtail.models import Revision

from warraq.intake.material import Material
from warraq.intake.models import Origin
from warraq.intake.readers.body import text_of
from warraq.language.normalise import words
from warraq.newsroom.models import Article
from warraq.newsroom.selectors.bodies import body_text

SHINGLE: Final = 3
"""Words that are compared together."""

MOSTLY_THE_SAME: Final = 0.6
"""Share of the shorter text's shingles that the longer one holds too."""

MOST_OF_ONE_NAME: Final = 20
"""Files called `page.txt` that are looked into, the latest first."""

LONGEST_COMPARED: Final = 20_000
"""Words."""


def origin_of(material: Material, *, file: str) -> Origin | None:
    """By its address, or where it has none by its words; else a text of the same file name, mostly the same."""
    origins = Origin.objects.select_related("article")
    found = origins.filter(fingerprint=material.fingerprint).first()
    if found is not None or material.origin_url:
        return found
    new = _shingles(" ".join([material.standfirst, *text_of(material.body)]))
    of_that_name = origins.filter(file=file, url="").order_by("-at", "-pk")[:MOST_OF_ONE_NAME]
    return next((origin for origin in of_that_name if _alike(new, _shingles(_text_taken(origin)))), None)


def is_another_file(origin: Origin, material: Material, *, file: str) -> bool:
    """Whether the same text came from a file of another name: then neither is the other's later state."""
    return not material.origin_url and origin.file not in {"", file}


def is_on_the_paper(article: Article) -> bool:
    """Whether readers have its newest text, and not an earlier one or none."""
    return bool(article.live and not article.has_unpublished_changes)


def taken_off(article: Article) -> bool:
    """Whether the article was on the paper and no longer is: retracted or taken off, by somebody who meant it."""
    # Not `first_published_at`: a draft may hold the date that its page told.
    return not article.live and article.last_published_at is not None


def _text_taken(origin: Origin) -> str:
    """The words as they were taken in, whatever an editor made of them since."""
    revision = Revision.objects.filter(pk=origin.revision).first()
    article = revision.as_object() if revision else origin.article.get_latest_revision_as_object()
    return f"{article.standfirst} {body_text(article.body)}"


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    said = list(islice(words(text), LONGEST_COMPARED))
    return frozenset(tuple(said[at : at + SHINGLE]) for at in range(max(1, len(said) - SHINGLE + 1)))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return len(one & other) >= MOSTLY_THE_SAME * min(len(one), len(other))
