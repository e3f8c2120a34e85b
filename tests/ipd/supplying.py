"""Addresses and months that tests of a product's supply share."""

from django.urls import reverse

from ipd.kernel.days import today


def page_of(product):
    return reverse("ipd:supply", args=[product.pk])


def next_month(n):
    first = today().replace(day=1)
    months = first.year * 12 + first.month - 1 + n
    return first.replace(year=months // 12, month=months % 12 + 1)
