"""What is done to a small paper while it is struck: as the newsroom does it, then the press. Runs in `nursery`.

The clock stands still, so that two runs of one scene make the same bytes.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

NOW = datetime(2070, 6, 1, 9, 30, tzinfo=UTC)
"""Far ahead of the clock under which the paper is made: nothing of it lies in the future."""
TARGET, DRAFT = "خبر يُمسّ", "خبر لم يُنشر بعد"


class Clock:
    """Django's clock, standing at `NOW` and some seconds."""

    seconds = 0.0

    def __call__(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)


clock = Clock()


def stop_the_clock() -> None:
    """Before Django is set up: fields take `timezone.now` as their default."""
    from django.utils import timezone

    timezone.now = clock


def furnish() -> None:
    """A paper with two sections, an author, a tag, a picture, five articles and a draft; all pressed."""
    from django.utils import timezone
    from PIL import Image

    from warraq.newsroom import services as newsroom
    from warraq.press import services as press

    news = newsroom.open_section(slug="news", title="أخبار")
    culture = newsroom.open_section(slug="culture", title="ثقافة")
    author = newsroom.add_author(name="أروى")
    picture = BytesIO()
    Image.new("RGB", (320, 200), "teal").save(picture, "JPEG")
    photo = newsroom.add_photo(title="المخا", data=picture.getvalue(), name="mokha.jpg", alt="ميناء المخا")
    for number, headline in enumerate(("القهوة", "المطر", TARGET, "الميناء", "السوق", DRAFT)):
        article = newsroom.write_article(
            section=culture if headline == "السوق" else news,
            headline=headline,
            standfirst="كان البن ينزل من الجبال إلى المخا.",
            body=[("paragraph", f"<p>{headline}: كان البن ينزل من الجبال إلى المخا.</p>" * 4)],
            authors=[author],
            tags=["البن"],
            photo=photo if headline in {TARGET, DRAFT} else None,
        )
        if headline != DRAFT:
            newsroom.publish(article=article, at=timezone.now() - timedelta(hours=20 - number))
    press.press_pending()
    press.press_all()


def _article(headline: str) -> Any:
    from warraq.newsroom.models import Article

    return Article.objects.get(title=headline)


def _publish() -> None:
    from warraq.newsroom import services as newsroom

    newsroom.publish(article=_article(DRAFT))


def _unpublish() -> None:
    from warraq.newsroom import services as newsroom

    newsroom.unpublish(article=_article(TARGET))


def _retract() -> None:
    from warraq.newsroom import services as newsroom

    newsroom.retract(article=_article(TARGET), by=None, reason="لم يصحّ الخبر.")


def _delete() -> None:
    from warraq.newsroom import services as newsroom

    newsroom.delete(article=_article(TARGET))


def _move() -> None:
    from warraq.newsroom import services as newsroom
    from warraq.newsroom.models import Section

    newsroom.move(article=_article(TARGET), section=Section.objects.get(slug="culture"))


def _nothing() -> None:
    """Of `press --all`, which an operator asks for: the newsroom edits nothing."""


EDITS: dict[str, Callable[[], None]] = {
    "publish": _publish,
    "unpublish": _unpublish,
    "retract": _retract,
    "delete": _delete,
    "move": _move,
    "press_all": _nothing,
}
"""What an editor does, by name; each is one request of theirs."""
EDITORS = tuple(name for name in EDITS if name != "press_all")


def run(scene: str, say: Callable[..., None]) -> None:
    """An edit, which is acknowledged once it is committed, and all that the press makes of it."""
    from warraq.press import services as press
    from warraq.press.errors import StoreError

    EDITS[scene]()
    say(acknowledged=True)
    try:
        (press.press_all if scene == "press_all" else press.press_pending)()
    except StoreError as error:
        say(refused=str(error))
        return
    say(done=True)


def edit(scene: str, say: Callable[..., None]) -> None:
    EDITS[scene]()
    say(acknowledged=True)


def step(_scene: str, say: Callable[..., None]) -> None:
    """One step of the press."""
    from warraq.press import selectors
    from warraq.press import services as press

    press.press_pending(limit_steps=1)
    say(waiting=selectors.waiting())


def recover(_scene: str, say: Callable[..., None]) -> None:
    """What a pressroom does that is started again, timed; then whether all is as it should be."""
    from django.db import connection

    from warraq.press import selectors
    from warraq.press import services as press

    started = time.perf_counter()
    press.enqueue_stale()
    press.press_pending()
    seconds = time.perf_counter() - started
    drift = press.verify().drift
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
    say(seconds=seconds, drift=list(drift), waiting=selectors.waiting(), integrity=integrity)


def look(_scene: str, say: Callable[..., None]) -> None:
    """Whether everything is pressed, and if it is, whether it is right."""
    from warraq.press import selectors
    from warraq.press import services as press

    waiting = selectors.waiting()
    say(waiting=waiting, drift=[] if waiting else list(press.verify().drift))


def counts(_scene: str, say: Callable[..., None]) -> None:
    """What was made of the reads that came in; `waiting` says whether some are still in the spool."""
    from django.conf import settings

    from warraq.readership.models import ReadHour, SetAside, SpoolCursor
    from warraq.spool import SpoolReader

    spool = SpoolReader(settings.WARRAQ_SPOOL / "reads")
    waiting = len(spool.read(dict(SpoolCursor.objects.values_list("segment", "position")), limit=1).records)
    counted: Counter[int] = Counter()
    for article, number in ReadHour.objects.values_list("article_id", "count"):
        counted[article] += number
    aside: dict[str, Counter[int]] = {}
    for reason, article, number in SetAside.objects.values_list("reason", "article_id", "count"):
        aside.setdefault(reason, Counter())[article] += number
    taken = counted.total() + sum(one.total() for one in aside.values())
    damaged = [file.name for file in spool.folder.glob("*.damaged")]
    say(waiting=waiting, counted=counted, aside=aside, taken=taken, damaged=damaged)
