"""The addresses of the academy, room by room."""

from teams.urls.academy import assessments, effects, home, mentoring, reading

urlpatterns = [
    *home.urlpatterns,
    *effects.urlpatterns,
    *mentoring.urlpatterns,
    *reading.urlpatterns,
    *assessments.urlpatterns,
]
