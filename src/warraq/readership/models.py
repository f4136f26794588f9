"""Reads by the hour, what was set aside, and what has to be remembered to count each read once.

Article ids are plain numbers here: an article that is deleted leaves its counts, and counting never waits for the
newsroom's tables.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from warraq.newsroom.models import Window


class ReadHour(models.Model):
    """Reads of an article in one hour. `hour` is its beginning, UTC. `lone` of them one network may have made by
    itself (`readership.networks`)."""

    article_id = models.PositiveIntegerField()
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    lone = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reads in an hour")
        verbose_name_plural = _("reads by the hour")
        constraints = [models.UniqueConstraint(fields=["hour", "article_id"], name="read_hour_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.hour:%Y-%m-%d %H}"


class ReadDay(models.Model):
    """Reads of an article on one day of the paper's time zone, made of hours that no ranking needs any more."""

    article_id = models.PositiveIntegerField()
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reads on a day")
        verbose_name_plural = _("reads by the day")
        constraints = [models.UniqueConstraint(fields=["article_id", "day"], name="read_day_once")]
        indexes = [models.Index(fields=["day"], name="read_day_age")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}"


class Arrival(models.Model):
    """Reads of an article in one hour that came from another site: its host alone, as the browser told it."""

    hour = models.DateTimeField()
    article_id = models.PositiveIntegerField()
    host = models.CharField(max_length=100)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("arrivals from another site")
        verbose_name_plural = _("arrivals from other sites")
        constraints = [models.UniqueConstraint(fields=["hour", "article_id", "host"], name="arrival_once")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.host}"


class Standing(models.Model):
    """Reads of an article within a window of the rankings, as far as its `StandingWindow` says."""

    window = models.CharField(max_length=10, choices=Window.choices)
    article_id = models.PositiveIntegerField()
    count = models.IntegerField()
    lone = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        constraints = [models.UniqueConstraint(fields=["window", "article_id"], name="standing_once")]
        indexes = [models.Index(fields=["window", "-count", "-article_id"], name="standing_most_first")]

    def __str__(self) -> str:
        return f"{self.window} {self.article_id}"


class StandingWindow(models.Model):
    """The time that a window's standings hold: whole hours from `since`, `until` excluded."""

    window = models.CharField(max_length=10, choices=Window.choices, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("window of standings")
        verbose_name_plural = _("windows of standings")

    def __str__(self) -> str:
        return self.window


class RecentVisit(models.Model):
    """When a visitor's read of an article was last counted, Unix milliseconds. Forgotten once it tells no repeat."""

    article_id = models.PositiveIntegerField()
    visitor = models.CharField(max_length=64)
    last_at = models.BigIntegerField()

    class Meta:
        verbose_name = _("recent visit")
        verbose_name_plural = _("recent visits")
        constraints = [models.UniqueConstraint(fields=["visitor", "article_id"], name="recent_visit_once")]
        indexes = [models.Index(fields=["last_at"], name="recent_visit_age")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.visitor}"


class Reason(models.TextChoices):
    ROBOT = "robot", _("a known robot")
    PREFETCH = "prefetch", _("fetched ahead, not read")
    REPEAT = "repeat", _("read again by the same visitor")
    NETWORK = "network", _("more than people of one network read")
    RATE = "rate", _("faster than anybody reads")
    UNKNOWN = "unknown", _("no article that was ever published")
    TIME = "time", _("a time long past")
    MALFORMED = "malformed", _("no sensible record")
    OTHER = "other", _("set aside by the front")


class SetAside(models.Model):
    """Reads that count for nothing, with the reason. `article_id` is 0 where none is known."""

    hour = models.DateTimeField()
    article_id = models.PositiveIntegerField()
    reason = models.CharField(max_length=10, choices=Reason.choices)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reads set aside")
        verbose_name_plural = _("reads set aside")
        constraints = [
            models.UniqueConstraint(fields=["hour", "article_id", "reason"], name="set_aside_once"),
            models.CheckConstraint(condition=models.Q(reason__in=Reason.values), name="set_aside_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.reason}"


class SpoolCursor(models.Model):
    """How many bytes of a segment of the spool are taken in."""

    segment = models.CharField(max_length=120, unique=True)
    position = models.BigIntegerField()

    class Meta:
        verbose_name = _("spool cursor")
        verbose_name_plural = _("spool cursors")

    def __str__(self) -> str:
        return f"{self.segment} {self.position}"
