"""The contract of a product, and requests to change it."""

from django.urls import path

from ipd.views import changes, contracts

BASE = "products/<int:pk>/contract/"

urlpatterns = [
    path(BASE, contracts.page, name="contract"),
    path(f"{BASE}draft/", contracts.draft, name="contract-draft"),
    path(f"{BASE}draft/removal/", contracts.draft_removal, name="contract-draft-removal"),
    path("contracts/promises/<int:pk>/readings/", contracts.reading, name="contract-reading"),
    path(f"{BASE}unplanned-gate/", contracts.gate, name="contract-gate"),
    path("contracts/<int:pk>/", contracts.version, name="contract-version"),
    path("products/<int:pk>/changes/", changes.change_list, name="change-list"),
    path("products/<int:pk>/changes/new/", changes.new, name="change-new"),
    path("changes/<int:pk>/", changes.detail, name="change"),
    path("changes/<int:pk>/edit/", changes.edit, name="change-edit"),
    path("changes/<int:pk>/submission/", changes.submission, name="change-submission"),
    path("changes/<int:pk>/withdrawal/", changes.withdrawal, name="change-withdrawal"),
    path("changes/<int:pk>/assessment/", changes.assessment, name="change-assessment"),
    path("changes/<int:pk>/decision/", changes.decision, name="change-decision"),
]
