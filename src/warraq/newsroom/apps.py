from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "warraq.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from warraq.newsroom import sheets, watch  # noqa: PLC0415  models are only ready now

        watch.connect()
        sheets.register_all()
