"""Headlines: found among a page's lines, freed from the site's name, or proposed from the lede."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from warraq.intake.readers.furniture import furniture
from warraq.intake.readers.sources import find_sources
from warraq.language.normalise import words
from warraq.language.reading import excerpt
from warraq.language.stem import stem

LONGEST_HEADLINE: Final = 250
"""Characters; the newsroom's field holds 255."""

LONGEST_PROPOSAL: Final = 100
SHORTEST_PROPOSAL: Final = 30
MOST_WORDS: Final = 30

_ALWAYS: Final = re.compile(r"\s*(?:\||::|»|›)\s*")
_ANYWHERE: Final = re.compile(r"\s*(?:\||::|»|›)\s*|\s+(?:-|–|—|:)\s+")
_WHERE_THE_SITE_IS_KNOWN: Final = re.compile(r"\s+(?:-|–|—|:)\s+")
_DOMAIN: Final = re.compile(r"\.(?:com|net|org|info|tv|news)\b", re.IGNORECASE)

_OUTLETS: Final = frozenset(words("صحيفة جريدة موقع وكالة شبكة مجلة بوابة قناة"))
_TELLS: Final = frozenset(
    words("كشف كشفت ذكر ذكرت أفاد أفادت قال قالت نقل نقلت نشر نشرت أورد أوردت أكد أكدت أعلن أعلنت أوضح أوضحت رأى رأت")
)
_THAT: Final = frozenset(words("عن أن إن بأن"))
_BREAKS: Final = frozenset(
    words(
        "في من على عن إلى بعد قبل خلال مع ضد وذلك حيث التي الذي الذين اللذين وفق وفقا بحسب حسب بسبب عبر منذ أثناء عقب"
        " فيما بينما لكن إذ حين عندما حول بشأن ضمن كما وهو وهي مما لدى تجاه نحو"
    )
)
_DANGLING: Final = _BREAKS | frozenset(words("أن إن بأن بين أو ثم لا لم لن قد كل غير أي هذا هذه ما و كان كانت"))
_DATELINE: Final = re.compile(r"[^.؟!\n]{2,60}?(?:\s*--\s*|\s*:-\s*|\)\s*[–—]\s*|\s+[-–—ـ]\s+(?=\S))")
_STOP: Final = re.compile(r"[.؟!…](?:\s|$)")
_TRAILING: Final = " ،,؛;:.-–—«("


def bare_title(title: str, *, sites: Iterable[str] = ()) -> str:
    """`title` without the site's name at either end: « - اليوم السابع», « | CNN»."""
    known = {_site(site) for site in sites if _site(site)}
    parts = _ALWAYS.split(title.strip())
    while len(parts) > 1 and (_site(parts[-1]) in known or len(parts[-1].split()) <= 4) and _is_headline(parts[0]):
        parts.pop()
    while len(parts) > 1 and (_site(parts[0]) in known or _names_an_outlet(parts[0])):
        parts.pop(0)
    kept = " | ".join(parts)
    pieces = _WHERE_THE_SITE_IS_KNOWN.split(kept)
    start, end = 0, len(pieces)
    while end - start > 1 and _site(pieces[end - 1]) in known:
        end -= 1
    while end - start > 1 and _site(pieces[start]) in known:
        start += 1
    if (start, end) == (0, len(pieces)):
        return kept.strip()
    first = kept.index(pieces[start])
    return kept[first : kept.rindex(pieces[end - 1]) + len(pieces[end - 1])].strip()


def names_only_a_site(title: str, *, sites: Iterable[str] = (), by_its_kind: bool = True) -> bool:
    """Whether nothing in a title is a headline: «صحيفة الأخبار | أخبار محلية». `by_its_kind`: an outlet that the page
    does not name elsewhere is known by the word before it."""
    known = {_site(site) for site in sites if _site(site)}
    parts = [part for part in _ANYWHERE.split(title.strip()) if words(part)]
    return all(
        _site(part) in known or furniture(part) in {"menu", "rank"} or (by_its_kind and _names_an_outlet(part))
        for part in parts
    )


def _names_an_outlet(text: str) -> bool:
    """«صحيفة الأخبار»: the word of the kind and a name, no sentence."""
    said = words(text)
    return 1 < len(said) <= 3 and said[0] in _OUTLETS


def _site(name: str) -> str:
    return "".join(words(_DOMAIN.sub("", name)))


def _is_headline(text: str) -> bool:
    return 2 < len(text.split()) <= MOST_WORDS


def overlap(headline: str, text_roots: frozenset[str]) -> float:
    """Share of the headline's words that the text says too, in whatever form, 0 to 1."""
    said = roots(headline)
    return len(said & text_roots) / len(said) if said else 0.0


def roots(text: str) -> frozenset[str]:
    """The words that carry the sense, cut so that «حريق» and «والحرائق» may meet."""
    return frozenset(stem(word) for word in words(text) if word not in _DANGLING and len(word) > 2)


def propose_headline(lede: str) -> str:
    """A headline in the lede's own words, at most LONGEST_PROPOSAL characters, for an editor to judge.

    «كشفت صحيفة "صاندي تايمز" البريطانية عن لقاءات سرية…» gives «صاندي تايمز: لقاءات سرية…».
    """
    sentence = _first_sentence(_DATELINE.sub("", lede, count=1) if _DATELINE.match(lede) else lede)
    teller, rest = _relayed(sentence)
    room = LONGEST_PROPOSAL - (len(teller) + 2 if teller else 0)
    cut = _balanced(_cut(rest, room))
    return f"{teller}: {cut}" if teller else cut


def _first_sentence(text: str) -> str:
    found = _STOP.search(text, SHORTEST_PROPOSAL)
    return text[: found.start()].strip() if found else text.strip()


def _relayed(sentence: str) -> tuple[str, str]:
    """The outlet's bare name and what it told; ("", sentence) where the sentence is no such report."""
    tokens = sentence.split()
    if len(tokens) < 8 or not (words(tokens[0]) and words(tokens[0])[0].removeprefix("و") in _TELLS):
        return "", sentence
    for at in range(2, min(9, len(tokens) - 4)):
        if words(tokens[at])[:1] and words(tokens[at])[0] in _THAT:
            outlets = find_sources(" ".join(tokens[1:at]))
            # After عن and أن a plural in ين would have to become ون: better to leave the sentence as it is.
            if len(outlets) == 1 and not tokens[at + 1].endswith("ين"):
                return outlets[0].partition(" ")[2], " ".join(tokens[at + 1 :])
            break
    return "", sentence


def _cut(text: str, room: int) -> str:
    if len(text) <= room:
        return text.rstrip(_TRAILING)
    tokens = text.split()
    length, clause, phrase = 0, 0, 0
    for at, token in enumerate(tokens):
        if length >= SHORTEST_PROPOSAL and _opens_phrase(token):
            phrase = at
        length += len(token) + (at > 0)
        if length > room:
            break
        if length >= SHORTEST_PROPOSAL and token.endswith(("،", "؛", ":", ",")):
            clause = at + 1
    end = clause or phrase
    while end > 1 and (words(tokens[end - 1]) or [""])[0] in _DANGLING:
        end -= 1
    return " ".join(tokens[:end]).rstrip(_TRAILING) if end else excerpt(text, room)


def _opens_phrase(token: str) -> bool:
    said = (words(token) or [""])[0]
    return said in _BREAKS or (said.startswith("ل") and len(said) > 3 and not said.startswith("لل"))


def _balanced(text: str) -> str:
    return text.replace('"', "", 1) if text.count('"') == 1 else text
