from django.urls import path

from gates.views import calendar, conditions, decisions, home

app_name = "gates"
finding = [
    path("", home.page, name="home"),
    path("calendar/", calendar.page, name="calendar"),
]
following = [
    path("decisions/", decisions.decision_list, name="decision-list"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("conditions/", conditions.condition_list, name="condition-list"),
    path("conditions/<int:pk>/", conditions.condition, name="condition"),
    path("conditions/<int:pk>/acceptance/", conditions.acceptance, name="condition-acceptance"),
    path("conditions/<int:pk>/submission/", conditions.submission, name="condition-submission"),
    path(
        "conditions/<int:pk>/verification/",
        conditions.verification,
        name="condition-verification",
    ),
    path("conditions/<int:pk>/rejection/", conditions.rejection, name="condition-rejection"),
    path("conditions/<int:pk>/extension/", conditions.extension, name="condition-extension"),
    path("conditions/<int:pk>/waiver/", conditions.waiver, name="condition-waiver"),
    path(
        "conditions/<int:pk>/waiver/withdrawal/",
        conditions.waiver_withdrawal,
        name="condition-waiver-withdrawal",
    ),
]
urlpatterns = [*finding, *following]
