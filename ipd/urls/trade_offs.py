"""Conflicts of requirements: trade-offs, promises to customers, $APPEALS sheets."""

from django.urls import path

from ipd.views import appeals, promises, trade_offs

trading = [
    path("products/<int:pk>/requirements/trade-offs/", trade_offs.page, name="trade-offs"),
    path("products/<int:pk>/requirements/trade-offs/new/", trade_offs.new, name="trade-off-new"),
    path("trade-offs/<int:pk>/", trade_offs.trade_off, name="trade-off"),
    path("trade-offs/<int:pk>/option/", trade_offs.option, name="trade-off-option"),
    path("trade-offs/<int:pk>/rung/", trade_offs.rung, name="trade-off-rung"),
    path("trade-offs/<int:pk>/decision/", trade_offs.decision, name="trade-off-decision"),
    path("trade-offs/<int:pk>/withdrawal/", trade_offs.withdrawal, name="trade-off-withdrawal"),
]
promising = [
    path("promises/", promises.register, name="promise-register"),
    path("products/<int:pk>/requirements/promises/", promises.page, name="promises"),
    path("products/<int:pk>/requirements/promises/new/", promises.new, name="promise-new"),
    path("promises/<int:pk>/", promises.promise, name="promise"),
    path("promises/<int:pk>/backing/", promises.backing, name="promise-backing"),
    path("promises/<int:pk>/end/", promises.end, name="promise-end"),
]
appealing = [
    path("products/<int:pk>/requirements/appeals/", appeals.page, name="appeals"),
    path("products/<int:pk>/requirements/appeals/new/", appeals.new, name="appeals-new"),
    path("appeals/<int:pk>/", appeals.sheet, name="appeals-sheet"),
]
urlpatterns = [*trading, *promising, *appealing]
