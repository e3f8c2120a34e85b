"""The register of decisions: every one that was taken, imported ones too, the latest first."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from gates.models import Chain, Decision, Dissent, Outcome
from gates.permissions import may, may_somewhere
from ipd.kernel.keyset import Slice, decode, encode
from ipd.models import Product
from teams.models import Person
from teams.queries.people import people_named

PAGE = 50


def visible_to(person: Person) -> QuerySet[Decision]:
    """Decisions on products the person may see, without rehearsals."""
    products = Product.objects.visible_to(person).filter(pk=OuterRef("review__product"))
    return Decision.objects.filter(Exists(products), review__is_rehearsal=False)


@dataclass(frozen=True)
class Choices:
    """What the register can be filtered by: the words of the processes in use."""

    chains: list[tuple[str, str]]
    outcomes: list[tuple[str, str]]
    years: list[int]


def choices(person: Person) -> Choices:
    chains = dict(Chain.objects.order_by("pk").values_list("code", "name"))
    outcomes = dict(Outcome.objects.order_by("chain", "order").values_list("code", "name"))
    return Choices(list(chains.items()), list(outcomes.items()), _years(person))


def _years(person: Person) -> list[int]:
    """From the newest decision's year to the oldest's: found at the two ends of an index."""
    times = visible_to(person).values_list("decided_at", flat=True)
    first, last = times.order_by("decided_at")[:1], times.order_by("-decided_at")[:1]
    years = [timezone.localtime(at).year for at in first.union(last).order_by()]
    return list(range(max(years), min(years) - 1, -1)) if years else []


def found(
    person: Person,
    *,
    chain: str = "",
    outcome: str = "",
    line=None,
    year: int | None = None,
    dissent: bool = False,
    text: str = "",
) -> QuerySet[Decision]:
    """The decisions of a filter, among those the person may see; a number finds a record."""
    rows = visible_to(person)
    if chain:
        rows = rows.filter(review__gate__chain__code=chain)
    if outcome:
        rows = rows.filter(outcome__code=outcome)
    if line is not None:
        rows = rows.filter(review__product__line=line)
    if year:
        rows = rows.filter(decided_at__year=year)
    if dissent:
        rows = rows.filter(Exists(Dissent.objects.filter(decision=OuterRef("pk"))))
    for word in text.split()[:8]:
        # Products and people are matched once each, not once per decision; cheapest first.
        products = Product.objects.filter(Q(code__icontains=word) | Q(name__icontains=word))
        match = (
            Q(review__product__in=products.order_by().values("pk"))
            | Q(review__label__icontains=word)
            | Q(decided_by__in=people_named([word]).order_by().values("pk"))
            | Q(rationale__icontains=word)
        )
        number = word.removeprefix("#")
        if number.isascii() and number.isdigit() and len(number) < 12:
            match |= Q(pk=int(number))
        rows = rows.filter(match)
    return rows


def sees_money_somewhere(person: Person) -> bool:
    """Whether the register has a money column for this person at all."""
    return may_somewhere(person, "see_money")


def page(rows: QuerySet[Decision], person: Person, *, after: str) -> Slice:
    """Fifty decisions, the latest first, each with whether the person may see its money."""
    if (values := decode(after) if after else None) and len(values) == 2:
        at, pk = parse_datetime(str(values[0])), values[1]
        if at is not None and at.tzinfo and isinstance(pk, int):
            rows = rows.filter(Q(decided_at__lt=at) | Q(decided_at=at, pk__lt=pk))
    newest = ("-decided_at", "-pk")
    # What a row shows is joined to the page's rows alone, not to all among which it is sorted.
    picked = list(rows.order_by(*newest).values_list("pk", flat=True)[: PAGE + 1])
    got = list(
        Decision.objects.filter(pk__in=picked)
        .select_related("review__product__line", "outcome", "decided_by")
        .annotate(
            sees_money=may(person, "see_money"),
            has_dissent=Exists(Dissent.objects.filter(decision=OuterRef("pk"))),
        )
        .defer("frozen")
        .order_by(*newest)
    )
    if len(got) <= PAGE:
        return Slice(got, "")
    last = got[PAGE - 1]
    return Slice(got[:PAGE], encode([last.decided_at, last.pk]))
