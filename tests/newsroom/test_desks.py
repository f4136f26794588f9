"""Who may do what, in which section."""

from __future__ import annotations

import pytest
from django.urls import reverse

from warraq.newsroom import services
from warraq.newsroom.models import Article, Role, RoleName, Section

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


def test_the_newsroom_speaks_arabic_from_right_to_left(client, staff):
    client.force_login(staff(RoleName.CHIEF_EDITOR))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert 'dir="rtl"' in page and 'lang="ar"' in page
