"""The addresses of people, teams and what is measured of them, room by room."""

from teams.urls import boards, bonuses, kpis, people

app_name = "teams"
urlpatterns = [
    *people.urlpatterns,
    *boards.urlpatterns,
    *bonuses.urlpatterns,
    *kpis.urlpatterns,
]
