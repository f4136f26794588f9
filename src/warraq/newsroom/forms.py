"""The newsroom's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.widgets import AdminAutoHeightTextInput

from warraq.language.bidi import clean_line, clean_text


class FrontForm(WagtailAdminPageForm):
    """Refuses drafts for the front: readers would not see them, and the editor would look for them in vain."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        says = _("«%(title)s» is not published. Publish it first, or choose another.")
        lead = cleaned.get("lead")
        if lead is not None and not lead.live:
            self.add_error("lead", ValidationError(says, params={"title": lead.title}))
        for form in self.formsets["slots"].forms if "slots" in self.formsets else ():
            article = getattr(form, "cleaned_data", {}).get("article")
            if article is not None and not article.live and not form.cleaned_data.get("DELETE"):
                form.add_error("article", ValidationError(says, params={"title": article.title}))
        return cleaned


class SectionForm(WagtailAdminPageForm):
    """A section's address is chosen by a person: it stays for ever, and a transliteration without vowels is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            widget = forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "none"})
            said = self.fields["slug"]
            # Plain: the model says in the paper's own words what an address may be.
            self.fields["slug"] = forms.CharField(label=said.label, help_text=said.help_text, widget=widget)


class ArticleForm(WagtailAdminPageForm):
    """Cleans what is typed or pasted into the lines of an article, and signs new corrections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].widget = AdminAutoHeightTextInput()

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


class NewsroomLoginForm(LoginForm):
    """Wagtail's, whose field for the password has no label of its own, so that it is called by its English name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


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
