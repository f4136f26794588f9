"""The machine: a paper, a clock, a press that may be interrupted, and what is looked at after each operation."""

from __future__ import annotations

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from django.core.cache import cache
from django.db import transaction
from django.db.models import Model
from django.test import override_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.newsroom.fixtures import image_bytes
from tests.press.fuzz.comparing import ORIGIN, check_against_full_press, check_as_it_lies
from tests.press.rich import short_lists
from warraq.newsroom import services
from warraq.newsroom.models import Article, Author, Photo, Section
from warraq.newsroom.sheets.notices import NoticeSheet
from warraq.newsroom.sheets.rankings import RankingFragment
from warraq.press import services as press

BEGAN = datetime(2026, 3, 31, 20, 30, tzinfo=UTC)
"""Half an hour before midnight, and before a new month, in some of the zones that settings may have."""
FULL_EVERY = 10
"""Comparisons between two full presses into an empty folder; between them the press's own comparison."""
NUMBER = st.integers(0, 30)
WORDS = st.sampled_from(["القهوة", "المخا", "البن", "ورّاق", "«سوق الكتب»", "٢٠٢٦", "Aden", "خطّ", "كاتبة <&>"])
TITLES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
FEW = {
    (NoticeSheet, "fixed"): ("about", "search"),
    (RankingFragment, "fixed"): ("read/day", "comment/day"),
}
"""Fewer sheets of kinds whose sheets differ by a word only, and that no page leads to."""


def operation(**given: st.SearchStrategy[Any]) -> Callable[[Callable[..., Any]], Any]:
    """A rule of the machine. The verb returns False where there was nothing to do; else the press works, and unless it
    is interrupted after some steps, everything is compared."""

    def wrap(verb: Callable[..., Any]) -> Any:
        @functools.wraps(verb)
        def step(self: Machine, interrupted: int, **values: Any) -> None:
            if verb(self, **values) is not False:
                self.go_on(interrupted)

        return rule(interrupted=st.sampled_from([0, 0, 0, 1, 2, 4]), **given)(step)

    return wrap


def open_paper() -> None:
    """Three sections, one below another; two authors; two photos; four articles."""
    services.open_paper(name="الورّاق", language="ar")
    news = services.open_section(slug="news", title="أخبار")
    services.open_section(slug="cities", title="مدن", parent=news)
    services.open_section(slug="texts", title="نصوص", kind="literary")
    photos = [
        services.add_photo(title=name, data=image_bytes(colour, (60, 40)), name=f"{colour}.jpg", credit=name)
        for name, colour in (("مرفأ", "teal"), ("جبل", "olive"))
    ]
    salim = services.add_author(name="سالم", portrait=photos[1])
    services.add_author(name="هدى")
    source = services.add_source(name="وكالة")
    for number, slug in enumerate(("news", "cities", "texts", "cities")):
        article = services.write_article(
            section=Section.objects.get(slug=slug),
            headline=f"عنوان {number}",
            authors=[salim],
            tags=["البن"],
            sources=[source],
            photo=photos[number % 2],
            body=[("paragraph", "<p>كان <b>البن</b> ينزل.</p>")],
        )
        services.publish(article=article, at=BEGAN - timedelta(days=number))


@contextmanager
def settled_in(folder: Path, clock: Callable[[], datetime]) -> Iterator[None]:
    """A paper whose files lie in `folder`, whose lists are short, and whose time `clock` tells."""
    with ExitStack() as stack:
        stack.enter_context(
            override_settings(
                WARRAQ_PRESSED=folder / "pressed",
                MEDIA_ROOT=folder / "media",
                WARRAQ_GRACE_SECONDS=0,
                WARRAQ_BROTLI_QUALITY=0,
                WARRAQ_ORIGIN=ORIGIN,
            )
        )
        stack.enter_context(short_lists())
        stack.enter_context(mock.patch("os.fsync"))
        stack.enter_context(mock.patch("warraq.press.syncing._syncfs", None))
        stack.enter_context(mock.patch("django.utils.timezone.now", clock))
        for (kind, name), few in FEW.items():
            stack.enter_context(mock.patch.object(kind, name, few))
        cache.clear()  # Wagtail keeps renditions there; those of another paper are rolled back
        yield


@contextmanager
def opened_paper() -> Iterator[None]:
    """The paper that every machine inside the block begins with; it is made once, and nothing stays of it."""
    folder = Path(tempfile.mkdtemp(prefix="warraq-opened-"))
    with transaction.atomic(), settled_in(folder, lambda: BEGAN):
        open_paper()
        press.press_pending()
        check_as_it_lies(folder / "pressed")
        check_against_full_press(folder / "pressed", folder / "full")
        Machine.opened = folder
        try:
            yield
        finally:
            transaction.set_rollback(True)
            shutil.rmtree(folder, ignore_errors=True)


class Machine(RuleBasedStateMachine):
    """A small newsroom. Rules come from the other modules."""

    opened: Path
    """The folder of the paper that it begins with."""
    steps = 0
    """Operations that were done, over all machines of the process."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGAN
        self.compared = 0
        self.folder = Path(tempfile.mkdtemp(prefix="warraq-press-"))
        self.pressed = self.folder / "pressed"
        for name in ("pressed", "media"):
            shutil.copytree(self.opened / name, self.folder / name)
        self.around = ExitStack()
        self.around.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.around.enter_context(settled_in(self.folder, lambda: self.now))
        self.around.enter_context(transaction.atomic())

    def teardown(self) -> None:
        with self.around:
            self.around.callback(transaction.set_rollback, True)
            press.press_pending()
            check_as_it_lies(self.pressed)
            self.compare_with_full_press()

    def pick(self, model: type[Model], number: int, **only: Any) -> Any:
        """One of the rows, the same for the same number; None where there are none."""
        rows = model._default_manager.filter(**only).order_by("pk")
        count = rows.count()
        return rows[number % count] if count else None

    def article(self, number: int, **only: Any) -> Article:
        return self.pick(Article, number, **only)

    def section(self, number: int, **only: Any) -> Section:
        return self.pick(Section, number, **only)

    def author(self, number: int) -> Author:
        return self.pick(Author, number)

    def photo(self, number: int) -> Photo:
        return self.pick(Photo, number)

    def has(self, model: type[Model], many: int) -> bool:
        """Whether there are enough of these: more would show nothing new, and cost time at each step."""
        return model._default_manager.count() >= many

    def go_on(self, interrupted: int) -> None:
        """The press works: for that many steps, or (0) until it is done, and then everything is compared."""
        Machine.steps += 1
        self.now += timedelta(minutes=7)
        if interrupted:
            press.press_pending(limit_steps=interrupted)
            return
        press.press_pending()
        check_as_it_lies(self.pressed)
        self.compared += 1
        if self.compared % FULL_EVERY == 0:
            self.compare_with_full_press()

    def compare_with_full_press(self) -> None:
        check_against_full_press(self.pressed, self.folder / "full")
