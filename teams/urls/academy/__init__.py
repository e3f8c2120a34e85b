"""The addresses of the academy, room by room."""

from teams.urls.academy import effects, home, mentoring

urlpatterns = [*home.urlpatterns, *effects.urlpatterns, *mentoring.urlpatterns]
