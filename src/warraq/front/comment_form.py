"""A refused comment: what is wrong with it, and all of it once more in a form, so that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from warraq.front.answers import Answer
from warraq.front.notices import Notices
from warraq.language.messages import gettext as _

_FORM = Markup(
    '<form class="form" id="comment-form" method="post" action="/_/comment" accept-charset="utf-8">'
    '<input type="hidden" name="article" value="{article}"><input type="hidden" name="parent" value="{parent}">'
    '<input type="hidden" name="email" value="{email}">'
    '<div><label for="comment-name">{name_label}</label>'
    '<input id="comment-name" name="name" value="{name}" required autocomplete="name" dir="auto"{name_wrong}></div>'
    '<div><label for="comment-text">{text_label}</label>'
    # HTML drops one line feed that follows the tag, so one is put there lest it be the reader's.
    '<textarea id="comment-text" name="text" rows="12" required dir="auto"{text_wrong}>\n{text}</textarea></div>'
    '<div><button class="button button-full" type="submit">{send}</button></div></form>'
)
_TIED = Markup(' aria-invalid="true" aria-describedby="wrong-{}"')


def refused(
    notices: Notices, status: str, wrong: Mapping[str, str], fields: Mapping[str, str], *more: tuple[str, str]
) -> Answer:
    """The page for a comment that was not kept: `wrong` is field (or "") → sentence, `fields` what was typed."""
    items = Markup("").join(
        Markup('<li id="wrong-{}">{}</li>').format(field or "all", says) for field, says in wrong.items()
    )
    body = Markup('<ul class="errors" role="alert">{}</ul>').format(items)
    if fields:
        body += _form(wrong, fields)
    return notices.page(status, _("The comment was not kept"), body, *more)


def _form(wrong: Mapping[str, str], fields: Mapping[str, str]) -> Markup:
    typed = {field: fields.get(field, "") for field in ("article", "parent", "name", "email", "text")}
    return _FORM.format(
        **typed,
        name_label=_("Name"),
        text_label=_("Comment"),
        send=_("Send the comment"),
        name_wrong=_TIED.format("name") if "name" in wrong else "",
        text_wrong=_TIED.format("text") if "text" in wrong else "",
    )
