from __future__ import annotations

from pathlib import Path

import pytest
from tantivy import Searcher

from tests.search.documents import indexed
from warraq.search import store
from warraq.search.engine import Document
from warraq.search.queries import CORRECTIONS, WORDS, read


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    texts = ["حكومة القاهرة من", "القاهرة من", "القاهرة من", "قاهر من", "منحة", "سفير", "سفير", "سفين"]
    indexed(folder, [Document(i, "/", "", body=text) for i, text in enumerate(texts, 1)])
    return store.open_index(folder).searcher()


@pytest.mark.parametrize("typed", ["القاهؤة", "القااهرة", "القاهرةة", "لاقاهرة", "القهرة", "قاهرت"])
def test_a_word_that_no_article_has_is_read_as_its_commonest_neighbour(searcher: Searcher, typed: str) -> None:
    assert read(typed, searcher).stems == ("قاهر",)


def test_of_two_neighbours_the_commoner_is_meant(searcher: Searcher) -> None:
    assert read("سفيد", searcher).stems == ("سفير",)


def test_a_word_that_is_there_is_not_corrected(searcher: Searcher) -> None:
    assert read("منحة", searcher).stems == ("منح",)


def test_a_particle_is_no_correction(searcher: Searcher) -> None:
    assert read("منن", searcher).stems == ()


def test_a_word_without_neighbours_stays_unknown(searcher: Searcher) -> None:
    wanted = read("اسطنبول", searcher)
    assert wanted.stems == ()
    assert wanted.words


def test_only_so_many_words_are_corrected(searcher: Searcher) -> None:
    unknown = " ".join(f"غغغ{letter}ض" for letter in "بتثجحخ"[:CORRECTIONS])
    assert read(f"{unknown} القاهؤة", searcher).stems == ()
    assert read(f"القاهؤة {unknown}", searcher).stems == ("قاهر",)


def test_a_query_has_only_so_many_words(searcher: Searcher) -> None:
    assert len(read(" ".join(str(number) for number in range(60)), searcher).words) == WORDS


def test_a_word_said_twice_is_one(searcher: Searcher) -> None:
    assert len(read("القاهرة القاهرة", searcher).words) == 1
    assert read("القاهرة بالقاهرة", searcher).stems == ("قاهر",)


def test_particles_are_left_out_unless_there_is_nothing_else(searcher: Searcher) -> None:
    assert [word.written for word in read("على القاهرة من", searcher).words] == ["القاهرة"]
    assert read("على من", searcher).keys == {"=علي", "=من"}


def test_an_index_of_nothing_reads_any_query(tmp_path: Path) -> None:
    indexed(tmp_path, [])
    assert read("القاهرة", store.open_index(tmp_path).searcher()).stems == ()
