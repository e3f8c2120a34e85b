"""The addresses of the academy, room by room."""

from teams.urls.academy import (
    assessments,
    cohorts,
    crises,
    effects,
    home,
    mentoring,
    peer_reviews,
    reading,
)

urlpatterns = [
    *home.urlpatterns,
    *cohorts.urlpatterns,
    *effects.urlpatterns,
    *mentoring.urlpatterns,
    *reading.urlpatterns,
    *assessments.urlpatterns,
    *peer_reviews.urlpatterns,
    *crises.urlpatterns,
]
