"""Making the demonstration paper's content, from an empty database to pressed pages. Needs Django."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone

from warraq.config.paper import PaperConfig
from warraq.newsroom.rankings.services import rank_all
from warraq.operations import founding, users
from warraq.operations.demo import content
from warraq.operations.demo.load import Loaded, load

USER = "admin"


@dataclass(frozen=True)
class Built:
    """What there is, and who may enter. The password is kept nowhere but here."""

    loaded: Loaded
    user: str
    password: str


def build(config: PaperConfig, *, tick: Callable[[], None] = lambda: None) -> Built:
    """The demonstration, as of this moment, in the paper that Django is set up on."""
    now = timezone.now()
    password = secrets.token_urlsafe(12)
    paper = content.paper()
    founding.found(config, name=paper["name"], language="ar")
    users.create_admin(user=USER, password=password)
    owner = get_user_model().objects.get(username=USER)
    loaded = load(paper, content.articles(now), owner=owner, now=now, tick=tick)
    rank_all(now)
    founding.press_first(tick=tick)
    return Built(loaded, USER, password)
