"""Rotations."""

from django.urls import path

from teams.views.academy import rotations

urlpatterns = [
    path("academy/rotations/", rotations.index, name="rotation-list"),
    path(
        "academy/enrolments/<int:pk>/rotations/<int:element_pk>/",
        rotations.new,
        name="rotation-new",
    ),
    path("academy/rotations/<int:pk>/", rotations.page, name="rotation"),
    path("academy/rotations/<int:pk>/edit/", rotations.edit, name="rotation-edit"),
    path("academy/rotations/<int:pk>/agreement/", rotations.agreement, name="rotation-agreement"),
    path(
        "academy/rotations/<int:pk>/cancellation/",
        rotations.cancellation,
        name="rotation-cancellation",
    ),
    path("academy/rotations/<int:pk>/leaving/", rotations.leaving, name="rotation-leaving"),
    path("academy/rotations/<int:pk>/feedback/", rotations.feedback, name="rotation-feedback"),
]
