"""Every answer carries the same strict headers; none sets a cookie."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from tests.front.conftest import Paper, Reply, ask
from warraq.front.app import Front, build

EXPECTED = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types paper",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
REQUESTS = {
    "page": {"path": "/news/12/"},
    "unchanged": {"path": "/news/12/", "HTTP_IF_NONE_MATCH": "*"},
    "gone": {"path": "/news/66/"},
    "moved": {"path": "/culture/9/"},
    "spelling": {"path": "/News/12"},
    "missing": {"path": "/nope/"},
    "method": {"path": "/", "method": "PUT"},
    "host": {"path": "/", "HTTP_HOST": "a,b"},
    "health": {"path": "/_/health"},
    "fragment": {"path": "/_/ranking/read/day.html"},
    "search": {"path": "/search/", "query": "q=قهوة"},
    "read": {"path": "/_/read", "method": "POST", "query": "id=12"},
    "no read": {"path": "/_/read", "method": "POST", "query": "id=x"},
    "not a read": {"path": "/_/read"},
    "no comment": {"path": "/_/comment", "method": "POST"},
    "received": {"path": "/_/comment-received.html"},
}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_answer_is_strict(front: Front, name: str) -> None:
    reply = ask(front, **REQUESTS[name])
    assert {key: reply.headers.get(key) for key in EXPECTED} == EXPECTED
    assert "set-cookie" not in reply.headers
    assert "cache-control" in reply.headers
    if reply.body:
        assert reply.headers["content-length"] == str(len(reply.body))
        assert reply.headers["content-type"]


def test_pictures_may_be_shown_by_feed_readers_on_other_sites(get: Callable[..., Reply]) -> None:
    assert get("/_/media/ab12cd-640.webp").headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_paper_served_over_tls_asks_to_be_served_so_for_ever(paper: Paper) -> None:
    secure = build(dataclasses.replace(paper.settings, origin="https://paper.example"))
    assert ask(secure, "/").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in ask(build(paper.settings), "/").headers


def test_what_is_not_compressed_does_not_vary(get: Callable[..., Reply]) -> None:
    assert "vary" not in get("/_/media/ab12cd-640.webp").headers
    assert get("/robots.txt").headers["vary"] == "accept-encoding"
