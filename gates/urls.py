from django.urls import path

from gates.views import (
    calendar,
    calendar_feeds,
    conditions,
    criteria,
    criterion_yields,
    decide,
    decisions,
    evidence,
    exercises,
    health,
    home,
    presenters,
    process,
    rehearsals,
    review_statements,
    reviews,
    room,
    tailoring,
    votes,
    waivers,
)

app_name = "gates"
finding = [
    path("", home.page, name="home"),
    path("calendar/", calendar.page, name="calendar"),
    path("calendar/subscription/", calendar_feeds.subscription, name="calendar-subscription"),
    path("calendar/subscription/end/", calendar_feeds.ending, name="calendar-subscription-end"),
    path("calendar/<str:token>.ics", calendar_feeds.read, name="calendar-feed"),
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
reviewing = [
    path("products/<int:product_pk>/reviews/new/", reviews.review_new, name="review-new"),
    path("products/<int:product_pk>/tailoring/", tailoring.tailoring, name="tailoring"),
    path("process/", process.process, name="process"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/brief/", reviews.review_brief, name="review-brief"),
    path("reviews/<int:pk>/pack/", reviews.review_lock, name="review-lock"),
    path("reviews/<int:pk>/presenter/", presenters.review_presenter, name="review-presenter"),
    path(
        "reviews/presenters/<int:pk>/cosignature/",
        presenters.cosignature,
        name="presenter-cosignature",
    ),
    path("reviews/<int:pk>/day/", reviews.review_move, name="review-move"),
    path("reviews/<int:pk>/voters/", reviews.review_voters, name="review-voters"),
    path("criteria/<int:pk>/", criteria.criterion, name="criterion"),
    path("criteria/<int:pk>/owner/", criteria.criterion_owner, name="criterion-owner"),
    path("criteria/<int:pk>/evidence/", criteria.criterion_evidence, name="criterion-evidence"),
    path("criteria/<int:pk>/questions/", criteria.criterion_question, name="criterion-question"),
    path("questions/<int:pk>/answer/", criteria.question_answer, name="question-answer"),
    path("criteria/<int:pk>/waiver/", waivers.criterion_waiver, name="criterion-waiver"),
    path("waivers/<int:pk>/", waivers.waiver, name="waiver"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
]
meeting = [
    path("reviews/<int:pk>/room/", room.review_room, name="review-room"),
    path("reviews/<int:pk>/room/live/", room.review_live, name="review-live"),
    path("reviews/<int:pk>/room/opening/", reviews.review_open, name="review-open"),
    path("reviews/<int:pk>/room/screen/", room.review_show, name="review-show"),
    path("reviews/<int:pk>/vote/", votes.review_vote, name="review-vote"),
    path("reviews/<int:pk>/votes/reveal/", votes.review_reveal, name="review-reveal"),
    path("reviews/<int:pk>/votes/second/", votes.review_second, name="review-second"),
    path("reviews/<int:pk>/decision/", decide.review_decide, name="review-decide"),
    path("reviews/<int:pk>/deferral/", decide.review_defer, name="review-defer"),
    path("decisions/<int:pk>/correction/", decide.decision_correct, name="decision-correct"),
]
watching = [
    path("gates/health/", health.page, name="health"),
    path("gates/health/lines/<str:code>/", health.line, name="health-line"),
    path("gates/health/cost/", health.costs, name="health-costs"),
    path("gates/health/criteria/", criterion_yields.index, name="health-criteria"),
    path("gates/health/criteria/<int:pk>/", criterion_yields.criterion, name="health-criterion"),
    path(
        "reviews/<int:pk>/recommendation/",
        review_statements.recommendation,
        name="review-recommendation",
    ),
    path("reviews/<int:pk>/hours/", review_statements.hours, name="review-hours"),
]
rehearsing = [
    path("gates/rehearsals/", exercises.rehearsal_list, name="rehearsal-list"),
    path("gates/rehearsals/exercises/", exercises.exercise_new, name="rehearsal-exercise-new"),
    path("gates/rehearsals/exercises/<int:pk>/", exercises.exercise, name="rehearsal-exercise"),
    path("reviews/<int:pk>/rehearsal/", rehearsals.rehearsal_new, name="rehearsal-new"),
    path("gates/rehearsals/<int:pk>/", rehearsals.rehearsal, name="rehearsal"),
    path(
        "gates/rehearsals/<int:pk>/decision/",
        rehearsals.rehearsal_decision,
        name="rehearsal-decision",
    ),
    path("gates/rehearsals/<int:pk>/end/", rehearsals.rehearsal_end, name="rehearsal-end"),
    path("gates/rehearsals/<int:pk>/gaps/", rehearsals.rehearsal_gap, name="rehearsal-gap"),
    path(
        "gates/rehearsals/gaps/<int:pk>/settlement/",
        rehearsals.rehearsal_gap_settlement,
        name="rehearsal-gap-settlement",
    ),
]
urlpatterns = [*reviewing, *meeting, *finding, *following, *watching, *rehearsing]
