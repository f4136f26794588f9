"""Roles: which group of users is which desk of the newsroom."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleName(models.TextChoices):
    WRITER = "writer", _("writers")
    SECTION_EDITOR = "section-editor", _("section editors")
    CHIEF_EDITOR = "chief-editor", _("chief editors")
    MODERATOR = "moderator", _("moderators")
    ADMINISTRATOR = "administrator", _("administrators")


class Role(models.Model):
    """A group that plays a role: a section editor's in one section, the others' in the whole paper."""

    role = models.CharField(max_length=20, choices=RoleName.choices)
    section = models.ForeignKey(
        "newsroom.Section", null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="role")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["role", "section"], name="role_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.group.name
