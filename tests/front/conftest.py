"""A pressed folder of a few Arabic pages, and a front on it that is asked through WSGI."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli
import pytest

from warraq.front.app import Front, build
from warraq.front.settings import FrontSettings
from warraq.language import messages
from warraq.press import layout
from warraq.spool import SpoolReader

ARTICLE = ("<!doctype html><html lang=ar dir=rtl><title>قهوة المخا</title><p>" + "قالَ الوَرّاقُ ١٢ كتابًا. " * 60).encode()
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
LONG_AGO = 1_700_000_000


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Paper:
    """A paper's folder as the front sees it."""

    folder: Path
    settings: FrontSettings = field(init=False)

    def __post_init__(self) -> None:
        places = (self.folder / name for name in ("pressed", "spool", "index"))
        self.settings = FrontSettings(*places, language="en")

    def press(
        self,
        path: str,
        body: bytes,
        *,
        tree: str = layout.PAGES,
        packed: bool = True,
        old: bool = True,
        is_told: bool = True,
    ) -> Path:
        """Put a page the way the press does: aside, then renamed, then told; `old` enough to be kept in memory."""
        file = layout.file_of(self.settings.pressed / tree, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        forms = {"": body}
        if packed and layout.suffix_of(path) in layout.COMPRESSIBLE:
            forms = {".br": brotli.compress(body, quality=1), ".gz": gzip.compress(body, mtime=0), "": body}
        stamp = LONG_AGO * 10**9 if old else time.time_ns()
        for suffix, data in forms.items():
            aside = file.with_name(file.name + ".new")
            aside.write_bytes(data)
            os.utime(aside, ns=(stamp, stamp))
            aside.rename(file.with_name(file.name + suffix))
        if is_told:
            self.tell()
        return file

    def tell(self) -> None:
        """That something changed in the tree. Never cuts the file short: the front shares its memory."""
        handle = os.open(self.settings.pressed / layout.CHANGES, os.O_WRONLY | os.O_CREAT)
        os.pwrite(handle, os.urandom(layout.CHANGES_BYTES), 0)
        os.close(handle)

    def spooled(self, kind: str) -> list[dict[str, Any]]:
        return [json.loads(record) for record in SpoolReader(self.settings.spool / kind).read({}, limit=1000).records]


def ask(front: Front, path: str, *, method: str = "GET", query: str = "", body: bytes = b"", **environ: str) -> Reply:
    """One request; `environ` on top of a browser's."""
    given = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "paper.example",
        "HTTP_USER_AGENT": BROWSER,
        "wsgi.input": io.BytesIO(body),
        **({"CONTENT_LENGTH": str(len(body))} if body else {}),
        **environ,
    }
    got: list[Any] = []
    chunks = front(given, lambda status, headers: got.extend([status, headers]))
    status, headers = got
    names = [name for name, _value in headers]
    assert len(set(names)) == len(names), names
    return Reply(int(status[:3]), dict(headers), b"".join(chunks))


@pytest.fixture(autouse=True)
def _language(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a front speaks is its process's language: leave the one that was."""
    monkeypatch.setattr(messages, "_catalogue", messages._catalogue)


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    made = Paper(tmp_path)
    made.press("/", "<title>الواجهة</title>".encode() * 30)
    made.press("/news/12/", ARTICLE)
    made.press("/robots.txt", b"User-agent: *\n" * 30)
    made.press("/_/static/paper.0123456789.css", b"body{color:#111}" * 30)
    made.press("/_/media/ab12cd-640.webp", b"RIFF" + bytes(500))
    made.press("/_/ranking/read/day.html", "<ol><li>الأكثر قراءة</li></ol>".encode() * 20)
    made.press("/culture/9/", b"/news/12/\n", tree=layout.MOVED, packed=False)
    made.press("/news/66/", "سُحب هذا الخبر".encode() * 40, tree=layout.GONE)
    made.press(layout.ERROR_404, "لا صفحة هنا".encode() * 40)
    return made


@pytest.fixture
def front(paper: Paper) -> Front:
    return build(paper.settings)


@pytest.fixture
def get(front: Front) -> Callable[..., Reply]:
    return lambda path, **environ: ask(front, path, **environ)
