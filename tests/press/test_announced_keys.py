"""Whatever is changed in the newsroom, each page that looks otherwise by it had recorded a key that was announced."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.press import mutations
from tests.press.rich import make_paper, short_lists
from warraq.press.ledger import all_refs
from warraq.press.models import Change
from warraq.press.recording import memory
from warraq.press.rendering import Rendered, render
from warraq.press.sheets import Ref, kinds
from warraq.press.watch import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(tree, settings):
    settings.WARRAQ_ORIGIN = "https://paper.example"  # headlines are drawn for who shares them
    with short_lists():
        yield make_paper()


def unnoticed(before: dict[Ref, Rendered], announced: set[str]) -> list[Ref]:
    """Sheets that are otherwise now, and that `announced` leads nobody to."""
    keys, failed = followed(sorted(announced))
    assert failed == {}
    coming = {Ref(kind.name, ident) for kind in kinds() for key in keys for ident in kind.coming(key)}
    met = {ref for ref, one in before.items() if one.record.keys & keys and one.page is not None}
    with memory():
        rest = set(before) | set(all_refs())
        return [
            ref
            for ref in sorted(rest - met - coming)
            if render(ref).page != (before[ref].page if ref in before else None)
        ]


@pytest.mark.parametrize("group", mutations.GROUPS)
def test_every_change_is_announced_to_the_sheets_that_it_changes(rich, group):
    with memory():
        before = {ref: render(ref) for ref in all_refs()}
    missed = {}
    for name, change in mutations.GROUPS[group]():
        with transaction.atomic():
            change()
            found = unnoticed(before, set(Change.objects.values_list("key", flat=True)))
            transaction.set_rollback(True)
        if found:
            missed[name] = found
    assert missed == {}
