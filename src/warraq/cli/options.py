"""Options that every command has, and how commands print."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

from warraq.language.messages import gettext as _

Command = TypeVar("Command", bound=Callable[..., Any])


def with_paper(command: Command) -> Command:
    return click.option(
        "--paper",
        metavar="DIR",
        default=None,
        help=_("The paper's folder; else WARRAQ_PAPER, else the current folder."),
    )(command)


def with_database(command: Command) -> Command:
    return click.option(
        "--database",
        metavar="URL",
        callback=_database,
        help=_("The paper's empty PostgreSQL, postgresql://user:password@host/name; or sqlite."),
    )(command)


def _database(_context: click.Context, _option: click.Parameter, url: str | None) -> str | None:
    """As `warraq.toml` has it, empty for SQLite; None where nothing was said. It goes first in our children too."""
    if url is None:
        return None
    chosen = "" if url == "sqlite" else url
    os.environ["WARRAQ_DATABASE__URL"] = chosen
    return chosen


def with_json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help=_("One JSON object on standard output."))(command)


def report(values: dict[str, Any], *, as_json: bool, text: str) -> None:
    """The command's result: `values` as one JSON object, or `text` for people; on standard output."""
    click.echo(json.dumps(values, ensure_ascii=False) if as_json else text)


def note(text: str) -> None:
    """A message on the way; on standard error, so that standard output holds the result alone."""
    click.echo(text, err=True)


class Progress:
    """A count on standard error while long work goes on, where a person sees it: how many, how fast, how long yet."""

    EVERY_SECONDS = 0.2

    def __init__(self, label: str) -> None:
        self._label = label
        self._count = self._total = 0
        self._shown = sys.stderr.isatty()
        self._started = self._shown_at = time.monotonic()

    def expect(self, total: int) -> None:
        """About so many more are to come."""
        self._total = self._count + total

    def tick(self) -> None:
        """One more is done."""
        self._count += 1
        now = time.monotonic()
        if self._shown and now - self._shown_at >= self.EVERY_SECONDS:
            self._shown_at = now
            click.echo(f"\r\x1b[K{self._line(now)}", err=True, nl=False)

    def _line(self, now: float) -> str:
        if self._count >= self._total:
            return f"{self._label}: {self._count}"
        rate = self._count / max(now - self._started, 1e-3)
        return _("{label}: {count} of {total}, {rate:.0f} a second, {left} left").format(
            label=self._label, count=self._count, total=self._total, rate=rate, left=self._left(rate)
        )

    def _left(self, rate: float) -> str:
        minutes, seconds = divmod(round((self._total - self._count) / rate), 60)
        return f"{minutes}:{seconds:02}"

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._shown and self._count:
            click.echo(f"\r\x1b[K{self._label}: {self._count}", err=True)
