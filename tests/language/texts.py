"""Texts for property tests: what newspapers, careless keyboards and attackers send."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

SURROGATES: Final = "\ud800\udbff\udc00\udfff"
CONTROLS: Final = "\u202a\u202e\u2066\u2069\u200e\u200f\u061c\u200c\u200d\ufeff\x00\x1b\x9f\n\t\u2028"
LETTERS: Final = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةٱیکہەھۃپچژگ"
MARKS: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0670\u06e5\u0640"
OTHERS: Final = "aÉßﷺﻻﷲ½²①ǅİ०٣۴7é\u0301 ،؛؟!«»-_/"

TASHKEEL: Final = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"

arabic = st.text(alphabet=LETTERS + TASHKEEL + " ", max_size=60)
hostile = st.text(alphabet=LETTERS + MARKS + CONTROLS + OTHERS + SURROGATES, max_size=80)
anything = st.one_of(st.text(alphabet=st.characters(exclude_categories=[]), max_size=80), hostile)
