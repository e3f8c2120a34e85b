"""Reviews, decisions and conditions in the search, as far as their products may be seen."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from gates.models import Condition, Decision, Review
from ipd.kernel.search import search_source
from ipd.models import Product
from ipd.search.products import meant, named
from teams.models import Person

LARGEST_NUMBER = 2**63 - 1


def _text(*parts) -> Concat:
    return Concat(*parts, output_field=CharField())


@search_source(kind=_("Review"), route="gates:review", order=20)
def reviews(person: Person, words: list[str]) -> QuerySet[Review]:
    """Open reviews: each word begins the gate's label or names the product; soonest first.

    A single word may be a gate's alone: then the next reviews of that gate are meant.
    """
    rows = Review.objects.open().real()
    if len(words) == 1:
        label = Q(label__istartswith=words[0], product__in=Product.objects.visible_to(person))
        rows = rows.filter(label | Q(product__in=meant(person, words)))
    else:
        rows = rows.filter(product__in=meant(person, words))
        for word in words:
            rows = rows.filter(Q(label__istartswith=word) | named(word, "product__"))
    return rows.annotate(
        title=_text("product__name", Value(" · "), "label"),
        detail=Cast("planned_on", CharField()),
    ).order_by("planned_on", "pk")


@search_source(kind=_("Decision"), route="gates:decision", order=50)
def decisions(person: Person, words: list[str]) -> QuerySet[Decision]:
    """By number, or by product with the gate's label or the outcome; newest first."""
    rows = Decision.objects.filter(superseded_at=None)
    if len(words) == 1 and words[0].isdecimal():
        number = min(int(words[0]), LARGEST_NUMBER)
        visible = Product.objects.visible_to(person)
        rows = rows.filter(Q(pk=number) | Q(ledger_sequence=number), review__product__in=visible)
    else:
        rows = rows.filter(review__product__in=meant(person, words))
        for word in words if len(words) > 1 else []:
            label = Q(review__label__istartswith=word) | Q(outcome__name__istartswith=word)
            rows = rows.filter(label | named(word, "review__product__"))
    return rows.annotate(
        title=_text("review__product__name", Value(" · "), "review__label"),
        detail=_text(F("outcome__name"), Value(" #"), Cast("pk", CharField())),
    ).order_by("-decided_at", "-pk")


@search_source(kind=_("Condition"), route="gates:condition", order=60)
def conditions(person: Person, words: list[str]) -> QuerySet[Condition]:
    """Unsettled conditions: each word stands in the text or names the product; soonest first."""
    every = Q()
    for word in words:
        products = Product.objects.filter(named(word)).order_by().values("pk")
        every &= Q(text__icontains=word) | Q(review__product__in=products)
    rows = Condition.objects.unsettled().visible_to(person).filter(every)
    return rows.annotate(
        title=F("text"),
        detail=_text("review__product__code", Value(" "), "review__label"),
    ).order_by("due_on", "pk")
