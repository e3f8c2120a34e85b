"""Assessments of modules, tests of paths, and attempts at both."""

from django.urls import path

from teams.views.academy import assessments, attempts

ASSESSMENT, TEST = "academy/assessments/<str:code>/", "academy/tests/<int:pk>/"
ATTEMPT = "academy/attempts/<int:pk>/"

urlpatterns = [
    path(ASSESSMENT, assessments.page, name="assessment"),
    path(f"{ASSESSMENT}attempts/", assessments.start, name="assessment-start"),
    path(TEST, assessments.test, name="test"),
    path(f"{TEST}attempts/", assessments.sit, name="test-start"),
    path(ATTEMPT, attempts.page, name="attempt"),
    path(f"{ATTEMPT}answers/", attempts.answers, name="attempt-answers"),
    path(f"{ATTEMPT}submission/", attempts.submission, name="attempt-submission"),
    path(f"{ATTEMPT}result/", attempts.result, name="attempt-result"),
]
