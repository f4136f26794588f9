"""What an editor says of the paper as a whole."""

from __future__ import annotations

import zoneinfo

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


class Digits(models.TextChoices):
    LATIN = "latin", "0123456789"
    ARABIC = "arabic", "٠١٢٣٤٥٦٧٨٩"


class Months(models.TextChoices):
    GREGORIAN = "gregorian", _("يناير، فبراير، مارس…")
    LEVANTINE = "levantine", _("كانون الثاني، شباط، آذار…")
    MAGHREB = "maghreb", _("جانفي، فيفري، مارس…")


class Language(models.TextChoices):
    AR = "ar", "العربية"
    EN = "en", "English"


def check_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("%(name)s is no time zone. They look like Asia/Aden."), params={"name": name})


@register_setting(icon="form", order=10)
class PaperSettings(BaseGenericSetting):
    """Name, language, calendar and channels of the paper."""

    name = models.CharField(_("name of the paper"), max_length=80, default="Warraq")
    tagline = models.CharField(_("line under the name"), max_length=120, blank=True)
    about = models.TextField(_("about the paper"), max_length=4000, blank=True, help_text=_("Shown on the page About."))
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.AR)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Asia/Aden", validators=[check_zone])
    digits = models.CharField(_("digits"), max_length=10, choices=Digits.choices, default=Digits.LATIN)
    months = models.CharField(_("names of months"), max_length=10, choices=Months.choices, default=Months.GREGORIAN)
    hijri = models.BooleanField(_("show the Hijri date"), default=True)
    offline = models.BooleanField(
        _("readers' browsers keep what they opened"),
        default=True,
        help_text=_("Then the front page and the last articles can be read again where there is no network."),
    )
    telegram = models.URLField(_("Telegram channel"), blank=True)
    whatsapp = models.URLField(_("WhatsApp channel"), blank=True)
    facebook = models.URLField(_("Facebook page"), blank=True)
    x = models.URLField(_("X account"), blank=True)
    youtube = models.URLField(_("YouTube channel"), blank=True)
    instagram = models.URLField(_("Instagram account"), blank=True)

    panels = [
        MultiFieldPanel([FieldPanel(name) for name in ("name", "tagline", "about", "offline")], heading=_("The paper")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("language", "time_zone", "digits", "months", "hijri")],
            heading=_("Language and calendar"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("telegram", "whatsapp", "facebook", "x", "youtube", "instagram")],
            heading=_("Channels"),
        ),
    ]

    class Meta:
        verbose_name = _("paper settings")
        verbose_name_plural = _("paper settings")
