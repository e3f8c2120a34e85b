"""Reviews by colleagues."""

from django.urls import path

from teams.views.academy import peer_answers, peer_reviews

ROOM, REVIEW = "academy/peer-reviews/", "academy/peer-reviews/<int:pk>/"
RATER = f"{ROOM}raters/<int:pk>/"

urlpatterns = [
    path(ROOM, peer_reviews.index, name="peer-review-list"),
    path(
        "academy/enrolments/<int:pk>/peer-review/<int:element>/",
        peer_reviews.new,
        name="peer-review-new",
    ),
    path(REVIEW, peer_reviews.page, name="peer-review"),
    path(f"{REVIEW}raters/", peer_reviews.rater, name="peer-review-rater"),
    path(f"{RATER}removal/", peer_reviews.rater_removal, name="peer-review-rater-removal"),
    path(f"{REVIEW}agreement/", peer_reviews.agreement, name="peer-review-agreement"),
    path(f"{REVIEW}day/", peer_reviews.day, name="peer-review-day"),
    path(f"{REVIEW}closing/", peer_reviews.closing, name="peer-review-closing"),
    path(f"{REVIEW}telling/", peer_reviews.telling, name="peer-review-telling"),
    path(f"{RATER}answer/", peer_answers.answer, name="peer-review-answer"),
    path(f"{RATER}refusal/", peer_answers.refusal, name="peer-review-refusal"),
]
