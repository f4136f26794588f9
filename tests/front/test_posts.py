"""Who sends is the connection, or whom a trusted proxy names; bodies are bounded; waiting places are few."""

from __future__ import annotations

import io
import ipaddress

import pytest

from warraq.front import posts
from warraq.front.errors import Refusal
from warraq.front.posts import Gate, Senders


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "address"),
    [
        ((), "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (("10.0.0.1",), "192.0.2.7", "203.0.113.9", "192.0.2.7"),
        (("10.0.0.1",), "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (("10.0.0.1",), "10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (("10.0.0.0/8",), "10.0.0.1", "198.51.100.1, 203.0.113.9,10.9.9.9", "203.0.113.9"),
        (("10.0.0.1",), "10.0.0.1", "", "10.0.0.1"),
        (("10.0.0.1",), "10.0.0.1", "203.0.113.9, nonsense", "10.0.0.1"),
        (("10.0.0.1",), "::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
        (("127.0.0.1",), "", "2001:db8::1", "2001:db8::1"),
        ((), "", "2001:db8::1", "None"),
    ],
)
def test_the_sender(trusted: tuple[str, ...], remote: str, forwarded: str, address: str) -> None:
    environ = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
    assert str(Senders(trusted).address(environ)) == address


def body_of(data: bytes, **environ: str) -> bytes:
    given = {"wsgi.input": io.BytesIO(data), "CONTENT_LENGTH": str(len(data)), **environ}
    return posts.body(given, most_bytes=10)


def test_a_body_is_read_to_its_length() -> None:
    assert body_of("قهوة".encode()) == "قهوة".encode()
    assert body_of(b"", CONTENT_LENGTH="") == b""
    assert body_of(b"1234567890", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked") == b"1234567890"


@pytest.mark.parametrize(
    ("data", "environ", "status"),
    [
        (b"x" * 11, {}, "413"),
        (b"", {"CONTENT_LENGTH": "1" + "0" * 17}, "413"),
        (b"x" * 11, {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, "413"),
        (b"broken", {"CONTENT_LENGTH": "9"}, "400"),
        (b"", {"CONTENT_LENGTH": "-1"}, "400"),
        (b"", {"CONTENT_LENGTH": "9" * 5000}, "400"),
    ],
)
def test_a_body_out_of_bounds_is_refused(data: bytes, environ: dict[str, str], status: str) -> None:
    with pytest.raises(Refusal) as refusal:
        body_of(data, **environ)
    assert refusal.value.status.startswith(status)


def test_a_form_gives_the_first_of_each_field() -> None:
    assert posts.fields("name=سالم&text=%D9%82+%0A&name=x&empty=".encode()) == {
        "name": "سالم",
        "text": "ق \n",
        "empty": "",
    }


@pytest.mark.parametrize("data", [b"text=%FF", b"text=\xff", b"&".join(b"a%d=1" % n for n in range(30))])
def test_a_form_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        posts.fields(data)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("9" * 18, int("9" * 18)),
        ("", None),
        ("0", None),
        ("012", None),
        ("١٢", None),
        ("1_0", None),
        ("²", None),
    ],
)
def test_a_number_is_plain_digits(text: str, number: int | None) -> None:
    assert posts.number(text) == number


def test_a_gate_has_so_many_places_and_so_many_for_one_network() -> None:
    gate = Gate(3, 2)
    near, neighbour, far, further = map(ipaddress.ip_address, ("192.0.2.1", "192.0.2.2", "198.51.100.1", "2001:db8::1"))
    with gate.enter(near), gate.enter(neighbour):
        with pytest.raises(Refusal), gate.enter(near):
            pass
        with gate.enter(far), pytest.raises(Refusal), gate.enter(further):
            pass
    with pytest.raises(ZeroDivisionError), gate.enter(near):
        _ = 1 / 0
    with gate.enter(near), gate.enter(near), gate.enter(None):
        pass
