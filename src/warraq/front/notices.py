"""What the front itself says to a person: inside the paper's own page where one is pressed, else as plain HTML.

Pressed, all optional: the error pages of `layout`, and a shell at `ANSWER` that holds `PLACE` where the front's words
go. Plain pages carry no style and no script: the policy of `headers` allows none inside a page.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from markupsafe import Markup

from warraq.front import answers
from warraq.front.answers import Answer, Environ
from warraq.front.copies import Copy
from warraq.front.headers import ASK_AGAIN, NEVER_KEPT, Dress
from warraq.front.negotiate import IDENTITY, codings
from warraq.front.tree import Tree
from warraq.language.bidi import direction_of
from warraq.language.messages import gettext as _
from warraq.press import layout

ANSWER: Final = "/_/answer.html"
PLACE: Final = b"<!--answer-->"

_PLAIN = Markup(
    '<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
    "<title>{title}</title></head><body><main>{body}</main></body></html>\n"
)
_BOTH = Markup('<h1>{arabic}</h1><section lang="en" dir="ltr"><h1>{english}</h1></section><p><a href="/">←</a></p>')

_ERRORS: Final = {
    answers.NOT_FOUND: (layout.ERROR_404, "هذه الصفحة غير موجودة", "This page does not exist"),
    answers.GONE: (layout.ERROR_410, "هذه الصفحة لم تعد موجودة", "This page is gone"),
    answers.BROKEN: (layout.ERROR_503, "تعذّر عرض الصفحة. حاول بعد قليل", "The page could not be shown. Try again soon"),
    answers.BAD_REQUEST: ("", "طلب غير مفهوم", "The request was not understood"),
    answers.BAD_METHOD: ("", "لا تُفتح هذه الصفحة بهذه الطريقة", "This page is not opened in this way"),
}
"""Status → the pressed page that says so, and what is said without it, to anybody in two languages."""


@lru_cache
def _in_both(arabic: str, english: str) -> bytes:
    text = _BOTH.format(arabic=arabic, english=english)
    return _PLAIN.format(language="ar", direction="rtl", title=f"{arabic} · {english}", body=text).encode()


class Notices:
    def __init__(self, tree: Tree, dress: Dress, language: str) -> None:
        self._tree = tree
        self._dress = dress
        self._language = language

    def error(self, status: str, environ: Environ, *more: tuple[str, str]) -> Answer:
        """The answer for an error that is the same for everybody; `more` headers."""
        pressed, arabic, english = _ERRORS[status]
        keep = ASK_AGAIN if status in {answers.NOT_FOUND, answers.GONE} else NEVER_KEPT
        if pressed:
            copy = self._pressed(pressed, codings(environ.get("HTTP_ACCEPT_ENCODING", "")))
            if copy:
                return Answer(
                    status, [*_without_validators(copy.whole), ("cache-control", keep), *more], copy.whole.body
                )
        body = _in_both(arabic, english)
        return Answer(status, [*self._dress.made(body, keep=keep), *more], body)

    def page(self, status: str, title: str, body: Markup, *more: tuple[str, str]) -> Answer:
        """A page of the front's own words for one reader; `body` comes below the heading `title`."""
        content = Markup("<h1>{}</h1>{}").format(title, body)
        shell = self._pressed(ANSWER, (IDENTITY,))
        if shell and PLACE in shell.whole.body:
            data = shell.whole.body.replace(PLACE, content.encode(), 1)
        else:
            data = self.plain(title, content)
        return Answer(status, [*self._dress.made(data), *more], data)

    def _pressed(self, path: str, forms: tuple[str, ...]) -> Copy | None:
        try:
            return self._tree.page(path, forms)
        except OSError:
            return None  # the disk does not answer: what is said of that must not need it

    def plain(self, title: str, content: Markup) -> bytes:
        """A whole page without the paper's looks."""
        direction = direction_of(self._language)
        return _PLAIN.format(language=self._language, direction=direction, title=title, body=content).encode()

    def received(self) -> Answer:
        """For a comment that was taken, where the press has no page that says so."""
        says = _("Your comment was received. It appears once the newsroom has read it.")
        return self.page(
            answers.OK, _("Thank you"), Markup('<p>{}</p><p><a href="/">{}</a></p>').format(says, _("Home"))
        )


def _without_validators(page: Answer) -> answers.Headers:
    return [(name, value) for name, value in page.headers if name not in {"etag", "cache-control"}]
