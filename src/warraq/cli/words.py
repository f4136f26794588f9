"""What click itself says, named here so that translators find it, and told in the user's language."""

from __future__ import annotations

import gettext

from warraq.language.messages import DOMAIN, LOCALE, ngettext
from warraq.language.messages import gettext as _


def speak() -> None:
    """Let click look its words up where ours are."""
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)


def words() -> tuple[str, ...]:
    return (
        _("Usage:"),
        _("Options"),
        _("Show this message and exit."),
        _("Show the version and exit."),
        _("Try '{command} {option}' for help."),
        _("Error: {message}"),
        _("No such command {name!r}."),
        _("No such option {name!r}."),
        _("Missing argument"),
        _("Missing option"),
        _("Missing command."),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        _("Option {name!r} does not take a value."),
        _("Argument {name!r} takes {nargs} values."),
        _("{name} {filename!r} is a directory."),
        _("default: {default}"),
        _("{name} {filename!r} does not exist."),
        _("{name} {filename!r} is not readable."),
        _("Could not open file {filename!r}: {message}"),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 2),
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    )
