"""The index follows what is published, whatever the edit and whenever the work is cut short."""

from __future__ import annotations

import pytest
from django.db import transaction

from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article, Section
from warraq.search import selectors, services, store, tasks
from warraq.search.engine import Reader, Writer
from warraq.search.errors import IndexUnreadable
from warraq.search.models import IndexDue

pytestmark = pytest.mark.django_db


def index_all() -> int:
    rounds = 0
    while tasks.index_pending():
        rounds += 1
        assert rounds < 200
    return rounds


@pytest.fixture
def found(settings):
    """`found("كلمة")`: ids and addresses, as the front finds them once all that is due is indexed."""

    def search(query: str) -> dict[int, str]:
        index_all()
        return {hit.id: hit.url for hit in Reader(settings.WARRAQ_INDEX).search(query, limit=100).hits}

    return search


def test_a_published_article_is_found_by_all_its_parts(make_article, found):
    author = newsroom.add_author(name="هدى العريقي")
    article = make_article(
        "البنّ والميناء",
        kicker="تجارة",
        standfirst="سفنٌ من لشبونة",
        body=[("paragraph", "<p>نزل من <b>حراز</b></p>"), ("verse", {"text": "قفا * نبك", "poet": "امرؤ القيس"})],
        authors=[author],
        tags=["قهوة"],
    )
    for word in ("الميناء", "تجارة", "لشبونة", "حراز", "نبك", "العريقي", "قهوة", "اخبار"):
        assert found(word) == {article.pk: f"/news/{article.pk}/"}, word


def test_a_draft_is_not_found_until_it_is_published(make_article, found):
    draft = make_article("مسوّدة سرية", published=False)
    assert found("سرية") == {}
    newsroom.publish(article=draft)
    assert set(found("سرية")) == {draft.pk}


def test_an_unpublished_draft_of_a_published_article_stays_hidden(make_article, found):
    article = make_article("العنوان القديم")
    article.title = "العنوان الجديد"
    article.save_revision()
    assert found("الجديد") == {}
    article.get_latest_revision().publish()
    assert set(found("الجديد")) == {article.pk}
    assert found("القديم") == {}


@pytest.mark.parametrize("end", [
    lambda article: newsroom.unpublish(article=article),
    lambda article: newsroom.retract(article=article, by=None, reason="خطأ"),
    lambda article: Article.objects.get(pk=article.pk).delete(),
    lambda article: article.get_parent().specific.unpublish(),
    lambda article: article.get_parent().delete(),
])  # fmt: skip
def test_what_readers_cannot_see_any_more_is_found_no_more(make_article, found, end):
    article = make_article("خبرٌ عابر")
    assert set(found("عابر")) == {article.pk}
    end(article)
    assert found("عابر") == {}


def test_an_article_follows_its_section_to_another_address(make_article, section, found):
    article = make_article("خبرٌ ثابت")
    other = newsroom.open_section(slug="culture", title="ثقافة")
    newsroom.move(article=article, section=other)
    assert found("ثابت") == {article.pk: f"/culture/{article.pk}/"}
    other = Section.objects.get(pk=other.pk)
    other.slug = "arts"
    other.save_revision().publish()
    assert found("ثابت") == {article.pk: f"/arts/{article.pk}/"}


def test_a_section_that_moves_under_a_closed_one_takes_its_articles_along(make_article, section, found):
    article = make_article("خبرٌ منقول")
    closed = newsroom.open_section(slug="closed", title="مغلق")
    closed.unpublish()
    assert set(found("منقول")) == {article.pk}
    Section.objects.get(pk=section.pk).move(Section.objects.get(pk=closed.pk), pos="last-child")
    assert found("منقول") == {}


def test_a_new_name_of_an_author_or_a_tag_is_found(make_article, found):
    author = newsroom.add_author(name="اسم قديم")
    article = make_article(authors=[author], tags=["وسم"])
    author.name = "كنية مبتكرة"
    author.save()
    tag = article.tags.get()
    tag.name = "تصنيف"
    tag.save()
    assert set(found("مبتكرة")) == set(found("تصنيف")) == {article.pk}
    assert found("قديم") == {}
    tag.delete()
    assert found("تصنيف") == {}


def test_each_article_is_read_once_however_new_its_names_are(make_article, found, monkeypatch):
    asked = []
    real = tasks.index_articles
    monkeypatch.setattr(tasks, "BATCH", 2)
    monkeypatch.setattr(tasks, "index_articles", lambda ids: asked.extend(ids) or real(ids=ids))
    articles = []
    for number in range(3):
        authors = [newsroom.add_author(name=f"كاتب {number}")]
        below = newsroom.open_section(slug=f"desk-{number}", title=f"قسم {number}", kind="news")
        articles.append(make_article(f"خبر {number}", authors=authors, tags=[f"وسم {number}"], section=below).pk)
    assert set(found("خبر")) == set(articles)  # the first index of all
    assert asked == articles
    late = make_article("خبر متأخر", authors=[newsroom.add_author(name="كاتب آخر")], tags=["وسم آخر"]).pk
    assert set(found("خبر")) == {*articles, late}
    assert asked[3:] in ([late], [late, late])  # it was written, and it was published


def test_an_edit_that_is_rolled_back_is_not_indexed(make_article, found):
    article = make_article("الأصل")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        article.title = "المحاولة"
        article.save()
        raise ZeroDivisionError
    assert found("المحاولة") == {}
    assert set(found("الأصل")) == {article.pk}


def test_killed_before_its_rows_were_deleted_it_indexes_them_again(make_article, found, monkeypatch):
    article = make_article("خبرٌ مقطوع")
    real = tasks.index_articles

    def die(*, ids):
        real(ids=ids)
        raise KeyboardInterrupt

    monkeypatch.setattr(tasks, "index_articles", die)
    with pytest.raises(KeyboardInterrupt):
        tasks.index_pending()
    monkeypatch.setattr(tasks, "index_articles", real)
    assert IndexDue.objects.exists()
    assert set(found("مقطوع")) == {article.pk}
    assert not IndexDue.objects.exists()


def test_an_edit_while_its_article_is_being_indexed_is_not_lost(make_article, found, monkeypatch):
    article = make_article("الصيغة الأولى")
    real = tasks.index_articles

    def edited_meanwhile(*, ids):
        real(ids=ids)
        monkeypatch.setattr(tasks, "index_articles", real)
        article.title = "الصيغة الثانية"
        article.save_revision().publish()

    monkeypatch.setattr(tasks, "index_articles", edited_meanwhile)
    assert set(found("الثانية")) == {article.pk}


def test_work_is_done_in_bounded_pieces_whatever_one_edit_means(make_article, section, found, monkeypatch):
    for module in (tasks, services):
        monkeypatch.setattr(module, "BATCH", 3)
    articles = [make_article(f"خبر {number}") for number in range(8)]
    index_all()
    sizes = []
    real = tasks.index_articles
    monkeypatch.setattr(tasks, "index_articles", lambda *, ids: (sizes.append(len(ids)), real(ids=ids)))
    section.title = "وقائع"
    section.save_revision().publish()
    assert set(found("وقائع")) == {article.pk for article in articles}
    assert max(sizes) <= 6
    assert sum(sizes) < 3 * len(articles)


@pytest.mark.parametrize("harm", ["lost", "outdated", "damaged"])
def test_an_index_that_cannot_be_used_is_made_anew(make_article, found, settings, harm):
    articles = {make_article(f"خبرٌ قديم {number}").pk for number in range(3)}
    assert set(found("قديم")) == articles
    tasks._seen.clear()  # a pressroom that starts
    index = settings.WARRAQ_INDEX
    if harm == "lost":
        for file in sorted(index.rglob("*"), reverse=True):
            file.unlink() if file.is_file() else file.rmdir()
    elif harm == "outdated":
        (index / "format").write_text("of another version")
    else:
        for file in (index / "index").glob("*.store"):
            file.write_bytes(file.read_bytes()[:-40])
    assert set(found("قديم")) == articles


def test_an_index_that_cannot_be_read_for_a_while_still_lets_go_of_what_is_gone(make_article, found, monkeypatch):
    gone, kept = make_article("خبر يُحذف"), make_article("خبر يبقى")
    assert set(found("خبر")) == {gone.pk, kept.pk}
    pk = gone.pk
    gone.delete()
    tasks._seen.clear()  # a pressroom that starts

    def unreadable(folder):
        raise IndexUnreadable("no right to read it")

    with monkeypatch.context() as patch:
        patch.setattr(store, "open_index", unreadable)
        with pytest.raises(IndexUnreadable):
            tasks.index_pending()
    assert pk not in found("خبر")
    assert set(found("خبر")) == {kept.pk}


def test_killed_while_it_makes_the_index_anew_it_goes_on(make_article, found, monkeypatch):
    articles = {make_article(f"خبرٌ قديم {number}").pk for number in range(3)}
    IndexDue.objects.all().delete()

    def die(*, ids):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "index_articles", die)
        with pytest.raises(KeyboardInterrupt):
            tasks.index_pending()
    assert set(found("قديم")) == articles


def test_nothing_to_do_is_asked_for_with_one_query(make_article, django_assert_num_queries):
    make_article()
    index_all()
    with django_assert_num_queries(1):
        assert tasks.index_pending() == 0


def test_while_another_process_writes_the_index_rows_wait(make_article, found, settings):
    article = make_article("خبرٌ مؤجل")
    with Writer(settings.WARRAQ_INDEX):
        assert tasks.index_pending() == 0
    assert set(found("مؤجل")) == {article.pk}


def test_one_article_that_cannot_be_read_does_not_hide_the_others(make_article, found, monkeypatch):
    bad, good = make_article("خبرٌ معطوب"), make_article("خبرٌ سليم")
    real = selectors.body_text

    def fail_for_one(body):
        if body.stream_block is not None and "معطوب" in body[0].value.source:
            raise ValueError
        return real(body)

    bad.body = [("paragraph", "<p>معطوب</p>")]
    bad.save_revision().publish()
    monkeypatch.setattr(selectors, "body_text", fail_for_one)
    assert set(found("خبر")) == {good.pk}


def test_everything_is_indexed_anew_on_demand_while_readers_keep_the_old(make_article, found, settings):
    articles = {make_article(f"خبرٌ {number}").pk for number in range(3)}
    ticks = []
    assert services.reindex_all(tick=lambda: ticks.append(Reader(settings.WARRAQ_INDEX).search("خبر").total)) == 3
    assert ticks == [0]
    assert not IndexDue.objects.exists()
    assert services.reindex_all(tick=lambda: ticks.append(Reader(settings.WARRAQ_INDEX).search("خبر").total)) == 3
    assert ticks == [0, 3]
    assert set(found("خبر")) == articles


def test_documents_take_a_fixed_number_of_queries(make_article, django_assert_num_queries):
    author = newsroom.add_author(name="هدى")
    ids = [make_article(f"خبر {number}", authors=[author], tags=["وسم"]).pk for number in range(6)]
    with django_assert_num_queries(6):  # articles, signatures, authors, tags twice, sections
        assert len(list(selectors.documents(ids))) == 6
