from __future__ import annotations

import pytest

from warraq.language.normalise import surface
from warraq.language.particles import PARTICLES


@pytest.mark.parametrize("word", ["على", "عَلَى", "وعلى", "إلى", "الى", "فى", "وفي", "أنّ", "لأن", "فإنها"])
def test_a_particle_is_known_however_it_is_typed(word: str) -> None:
    assert set(surface(word)) <= PARTICLES


@pytest.mark.parametrize("word", ["علي", "وعلي", "آلي", "منى", "قمة", "كرة"])
def test_a_name_that_looks_like_a_particle_is_none(word: str) -> None:
    assert not set(surface(word)) & PARTICLES
