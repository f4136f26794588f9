"""Who may do what, in which section."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow, WorkflowPage

from tests.newsroom.fixtures import image_bytes
from warraq.newsroom import services
from warraq.newsroom.models import Article, PaperSettings, Role, RoleName, Section
from warraq.newsroom.tags import tags_from_string

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(section, django_user_model):
    """`staff(role, section=None)`: a user of that desk."""

    def make(role, of=None):
        user = django_user_model.objects.create_user(f"{role}-{of.slug if of else 'all'}", password="قهوة المخا 1511")
        user.groups.add(Role.objects.get(role=role, section=of).group)
        return user

    return make


def test_a_writer_writes_drafts_and_cannot_publish(staff, section):
    writer = staff(RoleName.WRITER)
    rights = section.permissions_for_user(writer)
    assert rights.can_add_subpage()
    assert not rights.can_publish_subpage()
    draft = services.write_article(section=section, headline="مسوّدة", owner=writer)
    own = draft.permissions_for_user(writer)
    assert own.can_edit() and own.can_submit_for_moderation() and not own.can_publish()


def test_a_writer_does_not_touch_another_writers_text(staff, section, make_article):
    assert not make_article("لغيره").permissions_for_user(staff(RoleName.WRITER)).can_edit()


def test_a_section_editor_publishes_in_that_section_only(staff, section):
    other = services.open_section(slug="texts", title="نصوص", kind="literary")
    editor = staff(RoleName.SECTION_EDITOR, section)
    assert section.permissions_for_user(editor).can_publish_subpage()
    assert not other.permissions_for_user(editor).can_publish_subpage()
    assert not other.permissions_for_user(editor).can_add_subpage()


def test_a_sections_rights_hold_in_its_sub_sections(staff, section):
    below = services.open_section(slug="world", title="العالم", parent=section)
    assert below.permissions_for_user(staff(RoleName.SECTION_EDITOR, section)).can_publish_subpage()


def test_a_chief_editor_publishes_everywhere_and_a_moderator_nowhere(staff, section):
    assert section.permissions_for_user(staff(RoleName.CHIEF_EDITOR)).can_publish_subpage()
    assert not section.permissions_for_user(staff(RoleName.MODERATOR)).can_add_subpage()


def test_a_draft_goes_through_review_to_the_paper(staff, section):
    writer, editor = staff(RoleName.WRITER), staff(RoleName.SECTION_EDITOR, section)
    draft = services.write_article(section=section, headline="خبر للمراجعة", owner=writer)
    draft.get_workflow().start(draft, writer)
    state = draft.current_workflow_task_state
    assert not Article.objects.get(pk=draft.pk).live
    state.approve(user=editor)
    assert Article.objects.get(pk=draft.pk).live


@pytest.mark.parametrize("role", [RoleName.WRITER, RoleName.MODERATOR])
def test_only_publishers_open_sections(client, staff, section, role):
    client.force_login(staff(role))
    answer = client.get(reverse("wagtailadmin_pages:add", args=["newsroom", "section", section.pk]))
    assert answer.status_code in {302, 403}
    assert not Section.objects.child_of(section).exists()


def test_retracting_asks_for_a_reason_and_for_the_right(client, staff, section, make_article):
    article = make_article()
    address = reverse("newsroom_retract", args=[article.pk])
    client.force_login(staff(RoleName.WRITER))
    client.post(address, {"reason": "لا"})
    assert Article.objects.get(pk=article.pk).live
    client.force_login(staff(RoleName.SECTION_EDITOR, section))
    assert client.post(address, {"reason": "  "}).status_code == 200
    assert Article.objects.get(pk=article.pk).live
    client.post(address, {"reason": "نُشر قبل التحقق."})
    article.refresh_from_db()
    assert not article.live and article.retraction.reason == "نُشر قبل التحقق."
    screen = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "نُشر قبل التحقق." in screen


def test_the_newsroom_speaks_arabic_from_right_to_left(client, staff):
    client.force_login(staff(RoleName.CHIEF_EDITOR))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert 'dir="rtl"' in page and 'lang="ar"' in page


@pytest.mark.parametrize("role", [RoleName.WRITER, RoleName.CHIEF_EDITOR, RoleName.ADMINISTRATOR])
def test_every_desk_that_writes_takes_photos_in_and_chooses_them(client, staff, section, role):
    photo = services.add_photo(title="سفينة", data=image_bytes(), name="ship.jpg")
    client.force_login(staff(role))
    assert client.get(reverse("wagtailimages:add_multiple")).status_code == 200
    chooser = client.get(reverse("wagtailimages_chooser:choose"))
    assert photo.title in json.loads(chooser.content)["html"]


def test_staff_see_and_type_times_in_the_papers_zone(client, staff, section):
    client.force_login(staff(RoleName.CHIEF_EDITOR))
    row = PaperSettings.load()
    row.time_zone = "Asia/Tokyo"
    row.save()
    draft = services.write_article(section=section, headline="خبر الغد")
    draft.go_live_at = datetime(2030, 1, 1, 0, 0, tzinfo=UTC)
    draft.save_revision()
    page = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert 'value="2030-01-01 09:00"' in page


def test_nobody_is_made_a_superuser_on_screen(client, staff, django_user_model):
    client.force_login(staff(RoleName.ADMINISTRATOR))
    someone = staff(RoleName.MODERATOR)
    address = reverse("wagtailusers_users:edit", args=[someone.pk])
    fields = {"username": someone.username, "first_name": "س", "last_name": "ص", "email": "a@example.org"}
    assert "is_superuser" not in client.get(address).content.decode()
    client.post(address, {**fields, "is_active": "on", "is_superuser": "on"})
    someone.refresh_from_db()
    assert (someone.first_name, someone.is_superuser) == ("س", False)


def test_only_the_papers_own_desks_and_reviews_are_there(section):
    assert not Group.objects.filter(role=None).exists()
    assert {page.page_id for page in WorkflowPage.objects.all()} == {section.pk}
    assert Workflow.objects.count() == 1


def test_a_section_says_its_address_itself(client, staff, front_page):
    client.force_login(staff(RoleName.CHIEF_EDITOR))
    address = reverse("wagtailadmin_pages:add", args=["newsroom", "section", front_page.pk])
    fields = {"title": "رياضة", "kind": "news", "place": "0", "description": "", "action-publish": "1"}
    assert client.post(address, {**fields, "slug": ""}).status_code == 200
    assert client.post(address, {**fields, "slug": "رياضة"}).status_code == 200
    assert not Section.objects.filter(title="رياضة").exists()
    client.post(address, {**fields, "slug": "sports"})
    assert Section.objects.get(title="رياضة").public_path == "/sports/"


def test_a_draft_is_refused_for_the_front(client, staff, front_page, make_article):
    client.force_login(staff(RoleName.CHIEF_EDITOR))
    draft, published = make_article("مسوّدة", published=False), make_article("منشور")
    address = reverse("wagtailadmin_pages:edit", args=[front_page.pk])
    slots = {f"slots-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    answer = client.post(address, {**slots, "lead": str(draft.pk), "action-publish": "1"})
    assert "غير منشور" in answer.content.decode()
    client.post(address, {**slots, "lead": str(published.pk), "action-publish": "1"})
    front_page.refresh_from_db()
    assert front_page.lead_id == published.pk


def test_no_page_can_be_locked_from_readers(client, staff, make_article):
    client.force_login(staff(RoleName.CHIEF_EDITOR))
    article = make_article()
    client.post(reverse("wagtailadmin_pages:set_privacy", args=[article.pk]), {"restriction_type": "login"})
    assert not article.view_restrictions.exists()


def test_a_superuser_is_the_operators_to_change(client, staff, django_user_model):
    boss = django_user_model.objects.create_superuser("boss", password="قهوة المخا 1511")
    client.force_login(staff(RoleName.ADMINISTRATOR))
    for name in ("edit", "delete"):
        address = reverse(f"wagtailusers_users:{name}", args=[boss.pk])
        client.post(address, {"username": "boss", "password1": "آخر كلمة 1511", "password2": "آخر كلمة 1511"})
    bulk = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    client.post(f"{bulk}?id={boss.pk}")
    boss.refresh_from_db()
    assert boss.check_password("قهوة المخا 1511")


def test_a_writer_adds_photos_and_authors_and_changes_no_one_elses(client, staff, section):
    photo = services.add_photo(title="سفينة", data=image_bytes(), name="ship.jpg")
    author = services.add_author(name="هدى")
    client.force_login(staff(RoleName.WRITER))
    client.post(reverse("wagtailimages:delete", args=[photo.pk]))
    edit = reverse("wagtailsnippets_newsroom_author:edit", args=[author.pk])
    client.post(edit, {"name": "مزوّر", "role": "", "about": "", "portrait": ""})
    photo.refresh_from_db()
    author.refresh_from_db()
    assert author.name == "هدى"
    assert client.get(reverse("wagtailsnippets_newsroom_author:add")).status_code == 200


def test_an_arabic_comma_parts_tags():
    assert tags_from_string("مخطوطات عدن، تراث,كتب") == ["تراث", "كتب", "مخطوطات عدن"]
