from __future__ import annotations

import errno
import gzip
import os
from pathlib import Path

import pytest

from warraq.intake.errors import Empty, IntakeError, Missing, NotSupported, NotText, TooBig, Unreadable, Unsafe
from warraq.intake.recognise import LIMIT_BYTES, files_of, read, read_file

SENTENCE = "تفتح المكتبة العامة الجديدة أبوابها صباح السبت في البيت القديم على الميناء بعد ترميم طويل."
TEXT = f"{SENTENCE}\n{SENTENCE}\n{SENTENCE}\n"
PAGE = f"<html><head><title>المكتبة تفتح أبوابها</title></head><body>{f'<p>{SENTENCE}</p>' * 4}</body></html>"


def written(folder: Path, data: bytes | str, name: str = "file.bin") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "headline"),
    [
        (PAGE, "المكتبة تفتح أبوابها"),
        (f"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>\n{PAGE}", "المكتبة تفتح أبوابها"),
        (f"<!-- تعليق -->\n\n<!DOCTYPE html>{PAGE}", "المكتبة تفتح أبوابها"),
        (f"<div><h1>المكتبة تفتح أبوابها</h1>{f'<p>{SENTENCE}</p>' * 4}</div>", "المكتبة تفتح أبوابها"),
        (TEXT, "تفتح المكتبة العامة الجديدة أبوابها صباح السبت في البيت القديم على الميناء بعد ترميم طويل"),
    ],
)
def test_the_reader_is_chosen_by_content_whatever_the_name(tmp_path: Path, data: str, headline: str) -> None:
    (material,) = read(written(tmp_path, data, "page.pdf"))
    assert material.headline == headline


def test_windows_1256_is_read_right_and_told(tmp_path: Path) -> None:
    (page,) = read(written(tmp_path, PAGE.encode("cp1256")))
    (text,) = read(written(tmp_path, TEXT.encode("cp1256")))
    assert (page.standfirst, page.encoding) == (SENTENCE, "windows-1256")
    assert (text.standfirst, text.encoding) == (SENTENCE, "windows-1256")


def test_broken_bytes_are_reported(tmp_path: Path) -> None:
    (material,) = read(written(tmp_path, (TEXT * 20).encode() + b"\xff\n"))
    assert "utf-8" in material.left_out[0].why


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00xword/document.xml", "Word"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (gzip.compress(PAGE.encode()), "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (bytes(range(256)) * 20, "no text"),
    ],
)
def test_other_programs_files_are_refused_by_their_name(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=kind):
        read(written(tmp_path, data, "page.html"))


@pytest.mark.parametrize(
    "data",
    [
        "<?xml version='1.0'?><rss><channel/></rss>",
        "<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'></feed>",
        '{"db": [{"data": {"posts": []}}]}',
        "[1, 2]",
    ],
)
def test_feeds_and_exports_are_refused_as_such(tmp_path: Path, data: str) -> None:
    with pytest.raises(NotSupported, match="Nothing was taken in"):
        read(written(tmp_path, data))


def test_xml_with_a_dtd_is_refused_unparsed(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
    with pytest.raises(Unsafe, match="DTD"):
        read(written(tmp_path, bomb))


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xff\xfe\n\0"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Empty):
        read(written(tmp_path, data))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="no such file"):
        read(tmp_path / "none.txt")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Missing, match="neither"):
        read(tmp_path / "pipe")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.html"
    with path.open("wb") as file:
        file.truncate(LIMIT_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_args, **_named: pytest.fail("it was opened"))
    with pytest.raises(TooBig, match="25 MB"):
        read(path)


def test_a_folder_gives_its_files_in_order_without_what_a_browser_saved_beside_a_page(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", ".hidden", "b_files/style.css", "more/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT if name.endswith("txt") else PAGE)
    assert [path.relative_to(tmp_path).as_posix() for path in files_of(tmp_path)] == ["a.txt", "b.html", "more/c.txt"]
    assert len(read(tmp_path)) == 3


def test_a_link_that_leads_to_itself_is_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "zz").symlink_to("zz")
    written(tmp_path, TEXT, "a.txt")
    assert [path.name for path in files_of(tmp_path)] == ["a.txt", "zz"]
    assert read_file(tmp_path / "a.txt")
    with pytest.raises(Unreadable, match="leads to itself"):
        read_file(tmp_path / "zz")


def test_a_folder_that_may_not_be_opened_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, TEXT, "a.txt")
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: str | Path) -> object:  # as for who is not the administrator, whom no rights stop
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert files_of(tmp_path) == (tmp_path / "a.txt", closed)
    with pytest.raises(Unreadable, match="right to it"):
        read_file(closed)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Empty, match="no file"):
        files_of(tmp_path)


def test_every_real_file_is_read_or_refused_with_a_message(inputs: Path) -> None:
    for path in sorted((inputs / "security").rglob("*")):
        if path.is_file():
            try:
                read(path)
            except IntakeError as error:
                assert "nothing was taken in" in str(error).lower()
