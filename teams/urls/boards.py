"""Boards of KPIs, what is behind their figures, and alerts."""

from django.urls import path

from teams.views import alerts, board_files, boards, own_boards, trends

urlpatterns = [
    path("kpis/", boards.company, name="kpi-board"),
    path("kpis/files/<slug:ending>/", board_files.company, name="kpi-board-file"),
    path("kpis/lines/<str:code>/", boards.line, name="kpi-line"),
    path("kpis/lines/<str:code>/files/<slug:ending>/", board_files.line, name="kpi-line-file"),
    path("kpis/heat/", boards.heat_page, name="kpi-heat"),
    path("kpis/heat/files/<slug:ending>/", board_files.heat, name="kpi-heat-file"),
    path("kpis/alerts/", alerts.index, name="kpi-alerts"),
    path("kpis/figures/<str:kpi>/", trends.group, name="kpi-group-trend"),
    path(
        "kpis/figures/<str:kpi>/files/<slug:ending>/",
        board_files.group_trend,
        name="kpi-group-trend-file",
    ),
    path("kpis/boards/", own_boards.index, name="kpi-own-boards"),
    path("kpis/boards/<int:pk>/", own_boards.page, name="kpi-own-board"),
    path("kpis/boards/<int:pk>/arrange/", own_boards.arrange, name="kpi-own-board-arrange"),
    path("kpis/boards/<int:pk>/name/", own_boards.name, name="kpi-own-board-name"),
    path("kpis/boards/<int:pk>/default/", own_boards.default, name="kpi-own-board-default"),
    path("kpis/boards/<int:pk>/removal/", own_boards.remove, name="kpi-own-board-removal"),
    path("kpis/boards/<int:pk>/files/<slug:ending>/", board_files.own, name="kpi-own-board-file"),
    path("kpis/boards/tiles/<int:pk>/", own_boards.move, name="kpi-own-tile"),
    path("teams/<int:pk>/kpis/", boards.team, name="kpi-team"),
    path("teams/<int:pk>/kpis/files/<slug:ending>/", board_files.team, name="kpi-team-file"),
    path("teams/<int:pk>/kpis/figures/<str:kpi>/", trends.team, name="kpi-trend"),
    path(
        "teams/<int:pk>/kpis/figures/<str:kpi>/files/<slug:ending>/",
        board_files.team_trend,
        name="kpi-trend-file",
    ),
]
