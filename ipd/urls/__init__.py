"""The addresses of products and of the work on them, room by room."""

from ipd.urls import (
    cases,
    contracts,
    money,
    plans,
    products,
    requirements,
    risks,
    simulations,
    supply,
    trade_offs,
)

app_name = "ipd"
urlpatterns = [
    *products.urlpatterns,
    *cases.urlpatterns,
    *contracts.urlpatterns,
    *money.urlpatterns,
    *plans.urlpatterns,
    *requirements.urlpatterns,
    *risks.urlpatterns,
    *simulations.urlpatterns,
    *supply.urlpatterns,
    *trade_offs.urlpatterns,
]
