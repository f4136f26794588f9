"""Desks: the groups of the newsroom and what each may do.

Writers write drafts in any section and send them for review. The section's editors, and the chief editors, review and
publish. Rights by section are Wagtail's own page permissions, so they hold for its sub-sections as well.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.permission_policies.pages import PagePermissionPolicy

from warraq.newsroom.models import Front, Role, RoleName, Section

NAMES = {
    "ar": {
        RoleName.WRITER: "الكتّاب",
        RoleName.SECTION_EDITOR: "محررو قسم {section}",
        RoleName.CHIEF_EDITOR: "رئاسة التحرير",
        RoleName.MODERATOR: "مشرفو التعليقات",
        RoleName.ADMINISTRATOR: "الإدارة",
        "review": "مراجعة قسم {section}",
    },
    "en": {
        RoleName.WRITER: "Writers",
        RoleName.SECTION_EDITOR: "Editors of {section}",
        RoleName.CHIEF_EDITOR: "Chief editors",
        RoleName.MODERATOR: "Moderators",
        RoleName.ADMINISTRATOR: "Administrators",
        "review": "Review of {section}",
    },
}
"""Names of groups, in the language the newsroom was opened in; an administrator may rename them."""

EVERYWHERE = ("wagtailadmin.access_admin",)
NAMED = tuple(f"newsroom.{verb}_{model}" for model in ("author", "source") for verb in ("add", "view"))
"""Of authors and sources a writer adds new ones; what stands under published articles only editors change."""
SNIPPETS = NAMED + tuple(f"newsroom.change_{model}" for model in ("author", "source"))
BREAKING = tuple(f"newsroom.{verb}_breaking" for verb in ("add", "change", "delete", "publish", "view"))
COMMENTS = ("warraq_comments.view_comment", "warraq_comments.change_comment")
SETTINGS = ("newsroom.change_papersettings",)
OWN_PHOTOS = ("add_image", "choose_image")
"""Who may add photos may change their own."""
PHOTOS = (*OWN_PHOTOS, "change_image")
"""Wagtail asks for the rights to its own image model, whichever model holds the images."""


def group_for(role: str, *, language: str, section: Section | None = None) -> Group:
    """The group that plays `role` (in `section`), made if there is none."""
    found = Role.objects.filter(role=role, section=section).select_related("group").first()
    if found:
        return found.group
    wanted = NAMES[language][role].format(section=section.title if section else "")
    name, number = wanted[:140], 1
    while Group.objects.filter(name=name).exists():
        number += 1
        name = f"{wanted[:140]} {number}"
    group = Group.objects.create(name=name)
    Role.objects.create(role=role, section=section, group=group)
    return group


def grant(group: Group, names: tuple[str, ...]) -> None:
    """Give the group these permissions, `app.codename`; what the database has no row for yet is left out."""
    for name in names:
        app, codename = name.split(".")
        found = Permission.objects.filter(content_type__app_label=app, codename=codename)
        group.permissions.add(*found)


def grant_pages(group: Group, page: Page, codenames: tuple[str, ...]) -> None:
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def grant_photos(group: Group, codenames: tuple[str, ...] = PHOTOS) -> None:
    root = Collection.get_first_root_node()
    for permission in Permission.objects.filter(content_type__app_label="wagtailimages", codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def close_wagtails_own() -> None:
    """Remove the groups and the review that Wagtail brings: the paper has desks of its own."""
    Workflow.objects.all().delete()
    Task.objects.all().delete()
    Group.objects.filter(role=None).delete()


@transaction.atomic
def open_desks(front: Front, *, language: str) -> None:
    """The desks of the whole paper. Safe to call again."""
    writers = group_for(RoleName.WRITER, language=language)
    chiefs = group_for(RoleName.CHIEF_EDITOR, language=language)
    moderators = group_for(RoleName.MODERATOR, language=language)
    administrators = group_for(RoleName.ADMINISTRATOR, language=language)
    grant(writers, EVERYWHERE + NAMED)
    grant_photos(writers, OWN_PHOTOS)
    for group in (chiefs, administrators):
        grant(group, EVERYWHERE + SNIPPETS + BREAKING + COMMENTS + SETTINGS)
        grant_photos(group)
        grant_pages(group, front, ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"))
    grant(moderators, EVERYWHERE + COMMENTS)
    users = ("auth.add_user", "auth.change_user", "auth.delete_user", "auth.view_user")
    grant(administrators, users)
    grant_pages(administrators, front, ("bulk_delete_page",))


@transaction.atomic
def open_section_desk(section: Section, *, language: str) -> None:
    """The section's editors, the writers' right to write in it, and its review. Safe to call again."""
    editors = group_for(RoleName.SECTION_EDITOR, language=language, section=section)
    grant(editors, EVERYWHERE + SNIPPETS + BREAKING)
    grant_photos(editors)
    grant_pages(editors, section, ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"))
    grant_pages(group_for(RoleName.WRITER, language=language), section, ("add_page",))
    if WorkflowPage.objects.filter(page_id=section.pk).exists():
        return
    name = NAMES[language]["review"].format(section=section.title)
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set([editors, group_for(RoleName.CHIEF_EDITOR, language=language)])
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page_id=section.pk)


def may_watch_the_press(user: User) -> bool:
    """Whoever publishes anywhere looks at how far the press is with it."""
    return bool(PagePermissionPolicy().user_has_permission(user, "publish"))


def may_press_again(user: User) -> bool:
    """Whoever may change the settings of the whole paper has what failed tried again at once."""
    return all(user.has_perm(name) for name in SETTINGS)
