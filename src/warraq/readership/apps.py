from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadershipConfig(AppConfig):
    name = "warraq.readership"
    label = "warraq_readership"
    verbose_name = _("Readership")

    def ready(self) -> None:
        from warraq.newsroom.models import RankingKind  # noqa: PLC0415  models are only ready now
        from warraq.newsroom.rankings import counters
        from warraq.readership.selectors import counts

        counters.register(RankingKind.READ, counts)
