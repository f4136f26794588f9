"""Comments as readers send them, and people who decide about them."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from warraq.newsroom.models import Role
from warraq.spool import SpoolWriter


def record(article: object, text: object = "أحسنتم، مقال نافع.", **fields: object) -> bytes:
    """A comment as the front spools it, with whatever is to be wrong in it."""
    told = {
        "id": uuid.uuid4().hex,
        "article": getattr(article, "pk", article),
        "name": "سالم",
        "text": text,
        "parent": None,
        "t": int(time.time() * 1000),
        "v": "ab12",
        "n": "cd34",
    }
    return json.dumps(told | fields, ensure_ascii=False).encode()


@pytest.fixture
def send(settings, tree) -> Callable[..., list[Path]]:
    """`send(*records)` into the spool, as a front that then ends; the segments."""

    def put(*records: bytes, **more: int) -> list[Path]:
        writer = SpoolWriter(settings.WARRAQ_SPOOL / "comments", **more)
        for one in records:
            writer.append(one, durable=True)
        writer.close()
        return sorted((settings.WARRAQ_SPOOL / "comments").glob("*.log"))

    return put


@pytest.fixture
def make_user(front_page) -> Callable[..., object]:
    """`make_user("moderator")`, in the group that plays this role (in `section`)."""

    def make(role: str, section: object = None, **fields: object):
        user = get_user_model().objects.create_user(
            f"{role}-{uuid.uuid4().hex[:6]}", password="كلمة سر طويلة", **fields
        )
        if role != "superuser":
            user.groups.add(Role.objects.get(role=role, section=section).group)
        return user

    return make
