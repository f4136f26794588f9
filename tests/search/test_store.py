"""A damaged or foreign index is refused by readers and replaced by the writer."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.search.documents import ARTICLES, found, indexed
from warraq.search import store
from warraq.search.engine import Reader, Results, Writer
from warraq.search.errors import IndexDamaged, IndexOutdated, IndexUnreadable, SearchError

ENDINGS = (".store", ".idx", ".pos", ".term", ".fieldnorm", ".fast", "meta.json", ".managed.json")


def cut_off(data: bytearray) -> None:
    del data[len(data) // 2 :]


def empty(data: bytearray) -> None:
    data.clear()


def flip_a_bit(data: bytearray) -> None:
    data[len(data) // 3] ^= 0x80


def overwrite(data: bytearray) -> None:
    data[: len(data) * 2 // 3] = random.Random(1).randbytes(len(data) * 2 // 3)


def _only(folder: Path, ending: str) -> Path:
    (file,) = [file for file in (folder / "index").iterdir() if file.name.endswith(ending)]
    return file


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("harm", [cut_off, empty, overwrite, flip_a_bit])
def test_a_damaged_file_is_refused_and_the_index_made_anew(
    tmp_path: Path, ending: str, harm: Callable[[bytearray], None]
) -> None:
    if ending.endswith("json") and harm is flip_a_bit:
        pytest.skip("JSON has no checksum: one bit may be harmless")
    indexed(tmp_path)
    file = _only(tmp_path, ending)
    data = bytearray(file.read_bytes())
    harm(data)
    file.unlink()
    file.write_bytes(data)
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="Articles are not touched"):
            Reader(tmp_path).search("طالبان")
    _is_made_anew(tmp_path)


@pytest.mark.parametrize("ending", [".store", ".idx", ".term", ".pos"])
def test_a_missing_file_is_damage(tmp_path: Path, ending: str) -> None:
    indexed(tmp_path)
    _only(tmp_path, ending).unlink()
    with pytest.raises(IndexDamaged):
        Reader(tmp_path).search("طالبان")
    _is_made_anew(tmp_path)


def test_an_index_of_another_format_is_refused(tmp_path: Path) -> None:
    indexed(tmp_path)
    (tmp_path / "format").write_text("warraq-search 0", encoding="utf-8")
    with pytest.raises(IndexOutdated, match="warraq-search 0"):
        Reader(tmp_path).search("طالبان")
    _is_made_anew(tmp_path)


def _is_made_anew(folder: Path) -> None:
    reader = Reader(folder)
    with pytest.raises(SearchError):
        reader.search("طالبان")
    with Writer(folder) as writer:
        assert writer.is_new
        assert reader.search("طالبان") == Results(0, ())
        writer.put(ARTICLES)
        writer.commit()
    assert found(reader, "طالبان") == [1]


def test_a_half_made_index_counts_as_none(tmp_path: Path) -> None:
    reader = indexed(tmp_path)
    (tmp_path / "format").unlink()
    assert not store.has_index(tmp_path)
    assert reader.search("طالبان") == Results(0, ())
    with Writer(tmp_path) as writer:
        assert writer.is_new


def test_a_refusal_is_remembered_without_growing(tmp_path: Path) -> None:
    reader = indexed(tmp_path)
    (tmp_path / "format").write_text("?", encoding="utf-8")
    depths = []
    for _ in range(3):
        with pytest.raises(IndexOutdated) as refusal:
            reader.search("طالبان")
        depths.append(len(refusal.traceback))
    assert depths[0] == depths[-1]


def test_the_stamp_changes_with_every_commit_and_only_then(tmp_path: Path) -> None:
    assert store.stamp(tmp_path) == ()
    indexed(tmp_path)
    before = store.stamp(tmp_path)
    with Writer(tmp_path) as writer:
        writer.put(ARTICLES[:1])
        assert store.stamp(tmp_path) == before
        writer.commit()
        assert store.stamp(tmp_path) != before


def test_files_that_no_commit_names_are_not_looked_at(tmp_path: Path) -> None:
    reader = indexed(tmp_path)
    segment = _only(tmp_path, ".store").stem
    (tmp_path / "index" / f"{segment}.99.del").touch()  # as a writer has it while it takes an article out
    (tmp_path / "format").touch()
    assert found(reader, "طالبان") == [1]


def test_files_of_another_user_are_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    indexed(tmp_path)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "meta.json")

    with monkeypatch.context() as patch:
        patch.setattr(store, "_files", refuse)  # tests may run as root, whom no file refuses
        with pytest.raises(IndexUnreadable, match="as one user"):
            Reader(tmp_path).search("طالبان")
        with pytest.raises(IndexUnreadable):
            Writer(tmp_path)
    assert found(Reader(tmp_path), "طالبان") == [1]
