"""Every address, package by package."""

from django.urls import include, path

urlpatterns = [
    path("", include("gates.urls")),
    path("", include("ipd.urls")),
    path("", include("teams.urls")),
    path("", include("ipd.kernel.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
