from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "warraq.comments"
    label = "warraq_comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from warraq.comments.parts import comments_part  # noqa: PLC0415  models are only ready now
        from warraq.comments.selectors import counts
        from warraq.newsroom import parts
        from warraq.newsroom.models import RankingKind
        from warraq.newsroom.rankings import counters

        parts.register("comments", comments_part)
        counters.register(RankingKind.COMMENT, counts)
