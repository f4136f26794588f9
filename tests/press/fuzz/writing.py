"""What editors do with articles."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.press.fuzz.machine import NUMBER, TITLES, WORDS, Machine, operation
from warraq.newsroom import services
from warraq.newsroom.models import Article, Section, Signature
from warraq.newsroom.tasks import publish_due

LINK = '<p>انظر <a linktype="page" id="{}">هذا</a>.</p>'


class Writing(Machine):
    @operation(section=NUMBER, headline=TITLES, author=NUMBER, tag=WORDS, photo=NUMBER, days=st.integers(-40, 0))
    def publish_new(self, section, headline, author, tag, photo, days):
        where = self.section(section)
        if where is None or self.has(Article, 9):
            return False
        article = services.write_article(
            section=where,
            headline=headline,
            standfirst="مقدّمة",
            authors=[one for one in [self.author(author)] if one and author % 3],
            tags=[tag],
            photo=self.photo(photo) if photo % 2 else None,
            body=[("paragraph", "<p>كان <b>البن</b> ينزل.</p>"), ("heading", headline)],
        )
        services.publish(article=article, at=self.now + timedelta(days=days) if days else None)
        return None

    @operation(section=NUMBER, headline=TITLES)
    def write_draft(self, section, headline):
        where = self.section(section)
        return bool(where and not self.has(Article, 10) and services.write_article(section=where, headline=headline))

    @operation(number=NUMBER, headline=TITLES, kicker=WORDS, tags=st.lists(WORDS, max_size=2))
    def edit(self, number, headline, kicker, tags):
        article = self.article(number, live=True)
        if article is None:
            return False
        article.title, article.kicker, article.standfirst = headline, kicker, headline
        article.tags.set(tags)
        article.save_revision().publish()
        return None

    @operation(number=NUMBER, headline=TITLES)
    def save_draft(self, number, headline):
        article = self.article(number)
        if article is None:
            return False
        article.title = f"مسوّدة {headline}"
        article.save_revision()
        return None

    @operation(number=NUMBER)
    def unpublish(self, number):
        article = self.article(number, live=True)
        return False if article is None else services.unpublish(article=article)

    @operation(number=NUMBER)
    def publish_again(self, number):
        article = self.article(number, live=False)
        return False if article is None else services.publish(article=article)

    @operation(number=NUMBER, reason=WORDS)
    def retract(self, number, reason):
        article = self.article(number, live=True)
        return False if article is None else services.retract(article=article, by=None, reason=reason)

    @operation(number=NUMBER, comes=st.booleans(), hours=st.integers(1, 3))
    def schedule(self, number, comes, hours):
        """To come later, or to go later."""
        article = self.article(number)
        if article is None:
            return False
        at = self.now + timedelta(hours=hours)
        article.go_live_at, article.expire_at = (at, None) if comes else (None, at)
        article.save_revision().publish()
        return None

    @operation(hours=st.integers(1, 4))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        return bool(publish_due())

    @operation(number=NUMBER, section=NUMBER)
    def move(self, number, section):
        article, target = self.article(number), self.section(section)
        if article is None or target is None or article.get_parent().pk == target.pk:
            return False
        return services.move(article=article, section=target)

    @operation(number=NUMBER)
    def delete_article(self, number):
        article = self.article(number)
        return False if article is None else article.delete()

    @operation(number=NUMBER, text=TITLES)
    def correct(self, number, text):
        article = self.article(number)
        return False if article is None else services.correct(article=article, by=None, text=text, at=self.now)

    @operation(number=NUMBER, photo=NUMBER, caption=WORDS)
    def change_picture(self, number, photo, caption):
        article = self.article(number, live=True)
        if article is None:
            return False
        article.photo, article.photo_caption = (self.photo(photo) if photo % 4 else None), caption
        article.body = [*raw(article), ("image", {"photo": article.photo, "alt": "", "caption": ""})]
        if article.photo is None:
            article.body = raw(article)[:2]
        article.save_revision().publish()
        return None

    @operation(number=NUMBER, other=NUMBER, to_section=st.booleans())
    def link(self, number, other, to_section):
        """From one article's text to another's page, or a section's."""
        article, target = self.article(number, live=True), (self.section if to_section else self.article)(other)
        if article is None or target is None:
            return False
        body = [*raw(article)[:3], ("paragraph", LINK.format(target.pk))]
        article.body = body if to_section else [*body, ("related", [target])]
        article.save_revision().publish()
        return None

    @operation(number=NUMBER, authors=st.lists(NUMBER, max_size=3))
    def sign(self, number, authors):
        article = self.article(number, live=True)
        if article is None:
            return False
        article.signatures = [Signature(author=self.author(author)) for author in authors if self.author(author)]
        article.save_revision().publish()
        return None

    @operation(number=NUMBER, is_open=st.booleans())
    def open_comments(self, number, is_open):
        article = self.article(number, live=True)
        if article is None or article.comments_open == is_open:
            return False
        article.comments_open = is_open
        article.save_revision().publish()
        return None


def raw(article: Article | Section):
    """The blocks of a body as they are given."""
    return [(block.block_type, block.value) for block in article.body if block.value is not None][:4]
