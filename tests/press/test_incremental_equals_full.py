"""The press's first property: after any editorial operations, the pressed tree is what a full press would make.

Random operations, each followed by an incremental press; then every file is compared, byte for byte, with a full
press that starts from nothing, and every internal link is followed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.newsroom.fixtures import image_bytes

LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')
SRCSET = re.compile(r'srcset="([^"]+)"')
NOT_PRESSED = {"/_/comment", "/_/read"}
"""Addresses that only the front answers."""
WORDS = st.sampled_from(
    ["القهوة", "المخا", "البن", "ورّاق", "حبر", "مخطوط", "«سوق الكتب»", "٢٠٢٦", "Aden", "خطّ", "كاتبة"]
)
HEADLINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


class Newsroom(RuleBasedStateMachine):
    """A small newsroom at work."""

    def __init__(self) -> None:
        super().__init__()
        from warraq.newsroom import services

        cache.clear()  # Wagtail keeps renditions there; the last machine's are rolled back
        self.folder = Path(tempfile.mkdtemp(prefix="warraq-press-"))
        self.override = override_settings(WARRAQ_PRESSED=self.folder / "pressed", MEDIA_ROOT=self.folder / "media")
        self.override.enable()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        services.open_paper(name="الورّاق", language="ar")
        self.sections = [
            services.open_section(slug=slug, title=slug, kind=kind)
            for slug, kind in (("news", "news"), ("texts", "literary"), ("opinion", "opinion"))
        ]
        self.authors = [services.add_author(name="سالم"), services.add_author(name="هدى")]
        self.photo = services.add_photo(title="صورة", data=image_bytes(), name="a.jpg", credit="الورّاق")
        self.articles: list[int] = []
        self.is_interrupted = False
        self.press()

    def teardown(self) -> None:
        self.is_interrupted = False
        self.incremental_equals_full()
        self.no_link_is_dead()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.override.disable()
        shutil.rmtree(self.folder, ignore_errors=True)

    def press(self) -> None:
        from warraq.press import services

        services.press_pending()

    def pick(self, number: int):
        from warraq.newsroom.models import Article

        return Article.objects.get(pk=self.articles[number % len(self.articles)])

    @rule(
        headline=HEADLINES,
        section=st.integers(0, 2),
        author=st.integers(0, 2),
        photo=st.booleans(),
        tag=WORDS,
        days=st.integers(0, 70),
    )
    def publish(self, headline, section, author, photo, tag, days):
        from warraq.newsroom import services

        article = services.write_article(
            section=type(self.sections[section]).objects.get(pk=self.sections[section].pk),
            headline=headline,
            standfirst="مقدّمة",
            authors=self.authors[:author],
            tags=[tag],
            photo=self.photo if photo else None,
            body=[("paragraph", "<p>كان <b>البن</b> ينزل من الجبال.</p>"), ("heading", headline)],
        )
        at = timezone.now() - timezone.timedelta(days=days) if days else None
        services.publish(article=article, at=at)
        self.articles.append(article.pk)

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50), headline=HEADLINES, tag=WORDS)
    def edit(self, number, headline, tag):
        article = self.pick(number)
        article.title = headline
        article.tags.set([tag])
        article.save_revision().publish()

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50))
    def save_a_draft(self, number):
        article = self.pick(number)
        article.title = "مسوّدة لا يراها قارئ"
        article.save_revision()

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50))
    def unpublish(self, number):
        self.pick(number).unpublish()

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50))
    def publish_again(self, number):
        from warraq.newsroom import services

        services.publish(article=self.pick(number))

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50))
    def retract(self, number):
        from warraq.newsroom import services

        article = self.pick(number)
        if article.live:
            services.retract(article=article, by=None, reason="لم يثبت مصدره")

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50), section=st.integers(0, 2))
    def move(self, number, section):
        from warraq.newsroom import services

        target = type(self.sections[section]).objects.get(pk=self.sections[section].pk)
        article = self.pick(number)
        if article.get_parent().pk != target.pk:
            services.move(article=article, section=target)

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50))
    def delete(self, number):
        article = self.pick(number)
        self.articles.remove(article.pk)
        article.delete()

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50))
    def correct(self, number):
        from warraq.newsroom import services

        services.correct(article=self.pick(number), by=None, text="صُوّب تاريخ ورد خطأً.")

    @rule(
        section=st.integers(0, 2),
        slug=st.sampled_from(["news", "culture", "texts", "opinion", "cities"]),
        title=HEADLINES,
    )
    def rename_section(self, section, slug, title):
        from warraq.newsroom.models import Section

        row = Section.objects.get(pk=self.sections[section].pk)
        if not Section.objects.filter(slug=slug).exclude(pk=row.pk).exists():
            row.slug, row.title = slug, title
            row.save_revision().publish()

    @rule(section=st.integers(0, 2), live=st.booleans())
    def close_or_open_section(self, section, live):
        from warraq.newsroom.models import Section

        row = Section.objects.get(pk=self.sections[section].pk)
        if live:
            row.save_revision().publish()
        else:
            row.unpublish()

    @rule(author=st.integers(0, 1), name=HEADLINES)
    def rename_author(self, author, name):
        self.authors[author].name = name
        self.authors[author].save()

    @rule(credit=HEADLINES)
    def credit_photo(self, credit):
        self.photo.credit = credit
        self.photo.save()

    @precondition(lambda self: self.articles)
    @rule(lead=st.integers(0, 50), slots=st.lists(st.integers(0, 50), max_size=3))
    def arrange_front(self, lead, slots):
        from warraq.newsroom import services

        services.arrange_front(lead=self.pick(lead), slots=list({self.pick(slot) for slot in slots}))

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50), text=HEADLINES)
    def break_news(self, number, text):
        from warraq.newsroom import services

        services.break_news(text=text, article=self.pick(number))

    @rule(
        digits=st.sampled_from(["latin", "arabic"]),
        months=st.sampled_from(["gregorian", "levantine"]),
        zone=st.sampled_from(["Asia/Aden", "Pacific/Kiritimati", "America/Lima"]),
    )
    def change_settings(self, digits, months, zone):
        from warraq.newsroom.models import PaperSettings

        row = PaperSettings.load()
        row.digits, row.months, row.time_zone = digits, months, zone
        row.save()

    @precondition(lambda self: self.articles)
    @rule(number=st.integers(0, 50), count=st.integers(1, 9))
    def count_reads(self, number, count):
        from warraq.newsroom.models import Ranking
        from warraq.newsroom.rankings import counters, services

        now = timezone.now()
        old = {
            int(pk): n
            for pk, n in Ranking.objects.filter(kind="read", window="day").values_list("items", flat=True).first() or []
        }
        old[self.articles[number % len(self.articles)]] = count
        known = dict(counters._counters)
        counters.register("read", lambda since, until: old.items())
        services.rank_all(now)
        counters._counters.clear()
        counters._counters.update(known)

    @rule(now=st.booleans())
    def work_on(self, now):
        """From now on the next operation comes after one step of the press, or after all of it."""
        self.is_interrupted = now

    @invariant()
    def incremental_equals_full(self):
        from warraq.press import services

        if self.is_interrupted:
            services.press_pending(limit_steps=1)
            return
        self.press()
        report = services.verify()
        assert report.drift == ()

    @invariant()
    def no_link_is_dead(self):
        if self.is_interrupted:
            return
        root = django_settings.WARRAQ_PRESSED / "pages"
        for file in root.rglob("*.html"):
            text = file.read_text()
            links = LINK.findall(text) + [
                part.split()[0] for value in SRCSET.findall(text) for part in value.split(",")
            ]
            for link in set(links) - NOT_PRESSED:
                target = root / (link[1:] + "index.html" if link.endswith("/") else link[1:])
                assert target.exists(), f"{file.relative_to(root)} links to {link}"


@pytest.mark.django_db(transaction=True)
def test_incremental_equals_full(tree):
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            print_blob=True,
        ),
    )
