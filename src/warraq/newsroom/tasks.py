"""What the pressroom does for the newsroom, again and again."""

from __future__ import annotations

from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision

from warraq.newsroom.models import Breaking


def is_due() -> bool:
    """Whether anything waits to be published or to expire by now."""
    now = timezone.now()
    expired = Q(live=True, expire_at__lt=now)
    return (
        Revision.objects.filter(approved_go_live_at__lt=now).exists()
        or Page.objects.filter(expired).exists()
        or Breaking.objects.filter(expired).exists()
    )


def publish_due() -> int:
    """Publish what was scheduled for now, take down what expired; 1 if there was anything."""
    if not is_due():
        return 0
    with transaction.atomic():
        call_command("publish_scheduled", verbosity=0)
    return 1
