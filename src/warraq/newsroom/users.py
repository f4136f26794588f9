"""Users of the newsroom, as its administrators see them."""

from __future__ import annotations

from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet


class _WithoutSuperuser:
    """Whoever may do everything is made by the operator, with `warraq createadmin`; nobody promotes themselves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)  # type: ignore[attr-defined]


class NewUserForm(_WithoutSuperuser, UserCreationForm):
    pass


class UserForm(_WithoutSuperuser, UserEditForm):
    pass


class NewsroomUserViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[UserEditForm] | type[UserCreationForm]:
        return UserForm if for_update else NewUserForm
