"""Material becomes drafts, once, and an editor's work is never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from warraq.intake.errors import NoSection
from warraq.intake.models import Origin
from warraq.intake.services import take_in
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Section

pytestmark = pytest.mark.django_db

PAGE = """الأكثر قراءة

أعلنت مكتبة المدينة أمس عن فتح قاعة جديدة للمخطوطات تضم مئات الكتب النادرة التي جمعها أهل الحي خلال سنوات طويلة.
وقالت المكتبة إن القاعة تستقبل القرّاء والباحثين كل يوم من الصباح إلى المساء، وإن الدخول إليها بلا رسوم.
قاعة للأطفال
وتضم المكتبة كذلك قاعة للأطفال فيها كتب مصوّرة ومقاعد صغيرة، ويشرف عليها متطوعون من مدارس الحي القريبة.
لمتابعة أخبارنا عبر التليجرام اضغط هنا
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE)
    return file


def test_a_saved_page_becomes_a_draft_in_the_section(section, page):
    outcome = take_in(paths=[page], section="news")
    article = Article.objects.get(pk=outcome.made[0]["id"])
    assert not article.live
    assert article.get_parent().pk == section.pk
    assert "مكتبة المدينة" in article.standfirst
    assert [block.block_type for block in article.body] == ["paragraph", "heading", "paragraph"]
    assert {left["text"] for left in outcome.left_out} == {"الأكثر قراءة", "لمتابعة أخبارنا عبر التليجرام اضغط هنا"}
    assert all(left["why"] and left["line"] for left in outcome.left_out)


def test_the_same_page_twice_is_one_article(section, page):
    take_in(paths=[page])
    again = take_in(paths=[page])
    assert (len(again.made), len(again.updated), len(again.skipped)) == (0, 0, 1)
    assert Article.objects.count() == 1


def test_an_editors_later_draft_is_kept(section, page, monkeypatch):
    article = Article.objects.get(pk=take_in(paths=[page]).made[0]["id"])
    draft = article.get_latest_revision_as_object()
    draft.title = "عنوان المحرّر"
    draft.save_revision()
    Origin.objects.update(digest="")  # as if the page had changed
    outcome = take_in(paths=[page])
    assert outcome.skipped and not outcome.updated
    assert Article.objects.get().get_latest_revision_as_object().title == "عنوان المحرّر"


def test_a_changed_page_updates_its_own_draft(section, page):
    take_in(paths=[page])
    Origin.objects.update(digest="")
    assert len(take_in(paths=[page]).updated) == 1


def test_a_dry_run_makes_nothing(section, page):
    assert take_in(paths=[page], dry_run=True).made[0]["state"] == "dry-run"
    assert not Article.objects.exists()


def test_publishing_is_asked_for(section, page, press_all, tree):
    made = take_in(paths=[page], publish=True).made[0]
    press_all()
    assert made["state"] == "published"
    assert "مخطوطات" in (tree / "pages" / made["url"][1:] / "index.html").read_text()


def test_an_unknown_section_is_refused_before_anything_is_made(section, page):
    with pytest.raises(NoSection, match="sport"):
        take_in(paths=[page], section="sport")
    assert not Article.objects.exists()


def test_bad_files_are_skipped_each_with_its_reason_and_named_once(section, page, tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "menu.html").write_text("<nav><ul><li><a href=/1>خبر</a></li></ul></nav>")
    (tmp_path / "zz").symlink_to("zz")
    outcome = take_in(paths=[tmp_path, tmp_path / "none"])
    assert len(outcome.made) == 1 and not outcome.refused
    skipped = {Path(row["file"]).name: row["why"] for row in outcome.skipped}
    assert list(skipped) == ["empty.txt", "menu.html", "zz", "none"]
    assert not any(name in why for name, why in skipped.items())


def test_where_every_file_is_refused_the_outcome_says_so(section, page, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert take_in(paths=[empty, tmp_path / "none"]).refused
    take_in(paths=[page])
    assert not take_in(paths=[page, empty]).refused


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    file = tmp_path / "signed.txt"
    file.write_text(f"قاعة جديدة للمخطوطات\nنشر في: 4 مارس 2015 - 06:05 م\n{PAGE.partition('قراءة')[2]}")
    return file


def test_a_draft_keeps_the_date_that_its_page_told(section, signed):
    article = Article.objects.get(pk=take_in(paths=[signed]).made[0]["id"])
    assert article.first_published_at is None, "it was never on this paper"
    draft = article.get_latest_revision_as_object()
    draft.title = "عنوان المحرّر"
    draft.save_revision().publish()
    article.refresh_from_db()
    assert article.first_published_at.isoformat() == "2015-03-04T15:05:00+00:00"


def test_a_changed_page_brings_its_date_into_the_draft(section, signed):
    take_in(paths=[signed])
    signed.write_text(signed.read_text().replace("4 مارس", "5 مارس").replace("مئات", "آلاف"))
    article = Article.objects.get(pk=take_in(paths=[signed]).updated[0]["id"])
    article.get_latest_revision().publish()
    article.refresh_from_db()
    assert article.first_published_at.day == 5


def test_an_unchanged_draft_is_published_when_that_is_asked_for(section, signed):
    pk = take_in(paths=[signed]).made[0]["id"]
    outcome = take_in(paths=[signed], publish=True)
    assert [(row["id"], row["state"]) for row in outcome.updated] == [(pk, "published")]
    assert not outcome.skipped and not outcome.left_out
    assert Article.objects.get().first_published_at.year == 2015
    assert len(take_in(paths=[signed], publish=True).skipped) == 1


def test_a_published_article_that_changed_is_a_draft_until_it_is_published_again(section, page):
    take_in(paths=[page], publish=True)
    page.write_text(PAGE.replace("مئات الكتب", "آلاف الكتب"))
    assert take_in(paths=[page]).updated[0]["state"] == "draft"
    assert take_in(paths=[page]).skipped
    assert take_in(paths=[page], publish=True).updated[0]["state"] == "published"
    assert "آلاف الكتب" in Article.objects.get().standfirst


def test_a_draft_that_an_editor_works_on_is_not_published_over_them(section, page):
    article = Article.objects.get(pk=take_in(paths=[page]).made[0]["id"])
    article.get_latest_revision_as_object().save_revision()
    outcome = take_in(paths=[page], publish=True)
    assert "editor" in outcome.skipped[0]["why"]
    assert not Article.objects.get().live


@pytest.mark.parametrize("retracted", [True, False])
def test_what_an_editor_took_off_the_paper_stays_off(section, page, retracted):
    article = Article.objects.get(pk=take_in(paths=[page], publish=True).made[0]["id"])
    if retracted:
        newsroom.retract(article=article, by=None, reason="خطأ")
    else:
        newsroom.unpublish(article=article)
    outcome = take_in(paths=[page], publish=True)
    assert "off the paper" in outcome.skipped[0]["why"]
    assert not Article.objects.get().live


def test_another_section_moves_the_article_if_it_is_named(section, page):
    sport = newsroom.open_section(slug="sport", title="رياضة")
    take_in(paths=[page], section="news")
    assert take_in(paths=[page]).skipped
    assert take_in(paths=[page], section="sport", publish=True).updated[0]["state"] == "published"
    assert Article.objects.get().get_parent().pk == sport.pk
    assert take_in(paths=[page]).skipped
    assert Article.objects.get().get_parent().pk == sport.pk


def test_a_text_file_that_was_corrected_updates_its_article(section, page):
    pk = take_in(paths=[page]).made[0]["id"]
    page.write_text(PAGE.replace("مئات الكتب", "آلاف الكتب"))
    assert [row["id"] for row in take_in(paths=[page]).updated] == [pk]
    assert "آلاف الكتب" in Article.objects.get().get_latest_revision_as_object().standfirst
    assert len(take_in(paths=[page]).skipped) == 1


def test_another_text_in_a_file_of_the_same_name_is_another_article(section, page):
    take_in(paths=[page])
    page.write_text(
        "فاز فريق المدينة ببطولة كرة القدم أمس بعد مباراة طويلة حضرها آلاف من المشجعين في الملعب الكبير.\n" * 2
    )
    assert len(take_in(paths=[page]).made) == 1
    assert Article.objects.count() == 2


def test_the_same_text_under_another_headline_and_name_writes_nothing_over(section, tmp_path):
    body = PAGE.partition("قراءة\n\n")[2]
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text(f"قاعة جديدة للمخطوطات\n\n{body}")
    other.write_text(f"عنوان مختلف كل الاختلاف\n\n{body}")
    take_in(paths=[one])
    outcome = take_in(paths=[other])
    assert "one.txt" in outcome.skipped[0]["why"]
    assert Article.objects.get().get_latest_revision_as_object().title == "قاعة جديدة للمخطوطات"


def test_nothing_is_listed_as_left_out_of_what_is_not_taken_in(section, page):
    assert take_in(paths=[page]).left_out
    assert not take_in(paths=[page]).left_out


def test_a_dry_run_opens_no_section(front_page, page):
    assert take_in(paths=[page], dry_run=True).made
    assert not Section.objects.exists()


def test_the_described_page_is_taken_in_whole(section, inputs):
    file = next((inputs / "seed").glob("*.txt"))
    outcome = take_in(paths=[file], publish=True, section="news")
    made = outcome.made[0]
    assert made["headline_proposed"]
    article = Article.objects.get(pk=made["id"])
    said = article.standfirst + " ".join(str(block.value) for block in article.body)
    gone = {left["text"] for left in outcome.left_out}
    kept = [line for line in file.read_text().splitlines() if line and line.removeprefix("- ") not in gone]
    assert [block.value for block in article.body if block.block_type == "heading"] == [
        "تفاصيل الاجتماع",
        "طالبان تنفي",
        "تأكيد روسي",
    ]
    assert 15 < len(kept) < 22
    assert "أختر منصور" in said and "كابولوف" in said
