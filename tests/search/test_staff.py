"""The staff's search: Wagtail's screens find Arabic words in whatever form."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from tests.newsroom.fixtures import image_bytes
from warraq.newsroom import services
from warraq.newsroom.models import Article, Author, Photo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["القهوة", "قهوة", "القهوه", "والقهوة", "بالقهوة", "قَهْوَة", "قهـــوة", "المخا القهوة"])
def test_an_article_is_found_by_any_form_of_its_words(make_article, asked):
    article = make_article("القهوة في المخا")
    make_article("الشاي في عدن")
    assert [page.pk for page in Article.objects.all().search(asked)] == [article.pk]


@pytest.mark.parametrize("begun", ["القه", "قهو", "القهو", "مخ"])
def test_what_is_only_begun_is_completed(make_article, begun):
    article = make_article("القهوة في المخا")
    assert article.pk in [page.pk for page in Page.objects.all().autocomplete(begun)]


def test_an_edit_is_found_and_the_old_words_are_not(make_article):
    article = make_article("القهوة في المخا")
    article.title = "الشاي في عدن"
    article.save_revision().publish()
    assert [page.pk for page in Article.objects.all().search("شاي")] == [article.pk]
    assert list(Article.objects.all().search("قهوة")) == []


@pytest.mark.parametrize("asked", ["زعفرانٌ", "قبطان", "رصيف", "عدن"])
def test_all_that_was_written_into_a_body_is_found(make_article, asked):
    photo = services.add_photo(title="سفينة", data=image_bytes(), name="ship.jpg")
    body = [
        ("paragraph", "<p>كان <b>الزعفران</b>&nbsp;ينزل.</p>"),
        ("quotation", {"text": "قال", "speaker": "القبطان", "source": ""}),
        ("list", {"ordered": False, "items": ["<p>الرصيف</p>"]}),
        ("image", {"photo": photo, "alt": "", "caption": "في عدن"}),
    ]
    article = make_article("القهوة في المخا", body=body)
    make_article("الشاي")
    assert [page.pk for page in Article.objects.all().search(asked)] == [article.pk]


def test_authors_and_photos_are_found_alike(front_page):
    author = services.add_author(name="هدى الأحمدي")
    photo = services.add_photo(title="سفينة في الميناء", data=image_bytes(), name="ship.jpg")
    assert author in list(get_search_backend().autocomplete("احمدي", Author))
    assert photo in list(Photo.objects.all().search("السفينة"))


def test_the_newsrooms_own_screen_finds_it(client, make_article, django_user_model):
    article = make_article("القهوة في المخا")
    client.force_login(django_user_model.objects.create_superuser("editor", password="x"))
    for address in (reverse("wagtailadmin_pages:search"), reverse("wagtailadmin_choose_page_search")):
        assert article.title in client.get(address, {"q": "قهوة"}).content.decode()


def test_saving_takes_no_average_of_all_titles(make_article):
    article = make_article("القهوة في المخا")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        article.save()
    assert not [query for query in queries.captured_queries if "AVG(" in query["sql"].upper()]
