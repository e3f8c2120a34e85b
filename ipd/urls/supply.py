"""Supply: the company's exposure, parts, suppliers, programmes, and a product's own page."""

from django.urls import path

from ipd.views import last_time_buys, parts, programmes, sourcing, suppliers, supply

urlpatterns = [
    path("supply/", supply.company, name="exposures"),
    path("products/<int:pk>/supply/", supply.page, name="supply"),
    path("products/<int:pk>/supply/statements/", supply.statement, name="supply-statement"),
    path("products/<int:pk>/supply/tops/", supply.top, name="supply-top"),
    path("supply/tops/<int:pk>/removal/", supply.top_removal, name="supply-top-removal"),
    path("supply/actions/<int:pk>/", sourcing.revise, name="supply-action"),
    path("parts/", parts.part_list, name="part-list"),
    path("parts/changes/", parts.bulk, name="part-bulk"),
    path("parts/export/", parts.export, name="part-export"),
    path("parts/<int:pk>/", parts.part, name="part"),
    path("parts/<int:pk>/row/", parts.row, name="part-row"),
    path("parts/<int:pk>/edit/", parts.edit, name="part-edit"),
    path("parts/<int:pk>/sources/", sourcing.source, name="part-source"),
    path("parts/<int:pk>/actions/", sourcing.action, name="part-action"),
    path("parts/<int:pk>/lines/", sourcing.line, name="part-line"),
    path("parts/lines/<int:pk>/removal/", sourcing.line_removal, name="part-line-removal"),
    path("parts/<int:pk>/last-time-buy/", last_time_buys.page, name="last-time-buy"),
    path("suppliers/", suppliers.supplier_list, name="supplier-list"),
    path("suppliers/<int:pk>/", suppliers.supplier, name="supplier"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/<int:pk>/", programmes.programme, name="programme"),
    path("programmes/<int:pk>/parts/", programmes.item_new, name="programme-item"),
    path("programmes/parts/<int:pk>/step/", programmes.item_step, name="programme-item-step"),
    path("programmes/boards/<int:pk>/step/", programmes.board_step, name="programme-board-step"),
]
