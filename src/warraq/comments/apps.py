from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "warraq.comments"
    label = "warraq_comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        from warraq.comments import parts, watch  # noqa: PLC0415  models are only ready now

        parts.connect()
        watch.connect()
