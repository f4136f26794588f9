"""Words that every text has and that say nothing of what it is about: في، من، على.

Told by their written form, so that the preposition على is one and the name علي is not.
"""

from __future__ import annotations

from typing import Final

_WRITTEN: Final = """
في فى من إلى على عن مع حتى منذ لدى بين أن إن أنه أنها أنهم إنه إنها إنهم بأن لأن كأن لكن لكنه لكنها
هو هي هم هما نحن أنا أنت أنتم هذا هذه هؤلاء ذلك تلك هناك هنا الذي التي الذين اللذين اللتين اللواتي
ما ماذا لا لم لن لو ليس ليست قد لقد كان كانت كانوا يكون تكون أو أم ثم بل إذا إذ كما كيف أي أية
له لها لهم لنا به بها بهم بنا فيه فيها فيهم منه منها منهم عنه عنها عليه عليها عليهم إليه إليها إليهم معه معها
عما مما بما فيما كلما عندما بينما حيث حول عند غير أيضا
"""
_BARE: Final = str.maketrans("أإآ", "ااا")

PARTICLES: Final = frozenset(
    form
    for word in _WRITTEN.split()
    for bare in (word, word.translate(_BARE))
    for form in (bare, "و" + bare, "ف" + bare)
)

"""As `normalise.surface` gives them, with and without hamza, with and without و or ف before."""
