from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages import mofile
from tools import messages

ROOMS = ("design/templates/", "newsroom/templates/newsroom/pages/", "comments/templates/comments/part.html")
FOUND = messages.extracted()


def ours() -> list[object]:
    return [message for message in FOUND if any(place.startswith(ROOMS) for place, _ in message.locations)]


def test_every_word_that_a_reader_sees_has_its_arabic() -> None:
    told = messages.catalogue("ar")
    lacking = set(messages.missing(FOUND, told))
    assert len(ours()) > 50
    assert [message.id for message in ours() if str(message.id) in lacking] == []  # type: ignore[attr-defined]


def test_a_message_without_arabic_is_found_out() -> None:
    told = messages.catalogue("ar")
    told["Archive"].string = ""
    told["%(count)s read"].string = ("", "", "", "", "", "")
    lacking = messages.missing(FOUND, told)
    assert "Archive" in lacking
    assert "('%(count)s read', '%(count)s reads')" in lacking


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_compiled_catalogues_say_what_their_sources_say(language: str) -> None:
    folder = Path(messages.SOURCE) / "locale" / language / "LC_MESSAGES"
    made = io.BytesIO()
    mofile.write_mo(made, messages.catalogue(language))
    with (folder / "django.mo").open("rb") as file:
        compiled = mofile.read_mo(file)
    again = mofile.read_mo(io.BytesIO(made.getvalue()))
    assert {str(one.id): one.string for one in compiled} == {str(one.id): one.string for one in again}


def test_arabic_keeps_every_placeholder_of_the_english() -> None:
    told = messages.catalogue("ar")
    for message in FOUND:
        translated = told.get(message.id, message.context)
        if message.pluralizable or not translated or not translated.string:
            continue
        assert messages.placeholders(translated.string) == messages.placeholders(message.id), message.id
