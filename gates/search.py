"""Reviews, decisions and conditions in the search, as far as their products may be seen."""

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from gates.models import Condition, Decision, Review
from ipd.kernel.search import search_source
from ipd.models import Product
from ipd.search import named
from teams.models import Person

LARGEST_NUMBER = 2**63 - 1


def _text(*parts) -> Concat:
    return Concat(*parts, output_field=CharField())


def _visible(person: Person, words: list[str]) -> QuerySet[Product]:
    """Visible products that at least one of the words names: what is searched stays bounded."""
    some = Q()
    for word in words:
        some |= named(word)
    return Product.objects.visible_to(person).filter(some)


@search_source(kind=_("Review"), route="gates:review", order=20)
def reviews(person: Person, words: list[str]) -> QuerySet[Review]:
    """Open reviews: each word begins the gate's label or names the product; soonest first."""
    rows = Review.objects.open().real().visible_to(person)
    for word in words:
        rows = rows.filter(Q(label__istartswith=word) | named(word, "product__"))
    return rows.annotate(
        title=_text("product__name", Value(" · "), "label"),
        detail=Cast("planned_on", CharField()),
    ).order_by("planned_on", "pk")


@search_source(kind=_("Decision"), route="gates:decision", order=50)
def decisions(person: Person, words: list[str]) -> QuerySet[Decision]:
    """By number, or by product with the gate's label; newest first."""
    rows = Decision.objects.filter(superseded_at=None)
    if len(words) == 1 and words[0].isdigit() and int(words[0]) <= LARGEST_NUMBER:
        number = int(words[0])
        rows = rows.filter(
            Q(pk=number) | Q(ledger_sequence=number),
            review__product__in=Product.objects.visible_to(person),
        )
    else:
        rows = rows.filter(review__product__in=_visible(person, words))
        for word in words:
            label = Q(review__label__istartswith=word) | Q(outcome__name__istartswith=word)
            rows = rows.filter(label | named(word, "review__product__"))
    return rows.annotate(
        title=_text("review__product__name", Value(" · "), "review__label"),
        detail=_text(F("outcome__name"), Value(" #"), Cast("pk", CharField())),
    ).order_by("-decided_at", "-pk")


@search_source(kind=_("Condition"), route="gates:condition", order=60)
def conditions(person: Person, words: list[str]) -> QuerySet[Condition]:
    """Unsettled conditions: each word stands in the text or names the product; soonest first."""
    rows = Condition.objects.unsettled().visible_to(person)
    for word in words:
        rows = rows.filter(Q(text__icontains=word) | named(word, "review__product__"))
    return rows.annotate(
        title=F("text"),
        detail=_text("review__product__code", Value(" "), "review__label"),
    ).order_by("due_on", "pk")
