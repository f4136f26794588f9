"""A pressroom and two further fronts, as processes, with a server between them or with files carried by hand: whatever
is killed meanwhile, each acknowledged read is counted once and each comment is there once."""

from __future__ import annotations

import http.client
import itertools
import os
import random
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.papers import demo, paper
from tests.processes import BROWSER, eventually, fetch, free_ports, lines_until, refusal, running
from tests.valkey import PASSWORD, valkey
from warraq.operations import locks

__all__ = ["demo", "paper", "valkey"]
SECONDS = 12
PROXY = {"WARRAQ_FRONT__TRUSTED_PROXIES": "127.0.0.1", "WARRAQ_FRONTS__INTERVAL_SECONDS": "0.2"}


def further(paper: Path, folder: Path) -> Path:
    """What docs/operating.md says that a further front needs."""
    folder.mkdir()
    (folder / "warraq.toml").write_text("")
    shutil.copytree(paper / "pressed", folder / "pressed", ignore=shutil.ignore_patterns(".changes"))
    shutil.copytree(paper / "index", folder / "index")
    return folder


def rows(paper: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{paper}/database/paper.sqlite3?mode=ro", uri=True, timeout=20)) as database:
        return database.execute(query).fetchall()


def counted(paper: Path) -> int:
    return int(str(rows(paper, "SELECT coalesce(sum(count), 0) FROM warraq_readership_readhour")[0][0]))


def repeats(paper: Path) -> int:
    query = "SELECT coalesce(sum(count), 0) FROM warraq_readership_setaside WHERE reason = 'repeat'"
    return int(str(rows(paper, query)[0][0]))


def kept(paper: Path, texts: list[str]) -> list[str]:
    """Those comments that are among these, sorted."""
    return sorted(str(row[0]) for row in rows(paper, "SELECT text FROM warraq_comments_comment") if row[0] in texts)


def post(port: int, path: str, fields: dict[str, object], *, reader: int) -> int:
    """The status of what a reader sends, each from a network of their own."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        headers = {
            "User-Agent": BROWSER,
            "X-Forwarded-For": f"10.{reader >> 16 & 255}.{reader >> 8 & 255}.{reader & 255}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request("POST", path, urlencode(fields), headers)
        return line.getresponse().status
    finally:
        line.close()


class Readers(threading.Thread):
    """Readers of one front, who send until they are told to stop. `reads` and `comments` were acknowledged."""

    def __init__(self, port: int, articles: list[int], first: int) -> None:
        super().__init__(daemon=True)
        self._port, self._articles, self._numbers = port, articles, itertools.count(first)
        self._stop_ = threading.Event()
        self.reads = 0
        self.comments: list[str] = []

    def run(self) -> None:
        while not self._stop_.wait(0.005):
            number = next(self._numbers)
            article = self._articles[number % len(self._articles)]
            self.reads += post(self._port, "/_/read", {"id": article}, reader=number) == 204
            if number % 50 == 0:
                text = f"تعليق {self._port} {number}"
                fields = {"article": article, "name": "قارئ", "text": text}
                if post(self._port, "/_/comment", fields, reader=number) == 303:
                    self.comments.append(text)

    def stop(self) -> None:
        self._stop_.set()
        self.join(20)


class Newspaper:
    """The pressroom on `folder`, and further fronts; parts may be killed, and come again."""

    def __init__(self, folder: Path, fronts: list[Path], **settings: str) -> None:
        self.folder, self.fronts = folder, fronts
        self.settings = {**PROXY, **settings}
        self.ports = free_ports(len(fronts))
        self._stack = ExitStack()
        self._pressroom: ExitStack | None = None

    def __enter__(self) -> Newspaper:
        for front, port in zip(self.fronts, self.ports, strict=True):
            process = self._stack.enter_context(running("front", "--paper", front, "--port", port, **self.settings))
            lines_until(process, lambda lines: sum("127.0.0.1" in x or "at work" in x for x in lines) == 2)
        self.start_pressroom()
        return self

    def start_pressroom(self) -> None:
        self._pressroom = ExitStack()
        self._pressroom.enter_context(running("serve", "--only", "pressroom", "--paper", self.folder, **self.settings))

    def kill_pressroom(self) -> None:
        assert self._pressroom is not None
        kill(self.folder, "pressroom")
        self._pressroom.close()
        self.start_pressroom()

    def __exit__(self, *_error: object) -> None:
        self._stack.close()
        if self._pressroom is not None:
            self._pressroom.close()


def kill(folder: Path, part: str) -> None:
    pid = locks.holder(folder / "run", part).pid
    if pid and locks.is_held(folder / "run", part):
        os.kill(pid, signal.SIGKILL)


def play(newspaper: Newspaper, carry: Callable[[], object] = lambda: None) -> None:
    """Readers send while parts are killed; at the end everything is there once."""
    paper, chance = newspaper.folder, random.Random(7)
    articles = [int(str(row[0])) for row in rows(paper, "SELECT page_ptr_id FROM newsroom_article")][:20]
    before, told = counted(paper), repeats(paper)
    readers = [Readers(port, articles, 1 + nth * 1_000_000) for nth, port in enumerate(newspaper.ports)]
    for one in readers:
        one.start()
    ends, kills, at_last = time.monotonic() + SECONDS, 0, before
    while time.monotonic() < ends:
        carry()
        time.sleep(chance.uniform(0.1, 1.2))
        kill(chance.choice(newspaper.fronts), "shipper")
        kills += 1
        if counted(paper) > at_last:  # it has worked since it was killed last
            newspaper.kill_pressroom()
            at_last = counted(paper)
    for one in readers:
        one.stop()
    sent = sum(one.reads for one in readers)
    texts = sorted(text for one in readers for text in one.comments)
    assert sent > 200
    assert len(texts) > 2

    def is_all_there() -> bool:
        carry()
        return counted(paper) - before >= sent and len(kept(paper, texts)) >= len(texts)

    eventually(is_all_there, 90)
    time.sleep(2)  # what would come twice comes now
    carry()
    time.sleep(2)
    assert kept(paper, texts) == texts
    assert counted(paper) - before == sent
    assert repeats(paper) == told  # what is taken in twice would be told as a repeat
    assert kills > 5


@pytest.fixture
def fronts(paper: Path, tmp_path: Path) -> list[Path]:
    return [further(paper, tmp_path / name) for name in ("west", "east")]


def test_two_fronts_and_a_server_between(paper, fronts, valkey):
    with Newspaper(paper, fronts, WARRAQ_FRONTS__STREAM=valkey.url) as newspaper:
        play(newspaper)
        before, told = counted(paper), repeats(paper)
        article = int(str(rows(paper, "SELECT page_ptr_id FROM newsroom_article")[0][0]))
        for port in newspaper.ports:  # one reader on both: the day's salt is the same
            assert post(port, "/_/read", {"id": article}, reader=9_000_000) == 204
        eventually(lambda: repeats(paper) == told + 1, 20)
        assert counted(paper) == before + 1
        eventually(lambda: not [file for folder in fronts for file in (folder / "spool").rglob("*.parcel")], 20)


def test_two_fronts_and_a_server_that_forgets(paper, fronts, valkey):
    def forget() -> None:
        if time.monotonic() > next_at[0]:
            valkey.kill()
            time.sleep(0.5)
            valkey.start()
            next_at[0] = time.monotonic() + 4

    next_at = [time.monotonic() + 3]
    with Newspaper(paper, fronts, WARRAQ_FRONTS__STREAM=valkey.url) as newspaper:
        play(newspaper, forget)


def test_two_fronts_and_files_carried_by_hand(paper, fronts, tmp_path):
    chance, all_of = random.Random(5), tmp_path / "all"
    for kind in ("reads", "comments"):
        (all_of / kind).mkdir(parents=True)

    def carry() -> None:
        """In any order, some twice, as rsync leaves them: under another name until they are whole."""
        for folder in fronts:
            for kind in ("reads", "comments"):
                there = sorted((folder / "spool" / "outbox" / kind).glob("*.parcel"))
                chance.shuffle(there)
                inbox = paper / "spool" / "inbox" / kind
                inbox.mkdir(parents=True, exist_ok=True)
                for file in there:
                    aside = inbox / f".{file.name}.Xy12Zw"
                    shutil.copyfile(file, aside)
                    shutil.copyfile(file, all_of / kind / file.name)
                    aside.rename(inbox / file.name)
                    if chance.random() < 0.8:
                        file.unlink()

    with Newspaper(paper, fronts) as newspaper:
        play(newspaper, carry)
        before, told = counted(paper), repeats(paper)
        # All of them once more; the pressroom may take each away at once.
        shutil.copytree(all_of, paper / "spool" / "inbox", dirs_exist_ok=True, copy_function=shutil.copyfile)
        eventually(lambda: not list((paper / "spool" / "inbox").rglob("*.parcel")))
        assert (counted(paper), repeats(paper)) == (before, told)


def test_a_front_and_a_pressroom_never_share_a_folder(paper, tmp_path):
    port = free_ports(1)[0]
    assert "pressroom" in refusal("front", "--paper", paper, "--port", port)
    front = further(paper, tmp_path / "front")
    with running("front", "--paper", front, "--port", port) as process:
        lines_until(process, lambda lines: sum("127.0.0.1" in x or "at work" in x for x in lines) == 2)
        eventually(lambda: list((front / "spool" / "outbox").glob("*/state")))
        assert "already" in refusal("front", "--paper", front, "--port", free_ports(1)[0])
    for only in ([], ["--only", "pressroom"]):
        newsroom, readers = free_ports(2)
        words = ["--paper", front, "--newsroom-port", newsroom, "--port", readers]
        assert "warraq front" in refusal("serve", *only, *words)


def test_a_further_front_takes_up_new_settings(paper, tmp_path):
    front, port = further(paper, tmp_path / "front"), free_ports(1)[0]
    with running("front", "--paper", front, "--port", port) as process:
        lines_until(process, lambda lines: sum("127.0.0.1" in x or "at work" in x for x in lines) == 2)
        shipper = locks.holder(front / "run", "shipper").pid
        (front / "warraq.toml").write_text("[fronts]\ninterval_seconds = 1\n")
        process.send_signal(signal.SIGHUP)
        lines_until(process, lambda lines: sum("127.0.0.1" in x or "at work" in x for x in lines) == 2)
        assert locks.holder(front / "run", "shipper").pid not in {shipper, 0}
        assert fetch(f"http://127.0.0.1:{port}/_/health")[0] == 200


def test_the_password_of_the_server_is_never_told(paper, tmp_path):
    front, (port, nobody) = further(paper, tmp_path / "front"), free_ports(2)
    url = f"redis://:{PASSWORD}@127.0.0.1:{nobody}/0"
    with running("front", "--paper", front, "--port", port, WARRAQ_FRONTS__STREAM=url) as process:
        lines = lines_until(process, lambda lines: sum("does not answer" in line for line in lines) > 2)
        eventually(lambda: fetch(f"http://127.0.0.1:{port}/_/health")[0] == 200)
        assert post(port, "/_/read", {"id": 1}, reader=1) == 204  # readers are served all the same
    text = "\n".join(lines) + refusal("front", "--paper", front, WARRAQ_FRONTS__STREAM=url.replace(f":{nobody}", ":x"))
    for secret in (PASSWORD, PASSWORD.replace("%2F", "/")):
        assert secret not in text
