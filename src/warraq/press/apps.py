from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "warraq.press"
    label = "press"
    verbose_name = "Press"
