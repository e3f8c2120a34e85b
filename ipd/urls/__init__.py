"""The addresses of products and of the work on them, room by room."""

from ipd.urls import plans, products, simulations, trade_offs

app_name = "ipd"
urlpatterns = [
    *products.urlpatterns,
    *plans.urlpatterns,
    *trade_offs.urlpatterns,
    *simulations.urlpatterns,
]
