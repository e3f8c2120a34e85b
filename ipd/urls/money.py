"""A product's money, page by page, and the company's."""

from django.urls import path

from ipd.views import (
    money,
    money_company,
    money_exports,
    money_lists,
    money_movements,
    money_orders,
    work_packages,
)

BASE = "products/<int:pk>/money/"
CHILD = "products/<int:product_pk>/money/"

urlpatterns = [
    path("money/", money_company.page, name="money-company"),
    path("money/months/", money_company.closing, name="money-month-closing"),
    path(BASE, money.page, name="money"),
    path(f"{BASE}lines/", money.lines, name="money-lines"),
    path(f"{BASE}months/", money.months, name="money-months"),
    path(f"{BASE}movements/", money_movements.page, name="money-movements"),
    path(f"{CHILD}movements/<int:pk>/", money_movements.detail, name="money-movement"),
    path(f"{BASE}transfer/", money_movements.transfer, name="money-transfer"),
    path(f"{BASE}reserve/", money_movements.reserve, name="money-reserve"),
    path(f"{BASE}orders/", money_lists.orders, name="money-orders"),
    path(f"{BASE}orders/new/", money_orders.new, name="money-order-new"),
    path(f"{CHILD}orders/<int:pk>/closing/", money_orders.closing, name="money-order-closing"),
    path(f"{BASE}costs/", money_lists.costs, name="money-costs"),
    path(f"{BASE}packages/", work_packages.page, name="money-packages"),
    path(f"{BASE}packages/new/", work_packages.new, name="money-package-new"),
    path(
        f"{CHILD}packages/<int:pk>/progress/", work_packages.progress, name="money-package-progress"
    ),
    path(f"{BASE}export/<slug:what>.<slug:ending>", money_exports.export, name="money-export"),
]
