"""The folder of a new paper: whole or not there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from warraq.config.paper import FILE, load
from warraq.operations import papers
from warraq.operations.errors import Occupied


def make(target: Path) -> None:
    with papers.staged(target) as aside:
        papers.lay_out(aside)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_and_those_above_it_are_made(tmp_path: Path) -> None:
    target = tmp_path / "صحف" / "الأولى"

    make(target)

    assert names(target) == ["database", "media", "pressed", "run", "secret", "spool", FILE]
    assert names(target.parent) == ["الأولى"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o755
    assert load(target, {}).front.port == 8000


def test_an_empty_folder_is_filled_even_where_it_is_a_disk_s_root(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    inode = tmp_path.stat().st_ino

    make(tmp_path)

    assert tmp_path.stat().st_ino == inode
    assert FILE in names(tmp_path)
    assert not [name for name in names(tmp_path) if name.startswith(papers.ASIDE)]


def test_secrets_are_long_different_and_nobody_else_s(tmp_path: Path) -> None:
    make(tmp_path / "أ")
    make(tmp_path / "ب")
    one, other = (tmp_path / name / "secret" for name in "أب")

    assert len(one.read_text().strip()) >= 50
    assert one.read_text() != other.read_text()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    for target in (tmp_path / "صحيفة", tmp_path):
        with pytest.raises(ZeroDivisionError), papers.staged(target) as aside:
            papers.lay_out(aside)
            _ = 1 / 0
        assert names(tmp_path) == []


def test_what_is_there_already_is_refused_and_left(tmp_path: Path) -> None:
    make(tmp_path / "صحيفة")
    (tmp_path / "ملف").write_text("كلام")
    (tmp_path / "مجلد").mkdir()
    (tmp_path / "مجلد" / "شيء").write_text("كلام")

    for name, why in (("صحيفة", "is a paper already"), ("ملف", "is a file"), ("مجلد", "is not empty")):
        with pytest.raises(Occupied, match=f"{why}.*left as it is"):
            make(tmp_path / name)
    assert (tmp_path / "ملف").read_text() == "كلام"
    assert names(tmp_path / "مجلد") == ["شيء"]
