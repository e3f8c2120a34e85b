from django.urls import path

from ipd.views import portfolio, products

app_name = "ipd"
urlpatterns = [
    path("portfolio/", portfolio.page, name="portfolio"),
    path("products/<int:pk>/", products.page, name="product"),
]
