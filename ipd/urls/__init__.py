"""The addresses of products and of the work on them, room by room."""

from ipd.urls import money, plans, products, risks, simulations, trade_offs

app_name = "ipd"
urlpatterns = [
    *products.urlpatterns,
    *money.urlpatterns,
    *plans.urlpatterns,
    *trade_offs.urlpatterns,
    *simulations.urlpatterns,
    *risks.urlpatterns,
]
