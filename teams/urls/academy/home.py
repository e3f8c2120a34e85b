"""The learner's home, paths and enrolments."""

from django.urls import path

from teams.views.academy import enrolments, home

urlpatterns = [
    path("academy/", home.page, name="academy"),
    path("academy/join/", home.join, name="academy-join"),
    path("academy/paths/<int:pk>/", home.path, name="academy-path"),
    path("academy/elements/<int:pk>/", home.element, name="element"),
    path("academy/enrolments/<int:pk>/", enrolments.page, name="enrolment"),
    path(
        "academy/enrolments/<int:pk>/withdrawal/",
        enrolments.withdrawal,
        name="enrolment-withdrawal",
    ),
    path("academy/enrolments/<int:pk>/manager/", enrolments.manager, name="enrolment-manager"),
]
