"""Memory is bounded, and what is read again stays."""

from __future__ import annotations

import threading

from warraq.front.answers import Answer
from warraq.front.cache import OVERHEAD, SHARE, Cache
from warraq.front.copies import Copy

SIZE = 20 * (OVERHEAD + 1000)


def page(length: int = 1000) -> Copy:
    return Copy((1, length, 1), Answer("200 OK", [], b"x" * length), Answer("304 Not Modified", []), '"x"', False)


def held(cache: Cache, names: range) -> list[int]:
    return [number for number in names if cache.get(str(number)) is not None]


def test_no_more_is_kept_than_there_is_room_for() -> None:
    cache = Cache(SIZE)
    for number in range(100):
        cache.put(str(number), page())
    assert held(cache, range(100)) == list(range(80, 100))


def test_a_page_that_is_asked_for_outlives_those_that_are_not() -> None:
    cache = Cache(SIZE)
    for number in range(100):
        cache.put(str(number), page())
        cache.get("3")
    assert 3 in held(cache, range(100))


def test_a_page_put_again_takes_its_room_once() -> None:
    cache = Cache(SIZE)
    for _ in range(500):
        cache.put("news", page())
    for number in range(19):
        cache.put(str(number), page())
    assert cache.get("news") is not None
    assert len(held(cache, range(19))) == 19


def test_a_very_large_page_is_not_kept_and_drives_none_out() -> None:
    cache = Cache(SIZE)
    cache.put("small", page())
    cache.put("large", page(SIZE // SHARE))
    assert cache.get("large") is None
    assert cache.get("small") is not None


def test_what_is_dropped_gives_its_room_back() -> None:
    cache = Cache(SIZE)
    for number in range(20):
        cache.put(str(number), page())
        cache.drop(str(number))
        cache.drop(str(number))
    for number in range(20):
        cache.put(str(number), page())
    assert len(held(cache, range(20))) == 20


def test_many_threads_keep_it_in_bounds() -> None:
    cache = Cache(SIZE)

    def churn(start: int) -> None:
        for number in range(start, start + 2000):
            cache.put(str(number % 300), page(number % 900))
            cache.get(str(number % 7))
            cache.drop(str(number % 11))

    threads = [threading.Thread(target=churn, args=(start,)) for start in range(0, 400, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [cache.get(str(number)) for number in range(300)]
    assert sum(len(copy.whole.body) + OVERHEAD for copy in kept if copy) <= SIZE
