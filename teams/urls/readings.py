"""Collecting readings: what is missing, approvals, months, one reading, the sheet of a team."""

from django.urls import path

from teams.views import collect, reading_detail, readings

COLLECT, READING = "kpis/collect/", "kpis/readings/<int:pk>/"

urlpatterns = [
    path(COLLECT, collect.index, name="kpi-collect"),
    path(f"{COLLECT}approvals/", collect.waiting, name="kpi-approvals"),
    path(f"{COLLECT}months/", collect.month_list, name="kpi-months"),
    path(f"{COLLECT}months/closing/", collect.closing, name="kpi-month-closing"),
    path(f"{COLLECT}months/reading/", collect.reading, name="kpi-month-reading"),
    path(READING, reading_detail.page, name="kpi-reading"),
    path(f"{READING}correction/", reading_detail.correction, name="kpi-reading-correction"),
    path(f"{READING}approval/", reading_detail.approval, name="kpi-reading-approval"),
    path("teams/<int:pk>/kpis/readings/", readings.sheet, name="kpi-readings"),
    path(
        "teams/<int:pk>/kpis/readings/files/<slug:ending>/",
        readings.file,
        name="kpi-readings-file",
    ),
]
