"""Whatever path is asked, the forms that it may have meant are public paths."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from warraq.front.paths import canonical_forms, is_canonical
from warraq.press import layout

pieces = st.sampled_from([*"/\\.%AaB1_-~?#\0\n é", "..", "//", "index.html", "%2e", "news", "خبر"])


@given(st.lists(pieces, max_size=30).map("".join))
@example("/news/12/..")
@example("/index.html/index.html")
def test_forms_are_public_paths_and_few(path: str) -> None:
    forms = canonical_forms(path)
    assert len(forms) <= 4
    for form in forms:
        assert form != path
        assert layout.is_public_path(form)
        assert is_canonical(form)
        assert not {".", ".."} & set(form.split("/"))
        assert not form.startswith("//")


def test_case_is_kept_where_it_can_be_and_lowered_after() -> None:
    assert canonical_forms("//news/Ab") == ["/news/Ab", "/news/ab/", "/news/ab"]
    assert canonical_forms("/_/media//Ab12.webp") == [
        "/_/media/Ab12.webp",
        "/_/media/ab12.webp",
        "/_/media/ab12.webp/",
    ]
