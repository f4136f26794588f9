from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "warraq.design"
    label = "warraq_design"
