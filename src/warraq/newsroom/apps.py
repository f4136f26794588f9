from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class NewsroomConfig(AppConfig):
    default = True
    name = "warraq.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from warraq.newsroom import indexes, sheets, watch  # noqa: PLC0415  models are only ready now

        post_migrate.connect(indexes.after_migration, sender=self, dispatch_uid="warraq_indexes")
        watch.connect()
        sheets.register_all()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's own app of users, with the newsroom's screens for them."""

    user_viewset = "warraq.newsroom.users.NewsroomUserViewSet"
