"""Works and who assesses them."""

from django.urls import path

from teams.views.academy import assessing, assignments

urlpatterns = [
    path("academy/assignments/", assignments.index, name="assignment-list"),
    path(
        "academy/enrolments/<int:pk>/assignments/<int:element_pk>/",
        assignments.new,
        name="assignment-new",
    ),
    path("academy/assignments/<int:pk>/", assignments.page, name="assignment"),
    path("academy/assignments/<int:pk>/text/", assignments.text, name="assignment-text"),
    path("academy/assignments/<int:pk>/pieces/", assignments.piece_new, name="assignment-piece"),
    path(
        "academy/assignments/pieces/<int:pk>/removal/",
        assignments.piece_removal,
        name="assignment-piece-removal",
    ),
    path("academy/assignments/pieces/<int:pk>/", assignments.file, name="assignment-file"),
    path(
        "academy/assignments/<int:pk>/handing-in/",
        assignments.handing_in,
        name="assignment-handing-in",
    ),
    path(
        "academy/assignments/<int:pk>/taking-back/",
        assignments.taking_back,
        name="assignment-taking-back",
    ),
    path(
        "academy/assignments/<int:pk>/assessors/", assessing.assessors, name="assignment-assessors"
    ),
    path(
        "academy/assignments/assessors/<int:pk>/removal/",
        assessing.assessor_removal,
        name="assignment-assessor-removal",
    ),
    path("academy/assignments/<int:pk>/rating/", assessing.rating, name="assignment-rating"),
]
