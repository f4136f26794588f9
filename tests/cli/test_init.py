"""`warraq init`: an empty paper that can be read at once."""

from __future__ import annotations

from pathlib import Path

from tests.processes import answer, refusal
from warraq.config.paper import load


def test_an_empty_paper_is_made_once_whole_and_readable(tmp_path: Path) -> None:
    folder = tmp_path / "صحف" / "النهار"

    said = answer("init", folder, "--name", "صحيفة النهار")

    assert said == {"paper": str(folder)}
    assert load(folder, {}).newsroom.language == "ar"
    assert "صحيفة النهار" in (folder / "pressed" / "pages" / "index.html").read_text(encoding="utf-8")
    assert (folder / "pressed" / "pages" / "_" / "errors" / "404.html").exists()
    assert [path.name for path in folder.parent.iterdir()] == ["النهار"]
    assert answer("rankings", "--paper", folder) == {"items": []}
    assert answer("search", "خبر", "--paper", folder) == {"items": []}

    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert "is a paper already. It was left as it is" in refusal("init", folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ملف").write_text("كلام")

    assert "is not empty" in refusal("init", tmp_path)
    assert "is a file" in refusal("init", tmp_path / "ملف")
    assert "is not empty" in refusal("demo", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["ملف"]


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "ملف").write_text("كلام")

    assert "in the way" in refusal("init", tmp_path / "ملف" / "صحيفة")
