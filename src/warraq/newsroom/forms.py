"""The newsroom's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from warraq.language.bidi import clean_line, clean_text


class ArticleForm(WagtailAdminPageForm):
    """Cleans what is typed or pasted into the lines of an article, and signs new corrections."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, limit in (("title", 255), ("kicker", 80), ("photo_caption", 300)):
            if cleaned.get(name):
                cleaned[name] = clean_line(cleaned[name], limit)
        if cleaned.get("standfirst"):
            cleaned["standfirst"] = clean_text(cleaned["standfirst"], 600)
        if "title" in cleaned and not cleaned["title"]:
            raise ValidationError({"title": _("A headline needs words.")})
        return cleaned

    def save(self, commit: bool = True) -> Any:
        article = super().save(commit=False)
        for correction in article.corrections.all():
            if correction.pk is None and correction.by_id is None:
                correction.by = self.for_user
        if commit:
            article.save()
        return article


class RetractForm(forms.Form):
    """Why an article is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Readers who come to the article's address will read it."),
    )

    def clean_reason(self) -> str:
        reason = clean_text(self.cleaned_data["reason"], 1000)
        if not reason:
            raise ValidationError(_("Readers need a reason in words."))
        return reason
