"""Addresses of `views`."""

from django.urls import path

from warraq.newsroom import views

urlpatterns = [
    path("_/static/<str:name>", views.static_asset),
    path("_/media/<str:name>", views.picture),
]
