"""Which of a page's titles is the article's own headline, and which are only the site's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement

from warraq.intake.clean import web_address, whole_line
from warraq.intake.readers.furniture import furniture
from warraq.intake.readers.headlines import LONGEST_HEADLINE, bare_title, names_only_a_site, overlap, roots
from warraq.language.normalise import words

MOST_WORDS_OF_A_SITE: Final = 5
MOST_WORDS_OF_A_DOUBTFUL_TITLE: Final = 4
"""So short a title that shares no word with the text is a page's or a site's name."""

LONGEST_DOUBTFUL_TITLE: Final = 25
"""Characters; for scripts that write no spaces."""

MOST_H1: Final = 20
MOST_LINKS: Final = 500

_OUTSIDE: Final = "ancestor::nav or ancestor::footer or ancestor::aside"
_OF_THE_SITE: Final = (
    f"{_OUTSIDE} or ancestor-or-self::*[@role='banner'] or ancestor::header[not(ancestor::article or ancestor::main)]"
)
_IN_AN_ARTICLE: Final = (
    "boolean(ancestor::*[self::article or self::main or @role='main' or @role='article'"
    " or contains(@itemtype, 'Article')])"
)


def headline_of(tree: HtmlElement, told: Iterable[str], *, sites: tuple[str, ...]) -> str:
    """The h1 that the page's titles agree with; else the article's own h1; else the first title, without the site's
    name. Empty where nothing but a site's name is left. `told` are the titles of the mark-up, the best first."""
    title = next((whole_line(element.text_content()) for element in tree.iter("title")), "")
    titles = [one for one in (*told, title) if one and not names_only_a_site(one, sites=sites)]
    folded = [" ".join(words(one)) for one in titles]
    tops = list(_tops(tree, sites))
    for top, _inside in sorted(tops, key=lambda one: (one[1], len(one[0])), reverse=True):
        said = " ".join(words(top))
        if len(said.split()) > 1 and any(said in one for one in folded):
            return top[:LONGEST_HEADLINE]
    bare = [top for top, inside in tops if inside and len(top.split()) > 1]
    bare += [bare_title(one, sites=sites) for one in titles]
    bare += [top for top, inside in tops if not inside and len(top.split()) > 3]
    return next((one[:LONGEST_HEADLINE] for one in bare if one), "")


def _tops(tree: HtmlElement, sites: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Each h1 that may be a headline, and whether it stands in the article."""
    for h1 in tree.xpath(f"//h1[not({_OF_THE_SITE})]")[:MOST_H1]:
        text = whole_line(h1.text_content()[:2000])
        inside = bool(h1.xpath(_IN_AN_ARTICLE))  # there «قناة السويس الجديدة» is a headline and no channel
        if text and not furniture(text) and not names_only_a_site(text, sites=sites, by_its_kind=not inside):
            yield text, inside


def sites_on_the_page(tree: HtmlElement, origin: str) -> Iterator[str]:
    """Names that the page gives its site: of the links to its front page, and of its head."""
    home = web_address("/", base=origin)
    for link in tree.xpath("//a[@href]")[:MOST_LINKS]:
        address = link.get("href").strip()
        if address == "/" or (home and web_address(address, base=origin) == home):
            yield link.text_content()[:200]
            yield from (image.get("alt") or "" for image in link.iter("img"))
    for top in tree.xpath(f"//h1[{_OF_THE_SITE}]")[:MOST_H1]:
        yield top.text_content()[:200]


def fits(headline: str, said: Iterable[str], tree: HtmlElement) -> bool:
    """Whether a title can be this text's: one that no h1 says too is no single word, and shares a word with it."""
    size = len(words(headline))
    if size > MOST_WORDS_OF_A_DOUBTFUL_TITLE or len(headline) > LONGEST_DOUBTFUL_TITLE:
        return True
    if any(words(h1.text_content()[:2000]) == words(headline) for h1 in tree.xpath("//h1")[:MOST_H1]):
        return True
    return size > 1 and overlap(headline, roots("\n".join(said))) > 0
