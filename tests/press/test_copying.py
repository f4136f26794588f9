"""The copy in a bucket: whatever befalls it, the folder is as it is, and the bucket comes to hold the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from tests.buckets import Line, new_bucket, objects
from tests.newsroom.fixtures import image_bytes
from warraq.config.paper import BucketConfig
from warraq.newsroom import services as newsroom
from warraq.newsroom.models import Article
from warraq.press import bucket as bucket_module
from warraq.press import copying, unsent
from warraq.press import services as press
from warraq.press.bucket import BucketStore
from warraq.press.errors import StoreError
from warraq.press.folder import paper_store
from warraq.press.layout import GONE, MOVED, PAGES
from warraq.press.models import BucketFile, BucketState
from warraq.press.sheets import Order
from warraq.press.store import Place, Put

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(line: Line, settings, tree, monkeypatch, db) -> BucketStore:
    """A paper with a bucket, in which nothing lies yet."""
    for name, value in (("CONNECT_SECONDS", 1), ("READ_SECONDS", 2), ("TRIES", 2)):
        monkeypatch.setattr(bucket_module, name, value)
    settings.WARRAQ_BUCKET = new_bucket(line.endpoint)
    line.asked.clear()
    copying.catch_up()
    return copying.paper_bucket()


def again(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def assert_same(store: BucketStore) -> None:
    """The bucket holds what the folder holds, byte for byte, and nothing waits."""
    folder = paper_store()
    held = sorted(folder.places())
    assert held
    assert sorted(store.places()) == held
    assert [store.read(*place) for place in held] == [folder.read(*place) for place in held]
    assert not BucketFile.objects.exclude(due_at=None).exists()


def test_without_a_bucket_nothing_is_written_and_nothing_is_asked(make_article, settings, django_assert_num_queries):
    settings.WARRAQ_BUCKET = BucketConfig()
    make_article()
    press.press_pending()
    press.press_all()
    assert not BucketFile.objects.exists()
    assert not BucketState.objects.exists()
    with django_assert_num_queries(0):
        assert not unsent.is_kept()
        unsent.note(None, landed=True)
        copying.forget()


def test_publish_retract_move_and_delete_reach_the_bucket(kept, make_article, settings):
    settings.WARRAQ_GRACE_SECONDS = 0
    other = newsroom.open_section(slug="culture", title="ثقافة")
    photo = newsroom.add_photo(title="البن", data=image_bytes(), name="bun.jpg")
    one, two, three = (make_article(f"خبر {number}", photo=photo) for number in range(3))

    def on() -> None:
        press.press_pending()
        copying.send_all(kept)
        assert_same(kept)

    on()
    one = newsroom.move(article=one, section=other)
    on()
    assert kept.read(MOVED, f"/news/{one.pk}/") == f"/culture/{one.pk}/\n".encode()
    newsroom.retract(article=again(two), by=None, reason="لم يثبت")
    newsroom.unpublish(article=again(three))
    on()
    assert kept.read(PAGES, f"/news/{two.pk}/") is None
    assert "لم يثبت" in kept.read(GONE, f"/news/{two.pk}/").decode()
    newsroom.publish(article=again(two))
    newsroom.move(article=again(one), section=type(other).objects.get(slug="news"))
    photo.delete()
    on()
    assert press.verify().drift == ()
    assert copying.compare(kept, mend=False) == ()


def test_after_each_step_no_copied_list_leads_nowhere(kept, make_article):
    """Leaves before lists, and what goes last: looked at after each part that was sent."""
    make_article("خبر يبقى")
    press.press_pending()
    copying.send_all(kept)
    article = make_article("خبر يأتي")
    press.press_pending()
    path, orders = f"/news/{article.pk}/", []
    while copying.send(kept):
        leading = [place for place in kept.places() if f'href="{path}"'.encode() in (kept.read(*place) or b"")]
        assert not leading or kept.holds(PAGES, path)
        orders.append(bool(leading))
    assert orders[0] is False
    assert orders[-1] is True
    newsroom.unpublish(article=again(article))
    press.press_pending()
    while copying.send(kept):
        leading = [place for place in kept.places() if f'href="{path}"'.encode() in (kept.read(*place) or b"")]
        assert not leading or kept.holds(PAGES, path)
    assert not kept.holds(PAGES, path)


def test_what_did_not_change_is_not_sent(kept, line, make_article):
    for number in range(3):
        make_article(f"خبر {number}")
    press.press_pending()
    copying.send_all(kept)
    line.asked.clear()

    press.press_all()
    copying.send_all(kept)
    assert line.asked["PUT"] == 0, "nothing differed in the folder"

    for place in paper_store().places():
        unsent.make_due({place: Order.LEAF}, lane=0)
    copying.catch_up()
    copying.send_all(kept)
    assert sum(line.asked.values()) == 0, "everything was looked at, nothing differed from what was sent"

    copying.compare(kept, mend=True)
    assert (line.asked["PUT"], line.asked["HEAD"]) == (0, 0)
    assert line.asked["GET"] == 3, "one list a tree"


def test_an_edit_sends_the_files_that_changed_and_no_other(kept, line, make_article):
    article = make_article()
    for number in range(5):
        make_article(f"خبر {number}")
    press.press_pending()
    copying.send_all(kept)
    before = {place: paper_store().read(*place) for place in paper_store().places()}
    line.asked.clear()
    article.title = "عنوان آخر"
    article.save_revision().publish()
    press.press_pending()
    copying.send_all(kept)
    after = {place: paper_store().read(*place) for place in paper_store().places()}
    assert line.asked["PUT"] == sum(before.get(place) != body for place, body in after.items()) > 0
    assert_same(kept)


def test_an_edit_undone_before_it_was_sent_sends_nothing(kept, line, make_article):
    make_article()
    press.press_pending()
    copying.send_all(kept)
    line.asked.clear()
    place = Place(PAGES, "/")
    body = paper_store().read(*place)
    for now in (b"other", body):
        paper_store().land([Put(*place, now, {})], [])
        unsent.make_due({place: Order.FRONT}, lane=0)
    copying.send_all(kept)
    assert line.asked["PUT"] == 0


def broken_by(status: int) -> Callable[[str, str], int]:
    return lambda method, path: status


@pytest.mark.parametrize("status", [500, 503, 403, 0])
def test_while_the_bucket_fails_nothing_is_lost_and_it_catches_up(kept, line, make_article, tree, status):
    make_article("خبر أول")
    press.press_pending()
    copying.send_all(kept)
    line.fault = broken_by(status)
    article = make_article("خبر ثانٍ")
    press.press_pending()
    assert (tree / "pages" / "news" / str(article.pk) / "index.html").exists()
    for _attempt in range(2):
        with pytest.raises(StoreError):
            copying.send_all(kept)
    found = copying.behind()
    assert found.places > 3
    assert found.failures == 2
    assert "bucket" in found.error
    newsroom.retract(article=again(article), by=None, reason="سُحب والدلو غائب")
    press.press_pending()

    line.fault = lambda method, path: None
    copying.send_all(kept)
    assert_same(kept)
    assert (copying.behind().failures, copying.behind().error) == (0, "")


@pytest.mark.parametrize("passed", [0, 1, 5, 12])
def test_cut_off_in_the_middle_of_a_batch_it_catches_up_exactly(kept, line, make_article, passed):
    for number in range(4):
        make_article(f"خبر {number}")
    press.press_pending()
    count = [0]

    def fault(method: str, path: str) -> int | None:
        count[0] += method == "PUT"
        return None if count[0] <= passed else 0

    line.fault = fault
    with pytest.raises(StoreError):
        copying.send_all(kept)
    line.fault = lambda method, path: None
    copying.send_all(kept)
    assert_same(kept)


def test_killed_after_it_sent_and_before_it_knew_the_old_bytes_are_sent_again(kept, make_article, monkeypatch):
    """The bucket holds the new page, the table had the old one's sum, and the page becomes the old one again."""
    make_article()
    press.press_pending()
    copying.send_all(kept)
    place = Place(PAGES, "/")
    body = paper_store().read(*place)
    paper_store().land([Put(*place, b"new", {})], [])
    unsent.make_due({place: Order.FRONT}, lane=0)
    with monkeypatch.context() as patch:
        patch.setattr(copying, "_note_sent", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            copying.send(kept)
    assert kept.read(*place) == b"new"
    paper_store().land([Put(*place, body, {})], [])
    unsent.make_due({place: Order.FRONT}, lane=0)
    copying.send_all(kept)
    assert_same(kept)


def test_what_changes_while_it_is_being_sent_is_sent_again(kept, make_article, monkeypatch):
    make_article()
    press.press_pending()
    place = Place(PAGES, "/")
    real = BucketStore.land

    def land(self, puts, removals):
        real(self, puts, removals)
        if any(put.path == "/" for put in puts) and paper_store().read(*place) != b"newer":
            paper_store().land([Put(*place, b"newer", {})], [])
            unsent.make_due({place: Order.FRONT}, lane=0)

    monkeypatch.setattr(BucketStore, "land", land)
    copying.send_all(kept)
    assert kept.read(*place) == b"newer"
    assert_same(kept)


def test_killed_before_the_ledger_s_last_word_the_place_is_looked_at_a_little_later(kept, make_article, monkeypatch):
    make_article("خبر أول")
    press.press_pending()
    copying.send_all(kept)
    make_article("خبر ثانٍ")
    with monkeypatch.context() as patch:
        patch.setattr("warraq.press.landing._note", lambda *_arguments, **_more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            press.press_pending()
    waiting = BucketFile.objects.filter(due_at__gt=timezone.now())
    assert waiting.exists()
    assert copying.send(kept) == 0
    waiting.update(due_at=timezone.now())
    copying.send_all(kept)
    assert_same(kept)
    press.press_pending()
    copying.send_all(kept)
    assert_same(kept)


def test_a_bucket_that_is_named_later_gets_everything_and_another_one_as_well(kept, line, make_article, settings, moto):
    config = settings.WARRAQ_BUCKET
    settings.WARRAQ_BUCKET = BucketConfig()
    make_article()
    press.press_pending()
    settings.WARRAQ_BUCKET = config
    assert copying.catch_up() == len(list(paper_store().places()))
    copying.send_all(kept)
    assert_same(kept)
    assert copying.catch_up() == 0

    settings.WARRAQ_BUCKET = BucketConfig()
    article = make_article("خبر لم يره الدلو")
    press.press_pending()
    settings.WARRAQ_BUCKET = config
    assert 0 < copying.catch_up() < len(list(paper_store().places()))
    copying.send_all(kept)
    assert_same(kept)
    assert kept.holds(PAGES, f"/news/{article.pk}/")

    settings.WARRAQ_BUCKET = new_bucket(moto)
    copying.catch_up()
    copying.send_all(copying.paper_bucket())
    assert_same(copying.paper_bucket())


def test_compare_names_and_mends_what_somebody_did_to_the_bucket(kept, make_article):
    other = newsroom.open_section(slug="culture", title="ثقافة")
    one, two = make_article("خبر أول"), make_article("خبر ثانٍ")
    press.press_pending()
    newsroom.move(article=two, section=other)
    press.press_pending()
    copying.send_all(kept)
    client, name = kept._client, kept.target.name
    whole = objects(kept.target)
    client.put_object(Bucket=name, Key=kept.key(PAGES, "/"), Body=b"defaced")
    client.delete_object(Bucket=name, Key=kept.key(PAGES, f"/news/{one.pk}/"))
    client.put_object(Bucket=name, Key=kept.key(PAGES, f"/news/{two.pk}/"), Body=b"where the redirect was")
    client.put_object(Bucket=name, Key=kept.key(PAGES, "/nobody/1/"), Body=b"nobody's")
    client.put_object(Bucket=name, Key="pages/.DS_Store", Body=b"x")
    client.put_object(Bucket=name, Key="elsewhere/x", Body=b"not ours")

    drift = copying.compare(kept, mend=False)
    articles = sorted(f"bucket: pages/news/{article.pk}/" for article in (one, two))
    assert drift == ("bucket: pages/", "bucket: pages/.DS_Store", *articles, "bucket: pages/nobody/1/")
    assert copying.compare(kept, mend=True) == drift
    assert copying.compare(kept, mend=False) == ()
    assert_same(kept)
    assert objects(kept.target) == whole | {"elsewhere/x": objects(kept.target)["elsewhere/x"]}


def test_a_picture_whose_grace_is_over_goes_from_the_bucket_as_well(kept, make_article, settings):
    settings.WARRAQ_GRACE_SECONDS = 0
    photo = newsroom.add_photo(title="البن", data=image_bytes(), name="bun.jpg")
    article = make_article("خبر", photo=photo)
    press.press_pending()
    copying.send_all(kept)
    assert any(place.path.endswith(".webp") for place in kept.places())
    newsroom.unpublish(article=article)
    press.press_pending()
    press.press_pending()
    copying.send_all(kept)
    assert not any(place.path.endswith(".webp") for place in kept.places())
    assert_same(kept)


def test_what_a_full_press_repairs_in_the_folder_is_repaired_in_the_bucket(kept, make_article):
    article = make_article("خبر")
    press.press_pending()
    newsroom.unpublish(article=article)
    press.press_pending()
    mark, stray = Place(GONE, f"/news/{article.pk}/"), Place(PAGES, "/nobody/")
    paper_store().land([Put(*stray, b"x", {})], [mark])
    unsent.make_due({mark: Order.GOING, stray: Order.GOING}, lane=0)
    copying.send_all(kept)
    assert kept.holds(*stray)
    press.press_all()
    copying.send_all(kept)
    assert kept.holds(*mark)
    assert not kept.holds(*stray)
    assert_same(kept)
