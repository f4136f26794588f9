"""What moderators send."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from warraq.comments.models import Comment, Verdict
from warraq.comments.selectors import moderated_by


class DecisionForm(forms.Form):
    """One verdict on any number of comments, all of them the user's to decide about, or none is decided."""

    comments = forms.ModelMultipleChoiceField(
        Comment.objects.none(),
        error_messages={
            "required": _("No comment was ticked, so nothing was decided. Tick those that you mean."),
            "invalid_choice": _("One of these comments is gone or not yours to decide about; nothing was decided."),
            "invalid_pk_value": _("One of these comments is gone or not yours to decide about; nothing was decided."),
        },
    )
    verdict = forms.ChoiceField(choices=Verdict.choices)
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        field = self.fields["comments"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  it is the one above
        field.queryset = moderated_by(user)

    def problem(self) -> str:
        """The first thing wrong, for people."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)
