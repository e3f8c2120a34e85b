"""The risk register, of a product and of the company."""

from django.urls import path

from ipd.views import risks

urlpatterns = [
    path("risks/", risks.company, name="risk-list"),
    path("products/<int:pk>/risks/", risks.of_product, name="risks"),
    path("products/<int:pk>/risks/new/", risks.new, name="risk-new"),
    path("risks/<int:pk>/", risks.risk, name="risk"),
    path("risks/<int:pk>/change/", risks.change, name="risk-change"),
    path("risks/<int:pk>/row/", risks.row, name="risk-row"),
    path("risks/<int:pk>/drivers/", risks.drivers, name="risk-drivers"),
]
