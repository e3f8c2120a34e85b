"""Early warning."""

from django.urls import path

from teams.views import warnings

urlpatterns = [
    path("kpis/warnings/", warnings.index, name="kpi-warnings"),
    path("kpis/warnings/signs/", warnings.signs, name="kpi-warning-signs"),
    path("teams/<int:pk>/warnings/", warnings.team, name="kpi-team-warnings"),
]
