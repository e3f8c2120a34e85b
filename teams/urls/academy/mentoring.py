"""Mentoring."""

from django.urls import path

from teams.views.academy import mentoring, mentorships

ROOM, PAIR = "academy/mentoring/", "academy/mentoring/<int:pk>/"
CHOICE = "academy/enrolments/<int:pk>/mentor/"

urlpatterns = [
    path(ROOM, mentoring.index, name="mentoring"),
    path(f"{ROOM}offer/", mentoring.offer, name="mentor-offer"),
    path(CHOICE, mentoring.choice, name="mentor-choice"),
    path(f"{CHOICE}wish/", mentoring.wish, name="mentor-wish"),
    path(f"{CHOICE}proposal/", mentoring.proposal, name="mentor-proposal"),
    path(PAIR, mentorships.page, name="mentorship"),
    path(f"{PAIR}acceptance/", mentorships.acceptance, name="mentorship-acceptance"),
    path(f"{PAIR}refusal/", mentorships.refusal, name="mentorship-refusal"),
    path(f"{PAIR}sessions/", mentorships.session, name="mentorship-session"),
    path(f"{PAIR}goals/", mentorships.goals, name="mentorship-goals"),
    path(f"{PAIR}actions/", mentorships.action, name="mentorship-action"),
    path(f"{ROOM}actions/<int:pk>/", mentorships.action_done, name="mentorship-action-done"),
    path(f"{PAIR}notes/", mentorships.note, name="mentorship-note"),
    path(f"{PAIR}health/", mentorships.health, name="mentorship-health"),
    path(f"{PAIR}end/", mentorships.end, name="mentorship-end"),
]
