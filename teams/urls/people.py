"""People and teams."""

from django.urls import path

from teams.views import people, teams

urlpatterns = [
    path("teams/", teams.index, name="team-list"),
    path("teams/<int:pk>/", teams.page, name="team"),
    path("people/", people.index, name="person-list"),
    path("people/<int:pk>/", people.page, name="person"),
]
