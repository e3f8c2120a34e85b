"""Modules: the list, the text of one, the reader's place in it, and its exercises."""

from django.urls import path

from teams.views.academy import reading

MODULE = "academy/modules/<str:code>/"

urlpatterns = [
    path("academy/modules/", reading.index, name="module-list"),
    path("academy/modules/<int:pk>/", reading.by_number, name="module-of"),
    path(MODULE, reading.page, name="module"),
    path(f"{MODULE}place/", reading.place, name="module-place"),
    path(f"{MODULE}reading/", reading.finish, name="module-reading"),
    path(f"{MODULE}exercises/<str:key>/", reading.exercise, name="exercise"),
]
