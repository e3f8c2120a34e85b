"""Bonus rounds, and what came out for a team."""

from django.urls import path

from teams.views import bonus_appeals, bonus_exports, bonus_rules, bonus_teams, bonuses

BASE, TEAM = "kpis/bonus/<int:pk>/", "kpis/bonus/teams/<int:pk>/"

urlpatterns = [
    path("kpis/bonus/", bonuses.index, name="bonus-list"),
    path("kpis/bonus/new/", bonus_rules.new, name="bonus-new"),
    path(BASE, bonuses.page, name="bonus"),
    path(f"{BASE}edit/", bonus_rules.edit, name="bonus-edit"),
    path(f"{BASE}kpis/", bonus_rules.kpi, name="bonus-kpi"),
    path("kpis/bonus/kpis/<int:pk>/removal/", bonus_rules.kpi_removal, name="bonus-kpi-removal"),
    path(f"{BASE}grades/", bonus_rules.grade, name="bonus-grade"),
    path(f"{BASE}teams/", bonus_rules.team, name="bonus-team-new"),
    path(f"{TEAM}removal/", bonus_rules.team_removal, name="bonus-team-removal"),
    path(f"{BASE}opening/", bonuses.opening, name="bonus-opening"),
    path(f"{BASE}reading/", bonuses.reading, name="bonus-reading"),
    path(f"{BASE}withdrawal/", bonuses.withdrawal, name="bonus-withdrawal"),
    path(f"{BASE}approval/", bonuses.approval, name="bonus-approval"),
    path(f"{BASE}totals.<str:ending>", bonus_exports.totals, name="bonus-totals"),
    path(TEAM, bonus_teams.page, name="bonus-team"),
    path(f"{TEAM}what-ifs/", bonus_teams.what_ifs, name="bonus-what-ifs"),
    path(f"{TEAM}proposal/", bonus_teams.proposal, name="bonus-proposal"),
    path(f"{TEAM}cosignature/", bonus_teams.cosignature, name="bonus-cosignature"),
    path(f"{TEAM}shares.<str:ending>", bonus_exports.shares, name="bonus-shares"),
    path(f"{TEAM}findings/", bonus_appeals.finding, name="bonus-finding"),
    path("kpis/bonus/findings/<int:pk>/", bonus_appeals.clearing, name="bonus-clearing"),
    path(f"{TEAM}appeal/", bonus_appeals.appeal, name="bonus-appeal"),
    path("kpis/bonus/appeals/<int:pk>/", bonus_appeals.answer, name="bonus-answer"),
]
