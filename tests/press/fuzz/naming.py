"""What editors do with authors, photos, tags and sources; what readers and moderators do."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from django.core.files.images import ImageFile
from hypothesis import strategies as st
from taggit.models import Tag
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from tests.newsroom.fixtures import image_bytes
from tests.press.fuzz.machine import NUMBER, TITLES, WORDS, Machine, operation
from warraq.comments import services as comments
from warraq.comments.models import Comment, State
from warraq.newsroom import services
from warraq.newsroom.models import Author, Photo, Source
from warraq.newsroom.rankings.services import rank_all
from warraq.readership import standings
from warraq.readership.services import seed_reads

COLOURS = st.sampled_from(["teal", "olive", "brown", "navy"])


class Naming(Machine):
    @operation(name=TITLES)
    def add_author(self, name):
        return not self.has(Author, 4) and services.add_author(name=name)

    @operation(number=NUMBER, name=TITLES)
    def rename_author(self, number, name):
        author = self.author(number)
        if author is None:
            return False
        author.name, author.role, author.about = name, name, name
        author.save()
        return None

    @operation(number=NUMBER, photo=NUMBER)
    def change_portrait(self, number, photo):
        author = self.author(number)
        if author is None:
            return False
        author.portrait = self.photo(photo) if photo % 3 else None
        author.save()
        return None

    @operation(number=NUMBER)
    def delete_author(self, number):
        author = self.pick(Author, number, signatures=None)
        return False if author is None else author.delete()

    @operation(number=NUMBER, words=TITLES, alt=TITLES)
    def credit_photo(self, number, words, alt):
        photo = self.photo(number)
        if photo is None:
            return False
        photo.credit, photo.description = words, alt
        photo.save()
        return None

    @operation(number=NUMBER, x=st.integers(1, 30), y=st.integers(1, 30))
    def set_focal_point(self, number, x, y):
        photo = self.photo(number)
        if photo is None:
            return False
        photo.focal_point_x, photo.focal_point_y, photo.focal_point_width, photo.focal_point_height = x, y, 5, 5
        photo.save()
        return None

    @operation(number=NUMBER, colour=COLOURS, width=st.integers(20, 60))
    def replace_file(self, number, colour, width):
        photo = self.photo(number)
        if photo is None:
            return False
        data = {"title": photo.title, "collection": photo.collection_id, "credit": photo.credit}
        file = ImageFile(BytesIO(image_bytes(colour, (width, 30))), name=f"{colour}.jpg")
        form = get_image_form(get_image_model())(data, {"file": file}, instance=photo)
        assert form.is_valid(), form.errors
        form.save()
        return None

    @operation(colour=COLOURS)
    def add_photo(self, colour):
        return not self.has(Photo, 4) and services.add_photo(
            title=colour, data=image_bytes(colour, (60, 40)), name=f"{colour}.jpg"
        )

    @operation(number=NUMBER, really=st.booleans())
    def delete_photo(self, number, really):
        photo = self.pick(Photo, number)
        return False if photo is None or not really else photo.delete()

    @operation(number=NUMBER, name=WORDS)
    def rename_tag(self, number, name):
        tag = self.pick(Tag, number)
        if tag is None or Tag.objects.filter(name=name).exists():
            return False
        tag.name = name
        tag.save()
        return None

    @operation(number=NUMBER)
    def delete_tag(self, number):
        tag = self.pick(Tag, number)
        return False if tag is None else tag.delete()

    @operation(number=NUMBER, name=TITLES)
    def rename_source(self, number, name):
        source = self.pick(Source, number)
        if source is None or Source.objects.filter(name=name).exists():
            return False
        source.name, source.url = name, "https://source.example/"
        source.save()
        return None

    @operation(number=NUMBER, text=TITLES, parent=NUMBER, is_approved=st.booleans())
    def comment(self, number, text, parent, is_approved):
        article = self.article(number)
        if article is None:
            return False
        above = self.pick(Comment, parent, article=article) if parent % 2 else None
        made = comments.write_comment(article=article, name=text, text=text, at=self.now, parent=above)
        if is_approved:
            comments.approve(comments=[made], by=None)
        return None

    @operation(number=NUMBER, refused=st.booleans())
    def decide(self, number, refused):
        row = self.pick(Comment, number)
        if row is None or row.state == (State.REFUSED if refused else State.APPROVED):
            return False
        return (comments.refuse if refused else comments.approve)(comments=[row], by=None)

    @operation(number=NUMBER)
    def delete_comment(self, number):
        row = self.pick(Comment, number)
        return False if row is None else row.delete()

    @operation(number=NUMBER, count=st.integers(1, 9), hours_ago=st.integers(0, 30))
    def count_reads(self, number, count, hours_ago):
        article = self.article(number)
        if article is None:
            return False
        seed_reads([(article.pk, self.now - timedelta(hours=hours_ago), count)])
        standings.advance(now=self.now)
        return bool(rank_all(self.now))
