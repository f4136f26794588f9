"""The channels that readers come by: each is many hosts, for a phone, a desk, a short link and an application.

An application on Android names itself as host: `android-app://org.telegram.messenger`.
"""

from __future__ import annotations

import re
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_HOSTS: Final = {
    gettext_noop("Telegram"): (
        "t.me", "telegram.me", "telegram.dog", "telegram.org", "web.telegram.org", "webk.telegram.org",
        "weba.telegram.org", "org.telegram.messenger", "org.telegram.messenger.web", "org.thunderdog.challegram",
    ),
    gettext_noop("WhatsApp"): (
        "whatsapp.com", "www.whatsapp.com", "web.whatsapp.com", "api.whatsapp.com", "wa.me", "com.whatsapp",
        "com.whatsapp.w4b",
    ),
    gettext_noop("Facebook"): (
        "facebook.com", "www.facebook.com", "m.facebook.com", "l.facebook.com", "lm.facebook.com", "web.facebook.com",
        "mbasic.facebook.com", "touch.facebook.com", "fb.me", "fb.com", "l.messenger.com", "messenger.com",
        "com.facebook.katana", "com.facebook.lite", "com.facebook.orca",
    ),
    gettext_noop("X"): ("t.co", "x.com", "twitter.com", "mobile.twitter.com", "com.twitter.android"),
    gettext_noop("Instagram"): ("instagram.com", "www.instagram.com", "l.instagram.com", "com.instagram.android"),
    gettext_noop("YouTube"): (
        "youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "com.google.android.youtube",
    ),
    gettext_noop("Google"): (
        "google.com", "www.google.com", "news.google.com", "com.google.android.googlequicksearchbox",
        "com.google.android.apps.magazines",
    ),
    gettext_noop("Bing"): ("bing.com", "www.bing.com", "cn.bing.com"),
    gettext_noop("DuckDuckGo"): ("duckduckgo.com", "com.duckduckgo.mobile.android"),
}  # fmt: skip
_NAMES: Final = {host: name for name, hosts in _HOSTS.items() for host in hosts}
_GOOGLE_OF_A_COUNTRY: Final = r"^www\.google\.(com\.|co\.)?[a-z]{2}$"
OF_A_CHANNEL: Final = Q(host__in=sorted(_NAMES)) | Q(host__regex=_GOOGLE_OF_A_COUNTRY)
"""Arrivals by a channel that is known here."""


def name_of(host: str) -> str:
    """The channel's name, in the staff's language; empty for a site that is none."""
    known = _NAMES.get(host) or ("Google" if re.search(_GOOGLE_OF_A_COUNTRY, host) else "")
    return _(known) if known else ""
