"""Taking in: material becomes drafts, once; an editor's later draft is never written over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from warraq.intake import drafts
from warraq.intake.errors import IntakeError, NoSection
from warraq.intake.material import LeftOut, Material
from warraq.intake.models import Origin
from warraq.intake.recognise import files_of, read
from warraq.language.messages import gettext as _
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Section


@dataclass
class Outcome:
    """What was done. Rows of `made` and `updated`: id, title, url, state, headline_proposed; of `skipped`: file, title,
    why; of `left_out`: file, line, text, why."""

    made: list[dict[str, Any]] = field(default_factory=list)
    updated: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)


def take_in(
    *,
    paths: Iterable[Path],
    section: str | None = None,
    publish: bool = False,
    dry_run: bool = False,
    tick: Callable[[], None] = lambda: None,
) -> Outcome:
    """Take each file in, one transaction an article.

    A file that is refused is skipped with the reason; where nothing at all could be read its error is raised.
    """
    place = section_of(section)
    outcome, errors = Outcome(), []
    for file in [file for path in paths for file in files_of(path)]:
        try:
            for material in read(file):
                _take_one(material, file, place, outcome, publish=publish, dry_run=dry_run)
        except IntakeError as error:
            errors.append(error)
            outcome.skipped.append({"file": str(file), "title": "", "why": str(error)})
        tick()
    if errors and not (outcome.made or outcome.updated or len(outcome.skipped) > len(errors)):
        raise errors[0]
    return outcome


def section_of(slug: str | None) -> Section:
    """The section with that address; without one the paper's first, which is opened where there is none yet."""
    sections = Section.objects.order_by("depth", "place", "path")
    if slug:
        found = sections.filter(slug=slug).first()
        if found is None:
            known = ", ".join(sections.values_list("slug", flat=True)) or "—"
            raise NoSection(
                _("There is no section {slug}; nothing was taken in. The paper's sections: {known}").format(
                    slug=slug, known=known
                )
            )
        return found
    return sections.first() or newsroom.open_section(slug="news", title=_("News"))


def _take_one(
    material: Material, file: Path, section: Section, outcome: Outcome, *, publish: bool, dry_run: bool
) -> None:
    pictures = [piece for piece in material.body if piece.kind == "image"]
    left_out = [
        *material.left_out,
        *(LeftOut(None, one.value["url"], _("Pictures are not fetched.")) for one in pictures),
    ]
    outcome.left_out += [{"file": str(file), **asdict(left)} for left in left_out]
    origin = Origin.objects.filter(fingerprint=material.fingerprint).select_related("article").first()
    digest = digest_of(material)
    if origin is not None:
        why = _why_not(origin, digest)
        if why:
            outcome.skipped.append({"file": str(file), "title": material.headline, "why": why})
            return
    if dry_run:
        rows = outcome.updated if origin else outcome.made
        rows.append(_row(origin.article if origin else None, material, state="dry-run"))
        return
    with transaction.atomic():
        article = drafts.update(origin.article, material) if origin else drafts.make(material, section)
        revision = article.latest_revision_id
        if publish:
            article = newsroom.publish(article=article, at=material.published)
            revision = article.latest_revision_id
        Origin.objects.update_or_create(
            fingerprint=material.fingerprint,
            defaults={"article": article, "digest": digest, "revision": revision, "url": material.origin_url[:1000]},
        )
    state = "published" if article.live else "draft"
    (outcome.updated if origin else outcome.made).append(_row(article, material, state=state))


def _why_not(origin: Origin, digest: str) -> str:
    """Why material that was taken in before is not taken in again; empty where it should be."""
    if origin.digest == digest:
        return _("It was taken in before and has not changed.")
    if origin.article.latest_revision_id != origin.revision:
        return _("It was taken in before, and an editor has worked on it since; their text was kept.")
    return ""


def digest_of(material: Material) -> str:
    """Of everything that an article is made from."""
    said = (material.headline, material.kicker, material.standfirst, material.body, material.sources, material.authors)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _row(article: Article | None, material: Material, *, state: str) -> dict[str, Any]:
    return {
        "id": article.pk if article else None,
        "title": material.headline,
        "url": article.public_path if article else "",
        "state": state,
        "headline_proposed": material.headline_proposed,
    }
