"""What editors do with sections, the front, the breaking line and the paper's settings."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.press.fuzz.machine import NUMBER, TITLES, WORDS, Machine, operation
from warraq.newsroom import services
from warraq.newsroom.models import Breaking, Front, PaperSettings, Section

SLUGS = st.sampled_from(["news", "cities", "texts", "ports", "opinion", "books"])
SETTINGS = st.one_of(
    st.tuples(st.sampled_from(["name", "tagline", "about"]), WORDS),
    st.tuples(st.just("language"), st.sampled_from(["ar", "en"])),
    st.tuples(st.just("time_zone"), st.sampled_from(["Asia/Aden", "Pacific/Kiritimati", "America/Lima"])),
    st.tuples(st.just("digits"), st.sampled_from(["latin", "arabic"])),
    st.tuples(st.just("months"), st.sampled_from(["gregorian", "levantine", "maghreb"])),
    st.tuples(st.just("hijri"), st.booleans()),
    st.tuples(
        st.sampled_from(["telegram", "whatsapp", "facebook", "x", "youtube", "instagram"]),
        st.sampled_from(["", "https://example.org/paper"]),
    ),
)


def is_free(slug: str) -> bool:
    return not Section.objects.filter(slug=slug).exists()


class Arranging(Machine):
    @operation(slug=SLUGS, title=TITLES, above=NUMBER)
    def open_section(self, slug, title, above):
        if not is_free(slug):
            return False
        return services.open_section(slug=slug, title=title, parent=self.section(above) if above % 2 else None)

    @operation(number=NUMBER, title=TITLES, kind=st.sampled_from(["news", "opinion", "literary"]), place=NUMBER)
    def rename_section(self, number, title, kind, place):
        section = self.section(number)
        if section is None:
            return False
        section.title, section.kind, section.place, section.description = title, kind, place, title
        section.save_revision().publish()
        return None

    @operation(number=NUMBER, slug=SLUGS)
    def change_address(self, number, slug):
        section = self.section(number)
        if section is None or not is_free(slug):
            return False
        section.slug = slug
        section.save_revision().publish()
        return None

    @operation(number=NUMBER)
    def close_section(self, number):
        section = self.section(number, live=True)
        return False if section is None else section.unpublish()

    @operation(number=NUMBER)
    def open_again(self, number):
        section = self.section(number, live=False)
        return False if section is None else section.save_revision().publish()

    @operation(number=NUMBER, other=NUMBER, up=st.booleans())
    def move_section(self, number, other, up):
        section, target = self.section(number), Front.objects.get() if up else self.section(other)
        if section is None or section.get_parent().pk == target.pk or target.path.startswith(section.path):
            return False
        section.move(target, pos="last-child")
        return None

    @operation(number=NUMBER, really=st.integers(0, 3))
    def delete_section(self, number, really):
        section = self.section(number)
        return False if section is None or really else section.delete()

    @operation(lead=NUMBER, slots=st.lists(NUMBER, max_size=3))
    def arrange_front(self, lead, slots):
        chosen = {self.article(slot, live=True): None for slot in slots}
        lead = self.article(lead, live=True) if lead % 3 else None
        services.arrange_front(lead=lead, slots=[one for one in chosen if one])

    @operation(text=WORDS, number=NUMBER, hours=st.integers(0, 3))
    def break_news(self, text, number, hours):
        line = services.break_news(text=text, article=self.article(number) if number % 3 else None)
        if hours:
            line.expire_at = self.now + timedelta(hours=hours)
            line.save_revision().publish()

    @operation(number=NUMBER, text=WORDS, article=NUMBER)
    def change_breaking(self, number, text, article):
        line = self.pick(Breaking, number)
        if line is None:
            return False
        line.text, line.article = text, self.article(article)
        line.save_revision().publish()
        return None

    @operation(number=NUMBER, delete=st.booleans())
    def end_breaking(self, number, delete):
        line = self.pick(Breaking, number)
        if line is None:
            return False
        return line.delete() if delete else line.unpublish()

    @operation(setting=SETTINGS)
    def change_settings(self, setting):
        row = PaperSettings.load()
        if getattr(row, setting[0]) == setting[1]:
            return False
        setattr(row, *setting)
        row.save()
        return None

    @operation(number=NUMBER, first=st.booleans())
    def order_pages(self, number, first):
        """By hand, in the tree: every page beside it may get another place there."""
        page = self.article(number) if number % 2 else self.section(number)
        sibling = page and page.get_siblings(inclusive=False).first()
        if sibling is None:
            return False
        page.move(sibling, pos="left" if first else "right")
        return None
