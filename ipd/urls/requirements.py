"""Requirements: lists, one requirement and its way, baselines and changes, trace, figures."""

from django.urls import path

from ipd.views import (
    requirement_bulk,
    requirement_changes,
    requirement_detail,
    requirement_figures,
    requirement_files,
    requirements,
)

of_product = [
    path("", requirements.of_product, name="requirements"),
    path("many/", requirement_bulk.edit, name="requirement-many"),
    path("many/undo/", requirement_bulk.undo, name="requirement-many-undo"),
    path("paste/", requirement_files.paste, name="requirement-paste"),
    path("file/<str:ending>/", requirement_files.listed, name="requirement-file"),
    path("trace/", requirement_figures.trace, name="requirement-trace"),
    path("trace/<str:ending>/", requirement_files.traced, name="requirement-trace-file"),
    path("figures/", requirement_figures.figures, name="requirement-figures"),
    path("baselines/", requirement_changes.page, name="requirement-baselines"),
    path("baselines/new/", requirement_changes.keep, name="requirement-baseline"),
    path("changes/new/", requirement_changes.new, name="requirement-change-new"),
]
one = [
    path("", requirement_detail.detail, name="requirement"),
    path("edit/", requirement_detail.edit, name="requirement-edit"),
    path("row/", requirements.row, name="requirement-row"),
    path("cells/<str:name>/", requirements.cell, name="requirement-cell"),
    path("steps/<str:key>/", requirement_detail.step, name="requirement-step"),
    path("derivation/", requirement_detail.derive, name="requirement-derivation"),
    path("links/", requirement_detail.link, name="requirement-link"),
    path("verifications/", requirement_detail.verification, name="requirement-verification"),
]
everywhere = [
    path("", requirements.everything, name="requirement-list"),
    path("new/", requirement_detail.new, name="requirement-new"),
    path("work/", requirement_figures.work, name="requirement-work"),
    path("figures/", requirement_figures.line_figures, name="requirement-line-figures"),
]
others = [
    path("<int:pk>/removal/", requirement_detail.unlink, name="requirement-unlink"),
]
changes = [
    path("<int:pk>/", requirement_changes.change, name="requirement-change"),
    path("<int:pk>/decision/", requirement_changes.decision, name="requirement-change-decision"),
]
GROUPS = (
    ("products/<int:pk>/requirements/", of_product),
    ("requirements/<int:pk>/", one),
    ("requirements/", everywhere),
    ("requirement-links/", others),
    ("requirement-changes/", changes),
)
urlpatterns = [
    path(f"{start}{pattern.pattern}", pattern.callback, name=pattern.name)
    for start, patterns in GROUPS
    for pattern in patterns
]
