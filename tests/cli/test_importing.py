"""`warraq import`: what is taken in is told, what is refused is told, and standard output holds the result alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.processes import answer, done, refusal, warraq

STORY = (
    "أعلنت مكتبة المدينة أمس عن فتح قاعة جديدة للمخطوطات تضم مئات الكتب النادرة التي جمعها أهل الحي خلال سنوات طويلة.\n"
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("import") / "صحيفة"
    done("init", folder, "--name", "صحيفة النهار")
    return folder


def test_every_refused_file_is_told_once_and_the_object_is_printed_all_the_same(opened: Path, tmp_path: Path) -> None:
    (tmp_path / "zero.txt").write_bytes(b"")
    (tmp_path / "nav.html").write_text("<nav><ul><li><a href=/1>خبر</a></li></ul></nav>", encoding="utf-8")

    result = warraq("import", "zero.txt", "nav.html", "--json", "--paper", opened, cwd=tmp_path)

    assert result.returncode == 1
    assert [row["file"] for row in json.loads(result.stdout)["skipped"]] == ["zero.txt", "nav.html"]
    assert result.stderr.count("zero.txt") == result.stderr.count("nav.html") == 1
    assert len(result.stderr.splitlines()) == 2


def test_what_is_taken_in_says_when_its_headline_is_only_proposed(opened: Path, tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(f"الأكثر قراءة\n{STORY}{STORY.replace('أمس', 'اليوم')}", encoding="utf-8")

    first = warraq("import", file, "--paper", opened)
    again = warraq("import", file, "--paper", opened)

    assert (first.returncode, again.returncode) == (0, 0)
    assert "the headline is a proposal" in first.stdout
    assert "الأكثر قراءة" in first.stderr
    assert "الأكثر قراءة" not in again.stderr
    assert answer("import", file, "--publish", "--paper", opened)["updated"][0]["state"] == "published"


def test_an_empty_section_is_wrong_usage(opened: Path, tmp_path: Path) -> None:
    assert "--section" in refusal("import", tmp_path, "--section", "", "--paper", opened, code=2)
