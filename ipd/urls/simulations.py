"""Simulations of a product's plan."""

from django.urls import path

from ipd.views import simulations

urlpatterns = [
    path("products/<int:pk>/plan/simulation/", simulations.newest, name="simulations"),
    path("products/<int:pk>/plan/simulation/run/", simulations.run, name="simulation-run"),
    path("simulations/<int:pk>/", simulations.simulation, name="simulation"),
    path("simulations/<int:pk>/what-if/", simulations.what_if, name="simulation-what-if"),
]
