"""When articles, corrections and comments came to be, counted back from the making of the demonstration."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Aden")
"""The paper's zone, in which an article's hour is meant."""


def dated(article: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The article with its aware `published`, and a `moment` in each of its corrections and comments."""
    published = _published(article, now)
    age = now - published

    def placed(tables: list[dict[str, Any]]) -> list[dict[str, Any]]:
        # The same share of the article's age as in the file: between its publication and now, in the file's order.
        return [{**table, "moment": now - age * (table["days_ago"] / article["days_ago"])} for table in tables]

    return {
        **article,
        "published": published,
        "corrections": placed(article.get("corrections", [])),
        "comments": placed(article["comments"]),
    }


def _published(article: dict[str, Any], now: datetime) -> datetime:
    """So many days ago; at the article's hour of that day if it has one, a day earlier if that is yet to come."""
    counted = (now - timedelta(days=article["days_ago"])).replace(second=0, microsecond=0)
    if "at" not in article:
        return counted
    hour = datetime.combine(counted.astimezone(ZONE), time.fromisoformat(article["at"]), ZONE)
    return hour if hour <= now else hour - timedelta(days=1)
