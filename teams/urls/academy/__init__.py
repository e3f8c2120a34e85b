"""The addresses of the academy, room by room."""

from teams.urls.academy import (
    assessments,
    assignments,
    certification,
    checklists,
    cohorts,
    communities,
    crises,
    curriculum,
    effects,
    home,
    mentoring,
    peer_reviews,
    plans,
    reading,
    reflections,
    rotations,
)

urlpatterns = [
    *home.urlpatterns,
    *certification.urlpatterns,
    *cohorts.urlpatterns,
    *communities.urlpatterns,
    *effects.urlpatterns,
    *mentoring.urlpatterns,
    *reading.urlpatterns,
    *assessments.urlpatterns,
    *peer_reviews.urlpatterns,
    *crises.urlpatterns,
    *curriculum.urlpatterns,
    *assignments.urlpatterns,
    *plans.urlpatterns,
    *reflections.urlpatterns,
    *rotations.urlpatterns,
    *checklists.urlpatterns,
]
