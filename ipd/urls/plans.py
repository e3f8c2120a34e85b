"""A product's plan: its page, rows and edits, baselines, files; and the load of all plans."""

from django.urls import path

from ipd.views import activities, baselines, load, plan_files, plan_sheets, plans

PLAN = "products/<int:pk>/plan/"
ACTIVITY = f"{PLAN}activities/<int:activity_pk>/"
urlpatterns = [
    path(PLAN, plans.page, name="plan"),
    path(f"{PLAN}bar/", plans.bar, name="plan-bar"),
    path(f"{PLAN}rows/", plans.rows, name="plan-rows"),
    path(f"{PLAN}print/", plan_sheets.page, name="plan-print"),
    path(f"{PLAN}beginning/", plans.begin, name="plan-begin"),
    path(f"{PLAN}undo/", plans.undo, name="plan-undo"),
    path(f"{PLAN}redo/", plans.redo, name="plan-redo"),
    path(f"{PLAN}steps/", activities.step, name="plan-step"),
    path(f"{PLAN}activities/", activities.new, name="activity-new"),
    path(f"{PLAN}baselines/", baselines.listing, name="plan-baselines"),
    path(f"{PLAN}comparison/", baselines.comparison, name="plan-comparison"),
    path(f"{PLAN}files/", plan_files.page, name="plan-files"),
    path(f"{PLAN}files/confirmation/", plan_files.confirm, name="plan-file-confirmation"),
    path(f"{PLAN}files/<str:name>/", plan_files.download, name="plan-file"),
    path("load/", load.page, name="load"),
    path("load/work/", load.work, name="load-work"),
    path(ACTIVITY, activities.page, name="activity"),
    path(f"{ACTIVITY}<slug:field>/", activities.cell, name="activity-cell"),
]
