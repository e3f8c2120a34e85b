"""The addresses of products and of the work on them, room by room."""

from ipd.urls import products

app_name = "ipd"
urlpatterns = [*products.urlpatterns]
