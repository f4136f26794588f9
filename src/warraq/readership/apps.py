from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from warraq.newsroom.rankings import counters


class ReadershipConfig(AppConfig):
    name = "warraq.readership"
    label = "warraq_readership"
    verbose_name = _("Readership")

    def ready(self) -> None:
        from warraq.readership.selectors import counts  # noqa: PLC0415  models are only ready now

        counters.register("read", counts)
