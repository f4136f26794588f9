"""Parcels go by a real server's streams: each is taken in once, whoever is killed and whatever the server forgets."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.spool.kept import PAPER, Room, outbox, written
from tests.valkey import PASSWORD, Server, valkey
from warraq.spool import parcels
from warraq.spool.errors import StreamAway
from warraq.spool.inbox import NUMBER, Inbox
from warraq.spool.outbox import Outbox
from warraq.spool.shipping import Sender, fetch
from warraq.spool.stream import WINDOW, Stream, connect

__all__ = ["valkey"]


class Front:
    """A further front's spool, with a shipper that may be killed at any time."""

    def __init__(self, spools: Path, server: Server) -> None:
        self.spools = spools
        self._server = server
        self.start()

    def start(self) -> None:
        self.outbox: Outbox = outbox(self.spools)
        self.sender = Sender(self.outbox, Stream(self._server.url, paper=PAPER))

    def write(self, *what: bytes) -> None:
        written(self.spools, what)

    def step(self) -> None:
        if self.sender.look():
            self.outbox.pack()
        self.sender.send()

    @property
    def key(self) -> str:
        return f"warraq:{PAPER}:reads:{self.outbox.state.front}"


class Press:
    def __init__(self, spools: Path, server: Server) -> None:
        self.spools = spools
        self.room = Room()
        self._stream = Stream(server.url, paper=PAPER)

    def fetch(self) -> int:
        return fetch(Inbox(self.spools, "reads", paper=PAPER), self._stream, self.room.load())

    def step(self) -> None:
        self.fetch()
        self.room.take_in_all(self.spools)
        self.fetch()


@pytest.fixture
def front(tmp_path, valkey) -> Front:
    return Front(tmp_path / "front", valkey)


@pytest.fixture
def press(tmp_path, valkey) -> Press:
    return Press(tmp_path / "press", valkey)


def test_what_fronts_send_arrives_once_and_in_order(tmp_path, valkey, front, press):
    other = Front(tmp_path / "other", valkey)
    for number in range(40):
        (front if number % 2 else other).write(b"%d" % number)
        front.step()
        other.step()
        if number % 5 == 0:
            press.step()
    press.step()
    assert sorted(press.room.records, key=int) == [b"%d" % number for number in range(40)]
    odd = [one for one in press.room.records if int(one) % 2]
    assert odd == sorted(odd, key=int)


def test_a_parcel_stays_in_the_outbox_until_it_is_kept_elsewhere(front, press):
    front.write(b"a")
    front.step()
    press.fetch()
    front.step()
    assert front.outbox.waiting() == [1]
    press.step()
    front.step()
    assert front.outbox.waiting() == []
    assert valkey_length(front) == 0


def valkey_length(front: Front) -> int:
    return int(front._server.ask("XLEN", front.key))


@pytest.mark.parametrize("moment", ["before", "fetched", "kept", "confirmed"])
def test_a_server_that_forgot_everything_is_given_it_again(valkey, front, press, moment):
    for record in (b"a", b"b", b"c"):
        front.write(record)
        front.step()
    if moment == "fetched":
        press.fetch()
    elif moment == "kept":
        press.fetch()
        press.room.take_in_all(press.spools)
    elif moment == "confirmed":
        press.step()
    valkey.kill()
    front.write(b"d")
    with pytest.raises(StreamAway):
        front.step()
    with pytest.raises(StreamAway):
        press.fetch()
    valkey.start()
    for _ in range(3):
        front.step()
        press.step()
    assert press.room.records == [b"a", b"b", b"c", b"d"]
    front.step()
    assert front.outbox.waiting() == []


def test_a_shipper_that_is_started_anew_sends_nothing_twice(front, press):
    for record in (b"a", b"b", b"c"):
        front.write(record)
        front.step()
        front.start()
        press.fetch()
    for _ in range(2):
        press.step()
        front.start()
        front.step()
    assert press.room.records == [b"a", b"b", b"c"]
    assert front.outbox.waiting() == []


def test_a_pressroom_that_died_after_its_commit_confirms_later(front, press):
    front.write(b"a")
    front.step()
    press.fetch()
    press.room.dies = "after"
    with pytest.raises(KeyboardInterrupt):
        press.room.take_in(press.spools)
    press.room.dies = ""
    press.step()
    front.step()
    assert press.room.records == [b"a"]
    assert front.outbox.waiting() == []


def test_no_more_than_a_window_waits_and_the_spool_holds_the_rest(front, press):
    for number in range(WINDOW + 10):
        front.write(b"%d" % number)
        front.step()
    assert valkey_length(front) == WINDOW == len(front.outbox.waiting())
    for _ in range(20):
        press.step()
        front.step()
    assert press.room.records == [b"%d" % number for number in range(WINDOW + 10)]


def test_without_a_server_nothing_is_packed_and_nothing_lost(valkey, front, press):
    valkey.kill()
    for record in (b"a", b"b"):
        front.write(record)
        with pytest.raises(StreamAway):
            front.step()
    assert front.outbox.waiting() == []
    valkey.start()
    front.step()
    press.step()
    assert press.room.records == [b"a", b"b"]


@pytest.mark.parametrize("ident", ["1-1", "5-0", "9000000000000-0"])
def test_a_strangers_entry_is_put_aside_and_what_it_displaced_is_sent_again(valkey, front, press, ident):
    front.write(b"a")
    valkey.ask("XADD", front.key, ident, "parcel", b"strange")
    for record in (b"b", b"c"):
        _step_somehow(front)
        press.step()
        front.write(record)
    for _ in range(4):
        _step_somehow(front)
        press.step()
    assert press.room.records == [b"a", b"b", b"c"]


def _step_somehow(front: Front) -> None:
    try:
        front.step()
    except StreamAway:
        front.step()


@pytest.mark.parametrize("field", ["parcel", "x"])
def test_a_damaged_parcel_is_put_aside_and_sent_again(valkey, tmp_path, front, press, field, caplog):
    other = Front(tmp_path / "other", valkey)
    front.write(b"a")
    front.step()
    valkey.ask("XDEL", front.key, "1-0")
    valkey.ask("DEL", front.key)
    valkey.ask("XADD", front.key, "1-0", field, b"damaged")
    other.write(b"b")
    other.step()
    press.step()
    assert press.room.records == [b"b"]
    assert len(Inbox(press.spools, "reads", paper=PAPER).aside()) == 1
    front.step()
    press.step()
    assert press.room.records == [b"b", b"a"]


def test_another_papers_parcel_is_no_parcel_of_ours(valkey, tmp_path, press):
    foreign = Outbox(tmp_path / "foreign", "reads", paper="another")
    written(tmp_path / "foreign", [b"x"])
    foreign.pack()
    name = foreign.state.front
    valkey.ask("ZADD", f"warraq:{PAPER}:reads:fronts", 2**33, name)
    valkey.ask("XADD", f"warraq:{PAPER}:reads:{name}", "1-0", "parcel", foreign.data(1))
    press.step()
    assert press.room.records == []


def test_names_that_are_no_fronts_are_not_asked_for(valkey, front, press):
    for name in ("../../x", "", "x" * 500, b"\xff"):
        valkey.ask("ZADD", f"warraq:{PAPER}:reads:fronts", 2**33, name)
    valkey.ask("HSET", f"warraq:{PAPER}:reads:confirmed", "../../x", "7")
    front.write(b"a")
    front.step()
    press.step()
    assert press.room.records == [b"a"]


def test_a_confirmation_of_what_was_never_sent_makes_another_front(valkey, front, press):
    front.write(b"a")
    front.step()
    old = front.outbox.state.front
    valkey.ask("HSET", f"warraq:{PAPER}:reads:confirmed", old, "100")
    front.write(b"b")
    for _ in range(3):
        front.step()
        press.step()
    assert front.outbox.state.front != old
    assert b"b" in press.room.records
    assert press.room.cursors[NUMBER + front.outbox.state.front] == 1


def test_beyond_a_gap_nothing_is_fetched_again_and_again(front, press):
    for number in range(6):
        front.write(b"%d" % number)
        front.step()
    front._server.ask("XDEL", front.key, "1-0")
    assert [press.fetch() for _ in range(3)] == [4, 0, 0]
    press.room.cursors[NUMBER + front.outbox.state.front] = 1  # an operator gives it up
    for _ in range(3):
        press.step()
    assert press.room.records == [b"1", b"2", b"3", b"4", b"5"]


def test_files_and_the_stream_go_together(front, press):
    for record in (b"a", b"b"):
        front.write(record)
        front.step()
    front.outbox.pack()
    inbox = press.spools / "inbox" / "reads"
    inbox.mkdir(parents=True)
    for number in front.outbox.waiting():
        (inbox / parcels.file_name(front.outbox.state.front, number)).write_bytes(front.outbox.data(number) or b"")
    press.step()
    front.step()
    assert press.room.records == [b"a", b"b"]
    assert front.outbox.waiting() == []


def test_no_error_and_no_log_tells_the_password(valkey, front, caplog):
    caplog.set_level(logging.DEBUG)
    secret = PASSWORD.replace("%2F", "/")
    wrong = valkey.url.replace(PASSWORD, "another-" + PASSWORD)
    valkey_said = [
        _refusal(wrong),
        _refusal("redis://:p-%2F-geheim@127.0.0.1:1/0"),
        _refusal(wrong.replace("/0", "/99")),
    ]
    for text in [*valkey_said, caplog.text]:
        assert secret not in text
        assert PASSWORD not in text
        assert "another" not in text


def _refusal(url: str) -> str:
    stream = connect(url, paper=PAPER)
    assert stream is not None
    with pytest.raises(StreamAway) as refused:
        stream.ping()
    assert refused.value.__suppress_context__
    return str(refused.value)


def test_all_agree_on_what_was_offered_first_and_it_ends(valkey):
    first, second = (Stream(valkey.url, paper=PAPER) for _ in range(2))
    assert first.agree("salt:2026-11-28", b"one", seconds=100) == b"one"
    assert second.agree("salt:2026-11-28", b"two", seconds=100) == b"one"
    assert second.agree("salt:2026-11-29", b"two", seconds=100) == b"two"
    assert 0 < valkey.ask("TTL", f"warraq:{PAPER}:salt:2026-11-28") <= 100


def test_no_stream_is_no_stream():
    assert connect("", paper=PAPER) is None


@pytest.mark.parametrize("query", ["socket_timeout=geheim", "geheim=1", "max_connections=x"])
def test_an_address_with_nonsense_behind_it_is_a_server_that_is_away(valkey, query):
    assert "geheim" not in _refusal(f"{valkey.url}?{query}")
