"""Staff accounts that an operator makes. Needs Django."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation

from warraq.language import messages
from warraq.language.messages import gettext as _
from warraq.operations.errors import UserRefused

LONGEST_PASSWORD = 1024
"""Characters. Hashing takes longer the longer it is."""


def create_admin(*, user: str, password: str) -> None:
    """Make an administrator. Raises UserRefused with every reason; then nothing was made."""
    kind = get_user_model()
    made = kind(username=user, is_staff=True, is_superuser=True, is_active=True)
    if kind.objects.filter(username__iexact=user).exists():
        raise UserRefused(
            _(
                "There is a user {user} already; it was left as it is. "
                "For a new password: warraq manage changepassword {user}"
            ).format(user=user)
        )
    try:
        translation.activate(messages.language())
        if not password.strip():
            raise ValidationError(_("The password is empty."))
        if not password.isprintable():
            raise ValidationError(_("The password holds what is no text; it is read as UTF-8."))
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(_("The password is too long."))
        validate_password(password, made)
        made.set_password(password)
        made.full_clean()
    except ValidationError as error:
        reasons = "\n".join(f"- {reason}" for reason in error.messages)
        raise UserRefused(_("No user was made:\n{reasons}").format(reasons=reasons)) from error
    made.save()
