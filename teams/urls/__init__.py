"""The addresses of people, teams and what is measured of them, room by room."""

from teams.urls import academy, boards, bonuses, kpis, people, readings, warnings

app_name = "teams"
urlpatterns = [
    *people.urlpatterns,
    *readings.urlpatterns,
    *warnings.urlpatterns,
    *boards.urlpatterns,
    *bonuses.urlpatterns,
    *kpis.urlpatterns,
    *academy.urlpatterns,
]
