"""Keeping a $APPEALS sheet: weights, offers and scores come in together, or not at all."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import touches
from ipd.kernel.days import today
from ipd.models import AppealsOffer, AppealsScore, AppealsSheet, AppealsWeight, Product
from ipd.models.requirement_words import BuyingCriterion
from teams.models import Person

ROUNDING = Decimal("0.005")


@transaction.atomic
def keep(
    product: Product,
    *,
    segment: str,
    on: date,
    customers: int,
    weights: Mapping[str, Decimal],
    own: Mapping[str, int],
    competitors: Mapping[str, Mapping[str, int]],
    by: Person | None,
    note: str = "",
) -> AppealsSheet:
    """Keep one segment's view of the own offer and its competitors.

    weights      share of each of the eight buying criteria; together 1 (± 0.005 of rounding)
    own          score of each criterion, 1 to 10, as the customer sees it
    competitors  the same by name

    Raises Refused when the weights do not sum to 1, a criterion is missing, the day lies
    ahead, or the segment has a sheet of that day already.
    """
    known = set(BuyingCriterion.values)
    if on > today():
        raise Refused(_("A sheet says how things are; its day does not lie ahead."))
    if set(weights) != known or any(set(s) != known for s in (own, *competitors.values())):
        raise Refused(_("Weigh and score all eight buying criteria."))
    total = sum(weights.values())
    if abs(total - 1) > ROUNDING:
        raise Refused(_("The weights sum to %(total)s; they have to sum to 1.") % {"total": total})
    try:
        with transaction.atomic():
            sheet = AppealsSheet.objects.create(
                product=product, segment=segment, on=on, customers=customers, note=note, by=by
            )
    except IntegrityError as error:
        told = {"segment": segment, "day": on}
        raise Refused(_("%(segment)s has a sheet of %(day)s already.") % told) from error
    AppealsWeight.objects.bulk_create(
        AppealsWeight(sheet=sheet, criterion=name, weight=weights[name])
        for name in BuyingCriterion.values
    )
    for name, scores in {product.name: own, **competitors}.items():
        offer = AppealsOffer.objects.create(sheet=sheet, name=name, is_own=scores is own)
        AppealsScore.objects.bulk_create(
            AppealsScore(offer=offer, criterion=criterion, score=scores[criterion])
            for criterion in BuyingCriterion.values
        )
    touches.touch([product.pk])
    return sheet
