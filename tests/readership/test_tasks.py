"""Reads come in from the spool once each, whenever the taking in is cut short."""

from __future__ import annotations

import pytest
from django.db.models import Sum
from django.utils import timezone

from tests.readership.conftest import record
from warraq.newsroom.models import Ranking
from warraq.newsroom.rankings.services import rank_all
from warraq.readership import standings, tasks
from warraq.readership.models import ReadHour, RecentVisit, SpoolCursor
from warraq.spool import SpoolReader
from warraq.spool.taking import Intake

pytestmark = pytest.mark.django_db


def take_in_all() -> int:
    total = 0
    while taken := tasks.take_in():
        total += taken
    return total


def counted() -> int:
    return ReadHour.objects.aggregate(n=Sum("count"))["n"] or 0


def test_spooled_reads_are_counted_and_ranked(make_article, send):
    article = make_article()
    send(*(record(article, f"v{number}") for number in range(20)))
    assert tasks.take_in() == 20
    assert rank_all(timezone.now())
    assert Ranking.objects.get(kind="read", window="week").items == [[article.pk, 20]]
    assert tasks.take_in() == 0


def test_segments_that_are_taken_in_are_removed_with_their_cursors(make_article, send, settings):
    article = make_article()
    assert len(send(*(record(article, f"v{number}") for number in range(60)), segment_bytes=500)) > 5
    assert take_in_all() == 60
    assert list((settings.WARRAQ_SPOOL / "reads").glob("*.log")) == []
    assert not SpoolCursor.objects.exists()


def test_batches_tell_repeats_across_each_other_and_across_segments(make_article, send, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 4)
    article = make_article()
    send(*(record(article, f"v{number % 5}") for number in range(30)), segment_bytes=400)
    assert take_in_all() == 30
    assert counted() == 5


@pytest.mark.parametrize("moment", ["remove", "_clear", "finished"])
def test_killed_after_its_transaction_it_counts_nothing_twice(make_article, send, monkeypatch, moment):
    article = make_article()
    send(*(record(article, f"v{number}") for number in range(9)))
    victim = Intake if moment == "_clear" else SpoolReader
    monkeypatch.setattr(victim, moment, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        tasks.take_in()
    monkeypatch.undo()
    RecentVisit.objects.all().delete()  # so that no repeat hides a read that is counted twice
    assert take_in_all() == 0
    assert counted() == 9
    assert not SpoolCursor.objects.exists()


@pytest.mark.parametrize("verb", ["take_in_records", "forget"])
def test_killed_within_its_transaction_it_counts_everything_later(make_article, send, monkeypatch, verb):
    article = make_article()
    send(*(record(article, f"v{number}") for number in range(9)))
    real = getattr(tasks, verb)

    def die(**given):
        real(**given)
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, verb, die)
    with pytest.raises(KeyboardInterrupt):
        tasks.take_in()
    monkeypatch.setattr(tasks, verb, real)
    assert counted() == 0
    assert take_in_all() == 9
    assert counted() == 9


def test_another_pressroom_that_was_faster_leaves_nothing_to_count(make_article, send, monkeypatch):
    article = make_article()
    send(record(article))
    read = SpoolReader.read

    def read_slowly(self, cursors, *, limit):
        batch = read(self, cursors, limit=limit)
        if not cursors:
            monkeypatch.setattr(SpoolReader, "read", read)
            tasks.take_in()
        return batch

    monkeypatch.setattr(SpoolReader, "read", read_slowly)
    monkeypatch.setattr(SpoolReader, "finished", lambda *_: ())
    assert tasks.take_in() == 0
    assert counted() == 1


def test_a_damaged_segment_gives_its_sound_reads_and_is_put_aside(make_article, send, settings):
    article = make_article()
    (segment,) = send(record(article, "before"), record(article, "within"), record(article, "after"))
    data = bytearray(segment.read_bytes())
    data[data.index(b"within")] ^= 0xFF
    segment.write_bytes(bytes(data) + b"garbage at the end")
    take_in_all()
    assert counted() == 2
    assert [file.suffix for file in (settings.WARRAQ_SPOOL / "reads").iterdir()] == [".damaged"]


def test_visits_are_forgotten_only_once_nothing_older_waits(make_article, send, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 3)
    forgotten = []
    monkeypatch.setattr(tasks, "forget", lambda **_: forgotten.append(counted()))
    article = make_article()
    send(*(record(article, f"v{number}") for number in range(8)))
    take_in_all()
    assert forgotten == [8]


def test_windows_move_with_the_hour_even_where_nobody_reads(front_page, monkeypatch):
    moved = []
    monkeypatch.setattr(standings, "advance", lambda *, now: moved.append(now))
    assert tasks.take_in() == 0
    assert len(moved) == 1
