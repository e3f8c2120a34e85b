"""Business cases and the four calculations."""

from django.urls import path

from ipd.views import cases, four_calculations

BASE = "products/<int:pk>/money/"

urlpatterns = [
    path(f"{BASE}cases/", cases.case_list, name="case-list"),
    path(f"{BASE}cases/new/", cases.new, name="case-new"),
    path("cases/<int:pk>/", cases.detail, name="case"),
    path("cases/<int:pk>/edit/", cases.edit, name="case-edit"),
    path("cases/<int:pk>/acceptance/", cases.acceptance, name="case-acceptance"),
    path("cases/<int:pk>/removal/", cases.removal, name="case-removal"),
    path(f"{BASE}calculations/", four_calculations.page, name="calculations"),
    path(f"{BASE}calculations/estimate/", four_calculations.estimate, name="calculations-estimate"),
    path(f"{BASE}calculations/closing/", four_calculations.closing, name="calculations-closing"),
]
