"""Running the academy: cohorts, waiting list, lottery."""

from django.urls import path

from teams.views.academy import cohorts, lotteries

COHORT = "academy/cohorts/<str:code>/"

urlpatterns = [
    path("academy/cohorts/", cohorts.index, name="cohort-list"),
    path("academy/cohorts/new/", cohorts.new, name="cohort-new"),
    path("academy/waiting/", cohorts.waiting, name="cohort-waiting"),
    path(COHORT, cohorts.page, name="cohort"),
    path(f"{COHORT}edit/", cohorts.edit, name="cohort-edit"),
    path(f"{COHORT}enrolments/", cohorts.enrolments, name="cohort-enrolments"),
    path(f"{COHORT}start/", cohorts.start, name="cohort-start"),
    path(f"{COHORT}lottery/", lotteries.page, name="cohort-lottery"),
    path(f"{COHORT}lottery/moving-up/", lotteries.moving_up, name="cohort-moving-up"),
]
