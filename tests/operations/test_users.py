"""Administrators: who is refused, and why."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate, get_user_model

from warraq.operations.errors import UserRefused
from warraq.operations.users import create_admin

pytestmark = pytest.mark.django_db

GOOD = "غيمة فوق صنعاء 7"


def test_an_administrator_may_log_in_and_do_everything() -> None:
    create_admin(user="هدى", password=GOOD)

    user = authenticate(username="هدى", password=GOOD)
    assert user is not None
    assert user.is_superuser
    assert user.is_staff


@pytest.mark.parametrize("password", ["", "12345", "password123", "هدى", "ك" * 2000, "          "])
def test_a_password_that_anybody_guesses_makes_nobody(password: str) -> None:
    with pytest.raises(UserRefused, match="No user was made:\n- "):
        create_admin(user="هدى", password=password)

    assert not get_user_model().objects.filter(username="هدى").exists()


def test_every_reason_is_told_at_once() -> None:
    with pytest.raises(UserRefused) as refusal:
        create_admin(user="هدى", password="12345")

    assert len(str(refusal.value).splitlines()) == 3, "too short, and too common"


@pytest.mark.parametrize("name", ["", "هدى علي", "a\u202eb", "س" * 200])
def test_a_name_that_cannot_be_typed_makes_nobody(name: str) -> None:
    with pytest.raises(UserRefused, match="No user was made"):
        create_admin(user=name, password=GOOD)


def test_a_name_that_differs_by_case_alone_is_taken() -> None:
    create_admin(user="Huda", password=GOOD)

    with pytest.raises(UserRefused, match="There is a user huda already; it was left as it is"):
        create_admin(user="huda", password=GOOD)
