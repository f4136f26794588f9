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
from warraq.intake.recognise import files_of, read_file
from warraq.intake.selectors import is_another_file, is_on_the_paper, origin_of, taken_off
from warraq.language.messages import gettext as _
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Section


@dataclass(frozen=True)
class Wish:
    """What is asked for the articles of a run."""

    section: Section | None
    """None where none was named: what is there stays where it is."""
    publish: bool
    dry_run: bool


@dataclass
class Outcome:
    """What was done. Rows of `made` and `updated`: id, title, url, state, headline_proposed; of `skipped`: file, title
    (empty where the file was refused), why; of `left_out`: file, line, text, why, for what was taken in just now."""

    made: list[dict[str, Any]] = field(default_factory=list)
    updated: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether files were given, and every one of them was refused."""
        return bool(self.skipped) and not (self.made or self.updated or any(row["title"] for row in self.skipped))


def take_in(
    *,
    paths: Iterable[Path],
    section: str | None = None,
    publish: bool = False,
    dry_run: bool = False,
    tick: Callable[[], None] = lambda: None,
) -> Outcome:
    """Take each file in, one transaction an article. A file that is refused is skipped with the reason.

    An article that is there already is updated from what changed, published and moved as asked, unless an editor has
    worked on it. Raises NoSection.
    """
    wish = Wish(section_of(section) if section else None, publish, dry_run)
    outcome = Outcome()
    for path in paths:
        for file in _files(path, outcome):
            try:
                for material in read_file(file):
                    _take_one(material, file, wish, outcome)
            except IntakeError as error:
                _refuse(file, error, outcome)
            tick()
    return outcome


def _files(path: Path, outcome: Outcome) -> tuple[Path, ...]:
    try:
        return files_of(path)
    except IntakeError as error:
        _refuse(path, error, outcome)
        return ()


def _refuse(file: Path, error: IntakeError, outcome: Outcome) -> None:
    why = str(error).removeprefix(f"{file}: ").removeprefix(f"{file.name}: ")  # the row names the file already
    outcome.skipped.append({"file": str(file), "title": "", "why": why})


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


def _take_one(material: Material, file: Path, wish: Wish, outcome: Outcome) -> None:
    origin, digest = origin_of(material, file=file.name), digest_of(material)
    why = _why_not(origin, material, file, wish) if origin else ""
    if why:
        outcome.skipped.append({"file": str(file), "title": material.headline, "why": why})
        return
    changed = origin is None or origin.digest != digest
    if changed:
        outcome.left_out += [{"file": str(file), **asdict(left)} for left in _left_out(material)]
    rows = outcome.updated if origin else outcome.made
    if wish.dry_run:
        rows.append(_row(origin.article if origin else None, material, state="dry-run"))
        return
    with transaction.atomic():
        article = _write(origin, material, wish) if changed or origin is None else origin.article
        if origin and wish.section and not _is_in(article, wish.section):
            article = newsroom.move(article=article, section=wish.section)
        if wish.publish and not is_on_the_paper(article):
            article = newsroom.publish(article=article, at=material.published)
        about = {"fingerprint": material.fingerprint, "digest": digest, "file": file.name[:255]}
        about |= {"revision": article.latest_revision_id, "url": material.origin_url[:1000]}
        Origin.objects.update_or_create(article=article, defaults=about)
    rows.append(_row(article, material, state="published" if is_on_the_paper(article) else "draft"))


def _write(origin: Origin | None, material: Material, wish: Wish) -> Article:
    if origin:
        return drafts.update(origin.article, material)
    return drafts.make(material, wish.section or section_of(None))


def _left_out(material: Material) -> list[LeftOut]:
    pictures = [piece for piece in material.body if piece.kind == "image"]
    not_fetched = (LeftOut(None, one.value["url"], _("Pictures are not fetched.")) for one in pictures)
    return [*material.left_out, *not_fetched]


def _is_in(article: Article, section: Section) -> bool:
    return bool(article.get_parent().pk == section.pk)


def _why_not(origin: Origin, material: Material, file: Path, wish: Wish) -> str:
    """Why material that was taken in before is not taken in again; empty where it should be."""
    article, changed = origin.article, origin.digest != digest_of(material)
    if changed and is_another_file(origin, material, file=file.name):
        return _("The same text was taken in before, from {file}; nothing was written over.").format(file=origin.file)
    publishes = wish.publish and not is_on_the_paper(article)
    moves = wish.section is not None and not _is_in(article, wish.section)
    if not (changed or publishes or moves):
        return _("It was taken in before and has not changed.")
    if article.latest_revision_id != origin.revision:
        if changed:
            return _("It was taken in before, and an editor has worked on it since; their text was kept.")
        return _("It was taken in before, and an editor has worked on it since; publishing and moving it is theirs.")
    if publishes and taken_off(article):
        return _("It was taken in before, and an editor has taken it off the paper since; it stays off.")
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
