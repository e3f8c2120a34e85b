"""The addresses of people, teams and what is measured of them, room by room."""

from teams.urls import people

app_name = "teams"
urlpatterns = [
    *people.urlpatterns,
]
