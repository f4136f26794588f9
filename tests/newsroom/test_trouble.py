"""What staff read when a request could not be answered."""

from __future__ import annotations

import errno
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from warraq.newsroom.models import Article
from warraq.newsroom.trouble import trouble_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(front_page):
    """Of a superuser; errors are answered, not raised."""
    user = get_user_model().objects.create_superuser("huda", password="كلمة سر طويلة")
    UserProfile.objects.create(user=user, preferred_language="ar")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def form(headline: str) -> dict[str, str]:
    inlines = {name: inline_formset([]) for name in ("signatures", "drawn_on", "corrections", "comments")}
    body = streamfield([("paragraph", rich_text("<p>" + "نص طويل. " * 20_000 + "</p>"))])
    fields = {"title": headline, "kicker": "", "standfirst": "", "photo_caption": "", "photo": "", "tags": ""}
    return nested_form_data({**fields, "slug": "khabar", "body": body, **inlines})


def test_a_database_without_room_is_told_as_that(client, make_article):
    article = make_article()
    before = article.title
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        [pages] = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
        try:
            answer = client.post(reverse("wagtailadmin_pages:edit", args=(article.pk,)), form("عنوان لم يُحفظ"))
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    told = unescape(answer.content.decode())
    assert answer.status_code == 507
    assert "القرص ممتلئ" in told
    assert "لم يُحفظ شيء مما أرسلته الآن" in told
    assert '<html lang="ar" dir="rtl">' in told
    assert Article.objects.get(pk=article.pk).title == before


def test_an_error_of_our_own_shows_nothing_of_its_inside(client, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("secret of the program")

    monkeypatch.setattr("warraq.newsroom.views.may_watch_the_press", broken)
    answer = client.get(reverse("newsroom_press"))
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "حدث خطأ" in answer.content.decode()


class Full(Exception):
    sqlstate = "53100"


def of_postgresql() -> OperationalError:
    error = OperationalError("could not extend file")
    error.__cause__ = Full()
    return error


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (of_postgresql(), "The disk is full"),
        (OperationalError("database is locked"), "The database is busy"),
        (OperationalError("connection refused"), "The database does not answer"),
        (OSError(errno.EIO, "Input/output error"), "Something went wrong"),
        (OperationalError("disk I/O error"), "Something went wrong"),
        (ValueError("no"), "Something went wrong"),
    ],
)
def test_each_trouble_has_its_name(error, title):
    with translation.override("en"):
        assert trouble_of(error).title == title


def test_a_log_without_room_is_told_as_a_full_disk(monkeypatch):
    monkeypatch.setattr("warraq.newsroom.trouble.ROOM", 1 << 62)
    with translation.override("en"):
        assert trouble_of(OperationalError("disk I/O error")).title == "The disk is full"


def test_an_address_with_nothing_there_is_told_in_the_staffs_language(client):
    answer = client.get("/admin/pages/999999/edit/")
    told = unescape(answer.content.decode())
    assert answer.status_code == 404
    assert "لا شيء في هذا العنوان" in told
    assert '<html lang="ar" dir="rtl">' in told
    assert "Wagtail" not in told
