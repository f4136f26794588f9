from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "warraq.intake"
    label = "warraq_intake"
