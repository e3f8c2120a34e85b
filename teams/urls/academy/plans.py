"""Development plans."""

from django.urls import path

from teams.views.academy import plans

PLAN, GOAL = "academy/plans/<int:pk>/", "academy/plans/goals/<int:pk>/"

urlpatterns = [
    path("academy/plans/", plans.index, name="development-plan-list"),
    path(
        "academy/enrolments/<int:pk>/plans/<int:element_pk>/",
        plans.new,
        name="development-plan-new",
    ),
    path(PLAN, plans.page, name="development-plan"),
    path(f"{PLAN}levels/", plans.levels, name="development-plan-levels"),
    path(f"{PLAN}goals/", plans.goal_new, name="development-plan-goal-new"),
    path(GOAL, plans.goal, name="development-plan-goal"),
    path(f"{GOAL}removal/", plans.goal_removal, name="development-plan-goal-removal"),
    path(f"{PLAN}proposal/", plans.proposal, name="development-plan-proposal"),
    path(f"{PLAN}signature/", plans.signature, name="development-plan-signature"),
    path(f"{PLAN}return/", plans.returning, name="development-plan-return"),
    path(f"{PLAN}change/", plans.change, name="development-plan-change"),
    path(f"{PLAN}check/", plans.check, name="development-plan-check"),
]
