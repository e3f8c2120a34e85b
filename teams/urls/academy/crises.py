"""Crises, and plays of them."""

from django.urls import path

from teams.views.academy import crises, crisis_assignments, debriefs, plays

CRISES, PLAY = "academy/crises/", "academy/plays/<int:pk>/"

urlpatterns = [
    path(CRISES, crises.index, name="crisis-list"),
    path(f"{CRISES}assignments/", crisis_assignments.index, name="crisis-assignments"),
    path(
        f"{CRISES}assignments/<int:pk>/removal/",
        crisis_assignments.removal,
        name="crisis-assignment-removal",
    ),
    path(f"{CRISES}about/<slug:slug>/", crises.page, name="crisis"),
    path(f"{CRISES}about/<slug:slug>/start/", crises.start, name="crisis-start"),
    path(f"{CRISES}about/<slug:slug>/team/", crises.team, name="crisis-team"),
    path(PLAY, plays.page, name="play"),
    path(f"{PLAY}live/", plays.live, name="play-live"),
    path(f"{PLAY}joining/", plays.joining, name="play-joining"),
    path(f"{PLAY}beginning/", plays.beginning, name="play-beginning"),
    path(f"{PLAY}calling-off/", plays.calling_off, name="play-calling-off"),
    path(f"{PLAY}moves/", plays.move, name="play-move"),
    path(f"{PLAY}follow-ups/", plays.follow_ups, name="play-follow-ups"),
    path(f"{PLAY}debrief/", debriefs.page, name="play-debrief"),
    path(f"{PLAY}notes/", debriefs.note, name="play-note"),
    path(f"{PLAY}again/", debriefs.again, name="play-again"),
]
