"""What plans say on other pages: the next milestones of a product, one's own coming weeks."""

from django.db.models import Q

from ipd.kernel.days import today
from ipd.kernel.panels import Panel, register
from ipd.models import Activity, Product
from ipd.models.plans import ActivityKind
from ipd.queries import load
from teams.models import Person

SHOWN = 6
POINTS = [ActivityKind.MILESTONE, ActivityKind.GATE]


def milestones(person: Person, product: Product) -> Panel | None:
    """The next gates and milestones of the product's plan, the late ones first."""
    rows = list(
        Activity.objects.filter(plan__product=product, kind__in=POINTS, percent__lt=100)
        .exclude(finish_at=None)
        .order_by("finish_at", "order")[:SHOWN]
    )
    if not rows:
        return None
    context = {"product_pk": product.pk, "rows": rows, "day": today()}
    return Panel("ipd/panels/product_milestones.html", context)


def coming_weeks(reader: Person, person: Person) -> Panel | None:
    """A person's own activities that are not done, and the hours of the next weeks."""
    if reader.pk != person.pk:
        return None
    mine = Q(owner=person) | Q(assignments__resource__person=person)
    rows = list(
        Activity.objects.filter(
            mine,
            kind=ActivityKind.TASK,
            percent__lt=100,
            start_at__isnull=False,
            plan__product__in=Product.objects.visible_to(reader),
        )
        .select_related("plan__product")
        .distinct()
        .order_by("start_at", "pk")[:SHOWN]
    )
    cells = load.of_person(person, load.monday(today()))
    if not rows and not any(cell.hours for cell in cells):
        return None
    context = {"rows": rows, "cells": cells[:SHOWN], "person_pk": person.pk}
    return Panel("ipd/panels/person_weeks.html", context)


register("product-aside", milestones)
register("person", coming_weeks)
