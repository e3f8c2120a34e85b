"""Checklists of new seats, and what they ask for that has no page of its own."""

from django.urls import path

from teams.views.academy import checklists, ledger_checks, rights

ROOM = "academy/checklists/"
SEAT = f"{ROOM}seats/<int:pk>/"

urlpatterns = [
    path(ROOM, checklists.index, name="checklists"),
    path(SEAT, checklists.seat, name="checklist-seat"),
    path(f"{SEAT}confirmation/", checklists.confirmation, name="checklist-seat-confirmation"),
    path(f"{SEAT}deputy/", checklists.deputy, name="checklist-seat-deputy"),
    path(f"{SEAT}knowledge/", checklists.knowledge, name="checklist-knowledge"),
    path(
        f"{SEAT}knowledge/<int:claim>/removal/",
        checklists.knowledge_removal,
        name="checklist-knowledge-removal",
    ),
    path("ledger/check/", ledger_checks.page, name="ledger-check"),
    path("teams/rights/", rights.page, name="team-rights"),
]
