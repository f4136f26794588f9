"""The index of published articles: one process writes it, any number read it, none needs Django or the database.

    with Writer(folder) as writer:
        writer.put(documents)
        writer.commit()

    Reader(folder).search("القاهرة")

The engine is Tantivy, fed with ready words (`analysis`). What is committed is on disk, and readers see it at their next
search; what is not committed is forgotten.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, cast

import tantivy

from warraq.search import store
from warraq.search.analysis import index_words
from warraq.search.errors import IndexDamaged, IndexOutdated, SearchError
from warraq.search.queries import build, read
from warraq.search.snippets import Marker, Run

DEEPEST: Final = 1_000
"""Hits that can be reached by turning pages: each further one costs all before it."""
MOST_HITS: Final = 100

_MEMORY: Final = 30_000_000
"""Bytes of new words held before they are written out."""


@dataclass(frozen=True)
class Document:
    """A published article, as plain text."""

    id: int
    url: str
    title: str
    kicker: str = ""
    standfirst: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str = ""
    section_slug: str = ""
    published: int = 0
    """Seconds since 1970, UTC."""


@dataclass(frozen=True)
class Hit:
    id: int
    title: str
    url: str
    score: float
    section: str
    section_slug: str
    published: int
    """Seconds since 1970, UTC."""
    headline: tuple[Run, ...]
    """The title as runs of text; those marked answer the query."""
    snippet: tuple[Run, ...]
    """A passage of the text, likewise, on one line."""


@dataclass(frozen=True)
class Results:
    total: int
    """Articles that have any of the words."""
    hits: tuple[Hit, ...]


_NOTHING: Final = Results(0, ())


class Writer:
    """Takes articles in and out. One at a time: a second raises IndexBusy.

    An index that is damaged or of another format is replaced by an empty one: then `is_new` is true, and all articles
    are to be put again. What the disk does not take raises IndexUnwritable.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = store.lock(folder)
        try:
            with store.writing(folder):
                self.is_new = self._open()
        except BaseException:
            self._lock.close()
            raise

    def _open(self) -> bool:
        try:
            index = store.open_index(self._folder) if store.has_index(self._folder) else None
        except (IndexDamaged, IndexOutdated):
            index = None
        self._writer = (index or store.make_index(self._folder)).writer(heap_size=_MEMORY, num_threads=1)
        self._is_committed = True
        return index is None

    def put(self, documents: Iterable[Document]) -> int:
        """Adds articles, replacing those of the same id. Answers how many."""
        number = 0
        for number, document in enumerate(documents, start=1):  # noqa: B007  counted as they come
            record = _record(document)
            self._is_committed = False
            with store.writing(self._folder):
                self._writer.delete_documents_by_term("id", document.id)
                self._writer.add_document(record)
        return number

    def remove(self, ids: Iterable[int]) -> None:
        """Takes articles out; one that is not there is no error."""
        self._is_committed = False
        with store.writing(self._folder):
            for identifier in ids:
                self._writer.delete_documents_by_term("id", identifier)

    def clear(self) -> None:
        """Takes all articles out; readers keep the old index until `commit`."""
        self._is_committed = False
        self._writer.delete_all_documents()

    def commit(self) -> None:
        """Makes everything since the last commit durable and visible, at once."""
        with store.writing(self._folder):
            self._writer.commit()
        self._is_committed = True

    def close(self) -> None:
        """Lets the index be; what was not committed is forgotten. Small parts that a commit began to merge into larger
        ones are merged to the end: a rollback would throw them away, and leave their files."""
        if not self._lock.closed:
            try:
                if not self._is_committed:
                    self._writer.rollback()
                self._writer.wait_merging_threads()
            finally:
                self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Reader:
    """Searches the index in `folder`, which need not be there yet. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn = threading.Lock()
        self._stamp: tuple[int, ...] = ()
        self._index: tantivy.Index | None = None
        self._refused: SearchError | None = None

    def search(self, query: str, *, limit: int = 10, offset: int = 0) -> Results:
        """The best articles for `query`, as the last commit left them; nothing where there is no index.

        Raises IndexOutdated, IndexDamaged or IndexUnreadable.
        """
        index = self._current()
        if index is None:
            return _NOTHING
        searcher = index.searcher()
        wanted = read(query, searcher)
        if not wanted.words:
            return _NOTHING
        offset = max(0, offset)
        room = max(0, min(limit, MOST_HITS, DEEPEST - offset))
        # The engine wants a place for at least one hit.
        found = searcher.search(build(wanted, index.schema), limit=max(1, room), offset=min(offset, DEEPEST))
        marker = Marker(wanted.keys)
        hits = (_hit(searcher.doc(address), score, marker) for score, address in found.hits[:room])
        return Results(cast(Any, found).count, tuple(hits))  # its stub forgets `count`

    def _current(self) -> tantivy.Index | None:
        stamp = store.stamp(self._folder)
        if stamp != self._stamp:
            with self._turn:
                if stamp != self._stamp:
                    self._index, self._refused = self._opened(stamp)
                    self._stamp = stamp
        if self._refused:
            raise self._refused.with_traceback(None)  # raised often: its traceback would grow
        return self._index

    def _opened(self, stamp: tuple[int, ...]) -> tuple[tantivy.Index | None, SearchError | None]:
        try:
            return (store.open_index(self._folder) if stamp else None), None
        except SearchError as error:
            return None, error


def _record(document: Document) -> tantivy.Document:
    parts = {
        "title": document.title,
        "kicker": document.kicker,
        "standfirst": document.standfirst,
        "names": " | ".join((*document.authors, *document.tags, document.section)),
        "body": document.body,
    }
    record = tantivy.Document()
    record.add_integer("id", document.id)
    record.add_integer("published", document.published)
    for field, text in index_words(parts).items():
        record.add_text(field, text)
    shown = {
        "url": document.url,
        "title": document.title,
        "section": document.section,
        "section_slug": document.section_slug,
        "text": f"{document.standfirst}\n{document.body}",
    }
    for field in store.STORED_TEXTS:
        record.add_bytes(field, shown[field].encode("utf-8", errors="ignore"))
    return record


def _hit(record: tantivy.Document, score: float, marker: Marker) -> Hit:
    text = {field: bytes(record[field][0]).decode("utf-8") for field in store.STORED_TEXTS}
    return Hit(
        id=record["id"][0],
        title=text["title"],
        url=text["url"],
        score=score,
        section=text["section"],
        section_slug=text["section_slug"],
        published=record["published"][0],
        headline=marker.line(text["title"]),
        snippet=marker.snippet(text["text"]),
    )
