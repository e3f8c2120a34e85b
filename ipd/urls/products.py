"""The portfolio and a product's own page."""

from django.urls import path

from ipd.views import portfolio, products

urlpatterns = [
    path("portfolio/", portfolio.page, name="portfolio"),
    path("products/<int:pk>/", products.page, name="product"),
]
