"""Risks in the search: by their code, by words of their title, beside them by their product."""

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from ipd.kernel.search import search_source
from ipd.models import Product, Risk
from ipd.models.risks import RiskState
from teams.models import Person

SHORTEST = 3  # of a word: shorter ones are in almost every title


@search_source(kind=_("Risk"), route="ipd:risk", order=44)
def risks(person: Person, words: list[str]) -> QuerySet[Risk] | None:
    """Each word is in the title or is the code; one of several may be the product's code.

    Open ones come first, the largest exposure ahead.
    """
    if max(map(len, words)) < SHORTEST:
        return None
    rows = Risk.objects.visible_to(person)
    for word in words:
        told = Q(title__icontains=word) | Q(code__iexact=word)
        products = Product.objects.filter(code__iexact=word).order_by().values("pk")
        rows = rows.filter(told | Q(product__in=products) if len(words) > 1 else told)
    settled = Case(When(state=RiskState.OPEN, then=0), default=1)
    detail = Concat(F("product__code"), Value(" · "), F("code"), output_field=CharField())
    return rows.annotate(detail=detail).order_by(settled, "exposure_order", "pk")
