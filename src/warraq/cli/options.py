"""Options that every command has, and how commands print."""

from __future__ import annotations

import json
import sys
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


def with_json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help=_("One JSON object on standard output."))(command)


def report(values: dict[str, Any], *, as_json: bool, text: str) -> None:
    """The command's result: `values` as one JSON object, or `text` for people; on standard output."""
    click.echo(json.dumps(values, ensure_ascii=False) if as_json else text)


def note(text: str) -> None:
    """A message on the way; on standard error, so that standard output holds the result alone."""
    click.echo(text, err=True)


class Progress:
    """A count on standard error while long work goes on, where a person sees it."""

    EVERY = 25

    def __init__(self, label: str) -> None:
        self._label = label
        self._count = 0
        self._shown = sys.stderr.isatty()

    def tick(self) -> None:
        """One more is done."""
        self._count += 1
        if self._shown and self._count % self.EVERY == 0:
            click.echo(f"\r{self._label}: {self._count}", err=True, nl=False)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._shown and self._count >= self.EVERY:
            click.echo(err=True)
