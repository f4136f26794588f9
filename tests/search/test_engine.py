"""Articles go in, are found as readers ask for them, and go out."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.language.texts import anything
from tests.search.documents import ARTICLES, found, indexed
from warraq.search.engine import DEEPEST, MOST_HITS, Document, Reader, Results, Writer
from warraq.search.errors import IndexBusy, IndexUnwritable


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return indexed(tmp_path_factory.mktemp("index"))


def test_a_hit_says_what_the_list_of_results_shows(reader: Reader) -> None:
    (hit,) = reader.search("زعيم طالبان").hits
    assert (hit.id, hit.url, hit.title) == (1, "/world/1/", "طالبان تنفي مقتل زعيمها")
    assert (hit.section, hit.section_slug, hit.published) == ("العالم", "world", 1_700_000_000)
    assert hit.score > 0
    assert [text for text, marked in hit.headline if marked] == ["طالبان", "زعيمها"]
    assert "".join(text for text, _ in hit.headline) == hit.title
    assert [text for text, marked in hit.snippet if marked] == ["طالبان", "زعيمها"]


@pytest.mark.parametrize(
    "query",
    [
        "صاندي تايمز",
        "لصحيفة",
        "والصحف صحيفتنا",
        "طَالِبَان",
        "طالبـــان",
        "غاره",
        "الغارات",
        "صحيفه ساندي",  # one letter wrong
        "طالباتن",  # one too many
        "افغانستان",
        "بأفغانستان",
        "علي",
        "العالم",
    ],
)
def test_an_article_is_found_by_its_words_in_other_forms(reader: Reader, query: str) -> None:
    assert found(reader, query)[:1] == [1]


def test_digits_of_either_kind_find_each_other(reader: Reader) -> None:
    assert found(reader, "123") == found(reader, "١٢٣") == [3]


@pytest.mark.parametrize(
    ("query", "order"), [("كرة", [1, 2]), ("كره", [2, 1]), ("المباريات", [3, 4]), ("مباراة", [4, 3])]
)
def test_the_form_that_was_asked_for_comes_first(tmp_path: Path, query: str, order: list[int]) -> None:
    titles = ["كرة", "كره", "المباريات", "مباراة"]
    assert found(indexed(tmp_path, [Document(i, "/", title) for i, title in enumerate(titles, 1)]), query) == order


def test_the_name_is_not_the_preposition(reader: Reader) -> None:
    assert found(reader, "علي") == [1]
    assert found(reader, "على") == [2]


def test_a_query_of_particles_only_is_answered(reader: Reader) -> None:
    assert set(found(reader, "في إلى")) == {1, 2, 3}


def test_a_particle_beside_other_words_is_passed_over(reader: Reader) -> None:
    assert found(reader, "غارة في") == [1]


def test_a_word_in_the_title_weighs_more_than_in_the_body(tmp_path: Path) -> None:
    body = Document(id=1, url="/1/", title="خبر", body="صنعاء وعدن وتعز")
    title = Document(id=2, url="/2/", title="صنعاء", body="خبر وعدن وتعز")
    assert found(indexed(tmp_path, [body, title]), "صنعاء") == [2, 1]


def test_an_article_with_all_words_comes_before_one_with_a_rare_one(tmp_path: Path) -> None:
    texts = ["حكومة اليمن", "حكومة", "حكومة", "حكومة", "اليمن اليمن اليمن"]
    articles = [Document(id=i, url=f"/{i}/", title="خبر", body=text) for i, text in enumerate(texts, 1)]
    assert found(indexed(tmp_path, articles), "حكومة اليمن")[0] == 1


def test_an_article_with_the_phrase_comes_first(tmp_path: Path) -> None:
    apart = Document(id=1, url="/1/", title="خبر", body="رئيس المجلس زار اليوم أعضاء الوزراء")
    phrase = Document(id=2, url="/2/", title="خبر", body="زار اليوم رئيس الوزراء أعضاء المجلس")
    reader = indexed(tmp_path, [apart, phrase])
    assert found(reader, "رئيس الوزراء") == [2, 1]
    assert found(reader, "أعضاء الوزراء") == [1, 2]


def test_any_of_the_words_is_enough(reader: Reader) -> None:
    assert set(found(reader, "طالبان الشاعر قسطنطينية")) == {1, 3}


@pytest.mark.parametrize("query", ["", "  ", "؟!", "\u202e", "\ud800", "قسطنطينية", '"', "id:1", "* OR 1=1", "\x00"])
def test_what_is_not_there_is_not_found(reader: Reader, query: str) -> None:
    assert reader.search(query) == Results(0, ())


@given(query=anything)
@settings(deadline=None)
def test_no_query_raises(reader: Reader, query: str) -> None:
    results = reader.search(query)
    assert results.total >= len(results.hits)


def test_an_endless_query_is_cut(reader: Reader) -> None:
    assert found(reader, "طالبان " + "حشو " * 100_000 + "الشاعر") == [1]
    assert reader.search("ب" * 1_000_000).total == 0


def test_pages_of_results_follow_each_other(tmp_path: Path) -> None:
    articles = [Document(id=i, url=f"/{i}/", title="خبر " * i, body="نص") for i in range(1, 31)]
    reader = indexed(tmp_path, articles)
    whole = [hit.id for hit in reader.search("خبر", limit=30).hits]
    pages = [hit.id for offset in range(0, 40, 7) for hit in reader.search("خبر", limit=7, offset=offset).hits]
    assert pages == whole
    assert len(set(whole)) == reader.search("خبر", limit=7).total == 30


def test_limits_are_bounded(tmp_path: Path) -> None:
    articles = [Document(id=i, url=f"/{i}/", title="خبر") for i in range(DEEPEST + 50)]
    reader = indexed(tmp_path, articles)
    assert len(reader.search("خبر", limit=10**9).hits) == MOST_HITS
    assert len(reader.search("خبر", offset=DEEPEST - 3).hits) == 3
    for limit, offset in ((0, 0), (-1, 0), (10, DEEPEST), (10, 10**30)):
        assert reader.search("خبر", limit=limit, offset=offset) == Results(DEEPEST + 50, ())
    assert len(reader.search("خبر", limit=2, offset=-5).hits) == 2


def test_readers_see_a_commit_at_their_next_search_and_nothing_before(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "index")
    assert reader.search("طالبان") == Results(0, ())
    with Writer(tmp_path / "index") as writer:
        assert writer.is_new
        assert writer.put(ARTICLES) == 3
        assert found(reader, "طالبان") == []
        writer.commit()
        assert found(reader, "طالبان") == [1]
        writer.put([replace(ARTICLES[0], title="تصويب", body="غيره", standfirst="", tags=())])
        writer.commit()
        assert (found(reader, "طالبان"), found(reader, "تصويب")) == ([], [1])
        writer.remove([1, 999])
        writer.commit()
        assert found(reader, "تصويب") == []
        writer.clear()
        assert found(reader, "كرة") == [2, 3]
        writer.commit()
        assert found(reader, "كرة") == []


def test_what_was_not_committed_is_forgotten(tmp_path: Path) -> None:
    reader = indexed(tmp_path)
    with Writer(tmp_path) as writer:
        assert not writer.is_new
        writer.remove([1])
    assert found(reader, "طالبان") == [1]


def test_a_second_writer_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        with pytest.raises(IndexBusy, match="nothing was changed"):
            Writer(tmp_path)
        writer.put(ARTICLES)
        writer.commit()
    assert found(Reader(tmp_path), "طالبان") == [1]
    Writer(tmp_path).close()


def test_closing_twice_is_no_error(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.close()
    writer.close()


@given(text=anything)
@example(text="صنعاء\ud800")
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_an_article(tmp_path: Path, text: str) -> None:
    reader = indexed(tmp_path, [Document(1, text, text, text, text, text, (text,), (text,), text, text, 0)])
    for hit in reader.search(text).hits:
        "".join(part for part, _ in (*hit.headline, *hit.snippet)).encode("utf-8")


def test_a_page_without_a_space_is_an_article(tmp_path: Path) -> None:
    reader = indexed(tmp_path, [Document(1, "/1/", "خبر", body="ق" * 1_000_000)])
    (hit,) = reader.search("خبر").hits
    assert len("".join(text for text, _ in hit.snippet)) < 100


WRITE = """
import sys
from pathlib import Path
from warraq.search.engine import Document, Writer

with Writer(Path(sys.argv[1])) as writer:
    for number in range(1, 10_000):
        writer.put([Document(number % 50, f"/{number}/", f"خبر {number}", body="نص " * (number % 90))])
        if number % 7 == 0:
            writer.remove([number % 50])
        writer.commit()
        print(number, flush=True)
"""


def test_a_killed_writer_leaves_its_last_commit_and_readers_notice_nothing(tmp_path: Path) -> None:
    reader, failed, done = Reader(tmp_path), [], threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                reader.search("خبر")
            except Exception as error:
                failed.append(error)

    asker = threading.Thread(target=ask)
    asker.start()
    for stop in (3, 25):
        with subprocess.Popen(
            [sys.executable, "-c", WRITE, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            for line in writer.stdout:
                if int(line) == stop:
                    writer.kill()
        assert reader.search(str(stop)).total >= 1
    done.set()
    asker.join()
    assert failed == []
    Writer(tmp_path).close()


FILL_THE_DISK = """
import json, resource, signal, sys
from pathlib import Path
from warraq.search.engine import Document, Reader, Writer
from warraq.search.errors import IndexUnwritable

folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
said = ""
with Writer(folder) as writer:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
    try:
        writer.put(Document(n, "/", "خبر", body=" ".join(str(n * 1_000 + m) for m in range(300))) for n in range(500))
        writer.commit()
    except IndexUnwritable as error:
        said = str(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with Writer(folder) as writer:
    writer.put([Document(9, "/9/", "عاجل")])
    writer.commit()
print(json.dumps([said, Reader(folder).search("طالبان").total, Reader(folder).search("عاجل").total]))
"""


def test_a_full_disk_keeps_what_was_committed_and_writing_goes_on_later(tmp_path: Path) -> None:
    indexed(tmp_path)
    ended = subprocess.run(
        [sys.executable, "-c", FILL_THE_DISK, str(tmp_path)], capture_output=True, text=True, check=True
    )
    said, old, new = json.loads(ended.stdout)
    assert IndexUnwritable.__name__ not in ended.stderr
    assert "as it was last committed" in said
    assert (old, new) == (1, 1)


def test_the_engine_needs_no_django() -> None:
    program = "import sys, warraq.search.engine; sys.exit('django' in sys.modules or 'wagtail' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_what_is_merged_leaves_no_files_behind(tmp_path: Path) -> None:
    for number in range(60):
        with Writer(tmp_path) as writer:
            writer.put([Document(id=number, url=f"/news/{number}/", title=f"خبر {number}", body="نص")])
            writer.commit()
    segments = json.loads((tmp_path / "index" / "meta.json").read_text())["segments"]
    files = {file.name.partition(".")[0] for file in (tmp_path / "index").iterdir()} - {"", "meta"}
    assert len(segments) < 20
    assert len(files) < 40
    assert Reader(tmp_path).search("خبر").total == 60
