from __future__ import annotations

from warraq.intake.material import fingerprint


def test_the_address_is_the_identity_where_there_is_one() -> None:
    one = fingerprint(origin_url="https://a.example/n/1", text="نص")
    assert one == fingerprint(origin_url="http://a.example/n/1/", text="نص آخر تماماً")
    assert one != fingerprint(origin_url="https://a.example/n/2", text="نص")
    assert len(one) == 32


def test_else_the_words_are_however_they_are_spelt() -> None:
    assert fingerprint(origin_url="", text="المكتبةُ أبوابهـا") == fingerprint(origin_url="", text="المكتبة ابوابها")
    assert fingerprint(origin_url="", text="نص") != fingerprint(origin_url="", text="نص آخر")
