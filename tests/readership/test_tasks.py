"""Reads come in from the spool once each, whenever the taking in is cut short."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum
from django.utils import timezone

from tests.readership.conftest import record
from warraq.newsroom.models import Ranking
from warraq.newsroom.rankings.services import rank_all
from warraq.readership import standings, tasks
from warraq.readership.models import ReadHour, RecentVisit, SetAside, SpoolCursor
from warraq.spool import SpoolReader, parcels
from warraq.spool.parcels import Label
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
    send(*(record(article, f"v{number}", n=f"n{number}") for number in range(20)))
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


def test_a_late_fronts_repeats_are_told_as_those_of_others_are(make_article, send, settings):
    """It read three hours ago, its parcels come one by one, and much is taken in between."""
    article, now = make_article(), timezone.now()
    for number, minutes in ((1, 180), (2, 170)):
        at = now - timedelta(minutes=minutes)
        label = Label(settings.WARRAQ_SPOOL_PAPER, "reads", "web-2-0123456789ab", number, int(at.timestamp() * 1000))
        file = settings.WARRAQ_SPOOL / "inbox" / "reads" / parcels.file_name(label.front, number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(parcels.pack(label, [record(article, "late", at)]))
        send(record(article, f"own {number}"))
        take_in_all()
    assert counted() == 3
    assert SetAside.objects.get().reason == "repeat"


def test_visits_of_a_late_front_are_forgotten_once_all_of_it_is_here(make_article, send, settings):
    article, now = make_article(), timezone.now()
    for number, complete in ((1, now - timedelta(hours=3)), (2, now)):
        label = Label(
            settings.WARRAQ_SPOOL_PAPER, "reads", "web-2-0123456789ab", number, int(complete.timestamp() * 1000)
        )
        file = settings.WARRAQ_SPOOL / "inbox" / "reads" / parcels.file_name(label.front, number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(parcels.pack(label, [record(article, f"v{number}", now - timedelta(hours=2.9 - number))]))
        take_in_all()
        assert RecentVisit.objects.count() == (1 if number == 1 else 0)
