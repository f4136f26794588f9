"""Which reader a file is for: told by its first bytes and its content, never by its name."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from warraq.intake.errors import Empty, Missing, NotSupported, NotText, TooBig, Unreadable, Unsafe
from warraq.intake.material import LeftOut, Material
from warraq.intake.readers.decode import decode
from warraq.intake.readers.mhtml import page_of_archive
from warraq.intake.readers.page import read_page
from warraq.intake.readers.text import read_text
from warraq.language.messages import gettext as _
from warraq.language.messages import ngettext

LIMIT_BYTES: Final = 25 * 2**20
MOST_FILES: Final = 20_000
"""Of one folder."""

PAPERS_ZONE: Final = ZoneInfo("Asia/Aden")
"""For dates that do not say their zone, where the caller does not either: the paper's default."""

_BINARY: Final = (
    (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"), (b"RIFF", "RIFF (WebP, WAV, AVI)"), (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office 97"), (b"ID3", "MP3"), (b"OggS", "Ogg"), (b"\x00\x00\x01\x00", "ICO"),
    (b"\x7fELF", "ELF"), (b"MZ", "EXE"), (b"SQLite format 3", "SQLite"), (b"bplist", "Safari webarchive"),
    (b"wOFF", "WOFF"), (b"wOF2", "WOFF2"), (b"{\\rtf", "RTF"),
)  # fmt: skip
_DOCUMENT: Final = {b"word/": "Word (docx)", b"xl/": "Excel (xlsx)", b"opendocument.text": "OpenDocument (odt)"}
_SHORT_SIGNS: Final = (b"BM", b"MZ")
"""Two letters that a text may begin with: only with a NUL byte soon after."""

_HEAD_CHARACTERS: Final = 20_000
_ROOT: Final = re.compile(r"<(!?[a-z][\w:.-]{0,60})\s*([\w:.-]{0,60})", re.IGNORECASE)
"""The first element's name, or `!doctype` and what it declares."""

_NOT_BLANK: Final = re.compile(r"\S|\Z")
_OF_A_PAGE: Final = frozenset({"html", "head", "body", "meta", "title", "base"})
_OF_A_FRAGMENT: Final = frozenset(
    ("a", "article", "b", "br", "center", "div", "font", "h1", "h2", "h3", "header", "img", "link", "main", "nav", "p",
     "script", "section", "span", "strong", "style", "table", "ul")
)  # fmt: skip
_HTML_ENDS: Final = re.compile(r"</(?:p|div|h[1-6]|article|section|span|td|li|ul|body|html|a|title)\s*>", re.IGNORECASE)
_DTD: Final = re.compile(r"<!(?:doctype|entity)\b", re.IGNORECASE)


def read(path: Path, *, zone: tzinfo = PAPERS_ZONE) -> tuple[Material, ...]:
    """The articles in a file; of a folder, in each of its files, and the first that is refused refuses the folder
    (`files_of` gives them one by one). Raises an `IntakeError`; nothing outside is read, nothing is written."""
    return tuple(material for file in files_of(path) for material in read_file(file, zone=zone))


def read_file(path: Path, *, zone: tzinfo = PAPERS_ZONE) -> tuple[Material, ...]:
    """The articles in one file. Raises an `IntakeError`; a folder that `files_of` gave is one that cannot be opened."""
    try:
        return _read_bytes(path.name, _bytes_of(path), zone)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Missing(
            _("{name}: there is no such file or folder. Nothing was taken in. Look at its spelling.").format(name=path)
        ) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> Unreadable:
    if error.errno == errno.ELOOP:
        return Unreadable(
            _("{name}: this is a link that leads to itself. Nothing was taken in. Choose the file itself.").format(
                name=path
            )
        )
    return Unreadable(
        _("{name}: it may not be read, or the disk does not give it. Nothing was taken in. "
          "Give this user the right to it.").format(name=path)
    )  # fmt: skip


def files_of(path: Path) -> tuple[Path, ...]:
    """The file itself, or a folder's files, folders within it too, in order. Hidden ones are passed over, and what a
    browser saves beside a page (`page.html`, `page_files/`). Where a folder cannot be opened, it is given itself."""
    if not path.is_dir():
        return (path,)
    files = tuple(_walk(path))
    if not files:
        raise Empty(
            _("{name}: no file is in this folder. Nothing was taken in. Choose another folder.").format(name=path)
        )
    if len(files) > MOST_FILES:
        raise TooBig(
            _("{name}: more than {limit} files are in this folder. Nothing was taken in. Divide it.").format(
                name=path, limit=f"{MOST_FILES:,}"
            )
        )
    return files


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        stems = {Path(name).stem for name in names}
        beside = {f"{stem}{ending}" for stem in stems for ending in ("_files", "_ملفات", "-Dateien", "_fichiers")}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in beside)
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
    yield from (Path(os.fsdecode(error.filename)) for error in closed)


def _bytes_of(path: Path) -> bytes:
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        os.scandir(path).close()  # raises why it cannot be opened
    if not stat.S_ISREG(about.st_mode):
        raise Missing(
            _("{name}: this is neither a file nor a folder. Nothing was taken in. "
              "Choose a saved page or a text file.").format(name=path)
        )  # fmt: skip
    if about.st_size > LIMIT_BYTES:
        raise _too_big(path.name)
    with path.open("rb") as file:
        data = file.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:  # it grew meanwhile
        raise _too_big(path.name)
    return data


def _too_big(name: str) -> TooBig:
    return TooBig(
        _("{name}: the file is larger than {limit} MB. It was not read and nothing was taken in. "
          "Save the article's own page, without its pictures.").format(name=name, limit=LIMIT_BYTES // 2**20)
    )  # fmt: skip


def _read_bytes(name: str, data: bytes, zone: tzinfo) -> tuple[Material, ...]:
    if not data.strip(b" \t\r\n\x0b\x0c\x00\xef\xbb\xbf\xff\xfe"):
        raise Empty(_("{name}: the file is empty. Nothing was taken in. Save it again.").format(name=name))
    if kind := _binary(data):
        raise NotText(
            _("{name}: this is a {kind} file, not a page's text. Nothing was taken in. "
              "Open it and save its text as a text file, or save the page as HTML.").format(name=name, kind=kind)
        )  # fmt: skip
    archive = page_of_archive(data)
    decoded = decode(archive if archive is not None else data)
    if _is_data(decoded.text):
        raise NotText(
            _("{name}: this is no text: it holds characters that no page has. Nothing was taken in. "
              "Save the page as HTML, or its text as a text file.").format(name=name)
        )  # fmt: skip
    reader = read_page if archive is not None or _is_html(name, decoded.text) else read_text
    material = reader(decoded.text, zone=zone, encoding=decoded.encoding)
    return (_with_broken(material, decoded.broken),)


def _binary(data: bytes) -> str:
    """Name of the format by its first bytes; empty for text."""
    kind = next((name for sign, name in _BINARY if data.startswith(sign)), "")
    if kind == "ZIP":
        return next((name for mark, name in _DOCUMENT.items() if mark in data[:4000]), kind)
    if data.startswith(_SHORT_SIGNS) and b"\0" not in data[:200]:
        return ""
    if not kind and data[4:8] == b"ftyp":
        return "MP4"
    return kind


def _is_data(text: str) -> bool:
    """Whether the characters are those of a program's file: controls by the dozen."""
    sample = text[:_HEAD_CHARACTERS]
    controls = sum((c < " " and c not in "\t\n\f\v\x1a") or "\x7f" <= c <= "\x9f" for c in sample)
    return controls > 3 + len(sample) // 100


def _is_html(name: str, text: str) -> bool:
    """Whether it is a page; if not, it is plain text: XML and JSON are refused here."""
    if _is_json(text):
        raise NotSupported(
            _("{name}: this is JSON, data of a program, and not a saved page. Nothing was taken in. "
              "Save each article's page as HTML or text.").format(name=name)
        )  # fmt: skip
    root = _ROOT.match(text, _first_element(text))
    first, declared = (root[1].lower(), root[2].lower()) if root else ("", "")
    if first in _OF_A_PAGE or (first == "!doctype" and declared == "html"):
        return True
    head = text[:_HEAD_CHARACTERS]
    if first and first not in _OF_A_FRAGMENT:
        _refuse_xml(name, head)
    return len(_HTML_ENDS.findall(head)) > 2


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in {"{", "["}:
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def _first_element(text: str) -> int:
    """Index behind the blanks, comments and processing instructions that a file may begin with."""
    at = 0
    while True:
        found = _NOT_BLANK.search(text, at)
        at = found.start() if found else at
        ending = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else ""
        end = text.find(ending, at) if ending else -1
        if end < 0:
            return at
        at = end + len(ending)


def _refuse_xml(name: str, head: str) -> None:
    if _DTD.search(head):
        raise Unsafe(
            _("{name}: this XML declares a DTD, which may hold entities that fill the memory or read other files. "
              "It was not parsed and nothing was taken in. Export it again without a DTD.").format(name=name)
        )  # fmt: skip
    raise NotSupported(
        _("{name}: this is XML, a feed or an export, and not a saved page. Nothing was taken in. "
          "Save each article's page as HTML or text.").format(name=name)
    )  # fmt: skip


def _with_broken(material: Material, broken: int) -> Material:
    if not broken:
        return material
    from_bytes = LeftOut(
        None,
        ngettext("{count} byte", "{count} bytes", broken).format(count=broken),
        _("They are no characters in {encoding}; � stands for them.").format(encoding=material.encoding),
    )
    return replace(material, left_out=(from_bytes, *material.left_out))
