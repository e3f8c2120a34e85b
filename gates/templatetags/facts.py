"""The fact of a criterion where a page lists criteria; no query, so it may stand in a row."""

from django import template

from gates.queries import facts

register = template.Library()


@register.simple_tag
def fact_of(criterion, product_id, granted=False, since=None):
    """The criterion's fact in words for this reader; None when people judge it."""
    return facts.shown(facts.said(criterion), product_id, granted=granted, since=since)
