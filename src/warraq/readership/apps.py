from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadershipConfig(AppConfig):
    name = "warraq.readership"
    label = "warraq_readership"
    verbose_name = _("Readership")

    def ready(self) -> None:
        # models are only ready now
        from warraq.newsroom import editing  # noqa: PLC0415
        from warraq.newsroom.rankings import counters  # noqa: PLC0415
        from warraq.readership.editing import readers  # noqa: PLC0415
        from warraq.readership.selectors import counts, section_counts  # noqa: PLC0415

        counters.register("read", counts, section_counts)
        editing.register("readers", readers)
