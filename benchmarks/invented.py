"""Invented Arabic news: the same texts for the same seed, 300 to 500 words each, from the demonstration's vocabulary.

Words come in the frequencies of real prose; one in twenty is made of a root and a pattern, so that the vocabulary goes
on growing with the archive, as names make it do. Needs no Django.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from warraq.operations.demo import content

SECTIONS = (
    *(("politics", "سياسة"), ("economy", "اقتصاد"), ("society", "مجتمع"), ("culture", "ثقافة"), ("sport", "رياضة")),
    *(("science", "علوم"), ("health", "صحة"), ("opinion", "رأي"), ("travel", "سفر"), ("history", "تاريخ")),
    *(("sea", "بحر"), ("letters", "أدب")),
)
"""Slug, title; the first have more articles than the last."""
AUTHORS, TAGS, SOURCES, PHOTOS = 40, 200, 20, 24
YEARS = 3
ROOTS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
PATTERNS = (
    "{0}{1}ا{2}",
    "{0}ا{1}{2}",
    "م{0}{1}و{2}",
    "ال{0}{1}ي{2}",
    "ت{0}{1}ي{2}",
    "و{0}{1}{2}ون",
    "{0}{1}{2}ية",
    "است{0}{1}{2}",
)
SPACE = uuid.UUID("6b3a5b0e-6f5b-4a0e-9d0c-1511a1511a15")


@dataclass(frozen=True)
class Story:
    """An article in words alone. `section`, `authors`, `sources`, `tags` and `photo` are numbers, from 0."""

    key: uuid.UUID
    section: int
    kicker: str
    headline: str
    standfirst: str
    body: tuple[tuple[str, str], ...]
    """(paragraph or heading or quotation, plain text)"""
    authors: tuple[int, ...]
    sources: tuple[int, ...]
    tags: tuple[int, ...]
    photo: int | None
    published: datetime


class Voice:
    """Speaks in sentences; every choice is the seed's."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        texts = [
            block["text"]
            for one in content.articles(datetime.now().astimezone())
            for block in one["body"]
            if "text" in block
        ]
        self.words = [word.strip('«»،.؛:؟!()"') or "في" for word in " ".join(texts).split()]

    def word(self) -> str:
        if self.random.random() < 0.05:
            return self.random.choice(PATTERNS).format(*self.random.sample(ROOTS, 3))
        return self.random.choice(self.words)

    def phrase(self, fewest: int, most: int) -> str:
        return " ".join(self.word() for _ in range(self.random.randint(fewest, most)))

    def paragraph(self) -> str:
        return " ".join(f"{self.phrase(8, 22)}." for _ in range(self.random.randint(2, 5)))


def names(kind: str, count: int, *, seed: int = 1511) -> list[str]:
    """`count` different names of two words, the same for the same kind."""
    voice, found = Voice(seed + sum(map(ord, kind))), {}
    while len(found) < count:
        found[voice.phrase(2, 2)] = None
    return list(found)


def stories(count: int, *, until: datetime, seed: int = 1511) -> Iterator[Story]:
    """`count` stories, the oldest first, over YEARS until `until` (aware)."""
    voice = Voice(seed)
    random, step = voice.random, timedelta(days=365 * YEARS) / count
    weights = [len(SECTIONS) - place for place in range(len(SECTIONS))]
    for number in range(count):
        yield Story(
            key=uuid.uuid5(SPACE, f"{seed} {number}"),
            section=random.choices(range(len(SECTIONS)), weights)[0],
            kicker=voice.phrase(1, 3),
            headline=voice.phrase(6, 11),
            standfirst=f"{voice.phrase(15, 30)}.",
            body=tuple(_body(voice)),
            authors=tuple(random.sample(range(AUTHORS), random.choice((1, 1, 1, 2)))),
            sources=tuple(random.sample(range(SOURCES), random.choice((0, 1, 1, 2)))),
            tags=tuple(random.sample(range(TAGS), random.choice((2, 3, 4)))),
            photo=random.randrange(PHOTOS) if random.random() < 0.7 else None,
            published=until - step * (count - number),
        )


def _body(voice: Voice) -> Iterator[tuple[str, str]]:
    wanted, have = voice.random.randint(300, 500), 0
    while have < wanted:
        kind = voice.random.choices(("paragraph", "heading", "quotation"), (8, 1, 1))[0] if have else "paragraph"
        text = voice.phrase(3, 6) if kind == "heading" else voice.paragraph()
        have += len(text.split())
        yield kind, text
