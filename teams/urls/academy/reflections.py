"""Reflections."""

from django.urls import path

from teams.views.academy import reflections

ONE = "academy/reflections/<int:pk>/"

urlpatterns = [
    path("academy/reflections/", reflections.index, name="reflection-list"),
    path("academy/reflections/on/<slug:code>/", reflections.new, name="reflection-new"),
    path(ONE, reflections.page, name="reflection"),
    path(f"{ONE}text/", reflections.text, name="reflection-text"),
    path(f"{ONE}finishing/", reflections.finishing, name="reflection-finishing"),
    path(f"{ONE}reopening/", reflections.reopening, name="reflection-reopening"),
    path(f"{ONE}sharing/", reflections.sharing, name="reflection-sharing"),
    path(
        "academy/reflections/shares/<int:pk>/withdrawal/",
        reflections.share_withdrawal,
        name="reflection-share-withdrawal",
    ),
    path(f"{ONE}acceptance/", reflections.acceptance, name="reflection-acceptance"),
    path(f"{ONE}return/", reflections.returning, name="reflection-return"),
]
