from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "warraq.search"
    label = "warraq_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from warraq.search import watch  # noqa: PLC0415  models are only ready now

        watch.connect()
