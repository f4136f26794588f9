from __future__ import annotations

import hashlib

from warraq.search.analysis import FORMAT, FORMS, STEMS, index_words

PARTS = {
    "title": "كرة القدم: البلاد تفوز على لبنان",
    "kicker": "وزارة الرياضة",
    "standfirst": "أعلن المسؤولون عن ١٢٣ هدفًا",
    "names": "عليّ أحمد | مدارس",
    "body": "وقال اللاجئون في صنعاء: «سنعود» إلى مدرستنا. BBC Café",
}


def test_a_particle_is_no_stem_and_a_form_of_its_own() -> None:
    fields = index_words({"body": "علي في القاهرة على"})
    assert fields[STEMS].split() == ["علي", "قاهر", "|"]
    assert fields[FORMS].split() == ["علي", "القاهره", "القاهرة", "=في", "=علي"]


def test_a_form_is_there_as_normalised_and_as_written() -> None:
    assert index_words({"body": "كرة كره"})[FORMS].split() == ["كره", "كره", "كرة"]


def test_a_word_of_the_title_counts_more_than_one_of_the_body() -> None:
    title, body = index_words({"title": "صنعاء"}), index_words({"body": "صنعاء"})
    assert title[STEMS].split().count("صنعاء") > body[STEMS].split().count("صنعاء") == 1
    assert title[FORMS].split().count("صنعاء") > body[FORMS].split().count("صنعاء") == 1


def test_no_phrase_runs_over_the_end_of_a_part() -> None:
    assert index_words({"title": "اليمن", "body": "صنعاء"})[STEMS].split()[1::2] == ["|"] * 5


def test_what_is_indexed_changes_only_with_the_format() -> None:
    """An index that an older analysis wrote answers wrongly: whoever changes the analysis raises FORMAT."""
    fields = index_words(PARTS)
    digest = hashlib.sha256(f"{fields[STEMS]}\n{fields[FORMS]}".encode()).hexdigest()[:16]
    assert (FORMAT, digest) == ("warraq-search 1", "4e7014c964ba4bb2")
