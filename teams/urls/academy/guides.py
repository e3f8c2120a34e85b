"""Guides of the curriculum."""

from django.urls import path

from teams.views.academy import guides

urlpatterns = [path("academy/guides/<slug:code>/", guides.page, name="guide")]
