"""The catalogue of KPIs, their targets and weights."""

from django.urls import path

from teams.views import kpis, targets

urlpatterns = [
    path("kpis/catalogue/", kpis.index, name="kpi-list"),
    path("kpis/catalogue/new/", kpis.new, name="kpi-new"),
    path("kpis/catalogue/formula/", kpis.formula, name="kpi-formula"),
    path("kpis/catalogue/<int:pk>/", kpis.page, name="kpi"),
    path("kpis/catalogue/<int:pk>/edit/", kpis.edit, name="kpi-edit"),
    path("kpis/catalogue/<int:pk>/target/", targets.new, name="kpi-target"),
    path("kpis/catalogue/<int:pk>/retirement/", kpis.retirement, name="kpi-retirement"),
    path("kpis/catalogue/<int:pk>/reinstatement/", kpis.reinstatement, name="kpi-reinstatement"),
    path("kpis/targets/<int:pk>/removal/", targets.removal, name="kpi-target-removal"),
    path("kpis/weights/", targets.weights, name="kpi-weights"),
    path("kpis/weights/<slug:phase>/", targets.weight, name="kpi-weight"),
    path("kpis/measures/", kpis.measures, name="measure-list"),
]
