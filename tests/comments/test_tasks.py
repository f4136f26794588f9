"""Comments come in from the spool once each, whatever is in it and whenever the taking in is cut short."""

from __future__ import annotations

import pytest

from tests.comments.conftest import record
from warraq.comments import tasks
from warraq.comments.models import Comment, SpoolCursor, State
from warraq.spool import SpoolReader

pytestmark = pytest.mark.django_db


def take_in_all() -> int:
    total = 0
    while taken := tasks.take_in():
        total += taken
    return total


def test_a_spooled_comment_waits_for_a_moderator(make_article, send):
    article = make_article()
    send(record(article, "قالَ الوَرّاقُ: ١٢ كِتابًا\n\nوانصرف", name="بنت اليمن"))
    assert tasks.take_in() == 1
    comment = Comment.objects.get()
    assert (comment.article_id, comment.name, comment.state) == (article.pk, "بنت اليمن", State.PENDING)
    assert comment.text == "قالَ الوَرّاقُ: ١٢ كِتابًا\n\nوانصرف"


def test_an_empty_spool_takes_nothing_in(front_page):
    assert tasks.take_in() == 0


def test_segments_that_are_taken_in_are_removed_with_their_cursors(make_article, send, settings):
    article = make_article()
    assert len(send(*(record(article) for _ in range(30)), segment_bytes=600)) > 5
    assert take_in_all() == 30
    assert list((settings.WARRAQ_SPOOL / "comments").glob("*.log")) == []
    assert not SpoolCursor.objects.exists()


def test_batches_go_on_where_the_last_one_ended(make_article, send, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 7)
    article = make_article()
    send(*(record(article, f"تعليق {number}") for number in range(20)))
    assert [tasks.take_in() for _ in range(4)] == [7, 7, 6, 0]
    assert sorted(Comment.objects.values_list("text", flat=True)) == sorted(f"تعليق {number}" for number in range(20))


def test_killed_before_its_segments_were_removed_it_takes_nothing_twice(make_article, send, monkeypatch):
    send(record(make_article()))
    monkeypatch.setattr(SpoolReader, "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        tasks.take_in()
    monkeypatch.undo()
    assert take_in_all() == 0
    assert Comment.objects.count() == 1
    assert not SpoolCursor.objects.exists()


def test_killed_before_the_end_of_its_transaction_it_takes_everything_again(make_article, send, monkeypatch):
    send(record(make_article()))
    monkeypatch.setattr(SpoolCursor.objects, "bulk_create", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        tasks.take_in()
    monkeypatch.undo()
    assert Comment.objects.count() == 0
    assert take_in_all() == 1
    assert Comment.objects.count() == 1


def test_a_record_that_comes_twice_is_one_comment(make_article, send):
    same = record(make_article())
    send(same, same)
    take_in_all()
    send(same)
    take_in_all()
    assert Comment.objects.count() == 1


def test_a_bad_record_does_not_hold_up_the_others(make_article, send):
    article = make_article()
    send(
        b"\xff{",
        record(article, "الأول"),
        b"[]",
        record(10**40),
        record(2**31),
        record(article, "الثاني", parent=10**30),
    )
    assert take_in_all() == 6
    assert set(Comment.objects.filter(state=State.PENDING).values_list("text", flat=True)) == {"الأول", "الثاني"}


def test_a_damaged_segment_gives_its_sound_records_and_is_put_aside(make_article, send, settings):
    article = make_article()
    (segment,) = send(record(article, "قبل العطب"), record(article, "فيه"), record(article, "بعده"))
    data = bytearray(segment.read_bytes())
    data[data.index("فيه".encode())] ^= 0xFF
    segment.write_bytes(bytes(data) + b"garbage at the end")
    take_in_all()
    assert set(Comment.objects.values_list("text", flat=True)) == {"قبل العطب", "بعده"}
    assert [file.suffix for file in (settings.WARRAQ_SPOOL / "comments").iterdir()] == [".damaged"]
