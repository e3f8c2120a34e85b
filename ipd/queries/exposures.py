"""Exposure of parts for a reader: which would be missing, for which products, at what cost.

The rule for money stands in `ipd.permissions.supply`: an amount is a sum over the products that
the reader sees and holds the grant for, and says over how many; nothing here depends on a
product they do not see, not even the order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from ipd.kernel.days import today
from ipd.kernel.money import money
from ipd.models import Part, Product, ProductContribution, SupplyAction
from ipd.models.parts import PartKind
from ipd.models.where_used import products_of
from ipd.permissions import may
from teams.models import Person

NEAR = 2  # weeks: a single source that survives hardly longer than it recovers is watched


def tone(part: Part) -> str:
    """Red when the part would be missing, amber when one source is hardly outlasted."""
    if part.gap_weeks is None:
        return "risk" if part.is_single_source else "none"
    if part.gap_weeks > 0:
        return "off"
    near = part.tts_weeks - part.ttr_weeks <= NEAR
    return "risk" if part.is_single_source and near else "on"


@dataclass
class Exposure:
    """A part with the visible products that need it and what its loss would cost the reader's.

    amount   over `counted` of the products, those the reader may see the money of; None if none
    """

    part: Part
    products: list[Product]
    actions: list[SupplyAction]
    counted: int = 0
    weekly: Decimal = Decimal(0)
    tone: str = ""

    @property
    def amount(self) -> Decimal | None:
        if not self.counted or self.part.gap_weeks is None:
            return None
        return self.part.gap_weeks * self.weekly

    @property
    def shown(self) -> str:
        return money(self.amount, settings.CURRENCY, granted=bool(self.counted))

    @property
    def is_part_of_it(self) -> bool:
        """The reader may see the money of some of these products only."""
        return 0 < self.counted < len(self.products)

    @property
    def plans(self) -> list[SupplyAction]:
        return [action for action in self.actions if action.is_open and action.owner_id]

    @property
    def is_covered(self) -> bool:
        """Every product that needs the part is under an owned plan."""
        plans = self.plans
        if any(plan.product_id is None for plan in plans):
            return True
        under = {plan.product_id for plan in plans}
        return bool(self.products) and all(product.pk in under for product in self.products)


@dataclass
class Sight:
    """What a reader sees of products: their rows, and the weekly contribution where granted."""

    products: dict[int, Product] = field(default_factory=dict)
    weekly: dict[int, Decimal] = field(default_factory=dict)


def seen_products(person: Person) -> QuerySet[Product]:
    """The visible products; `weekly` is read only under the grant, and null without it."""
    newest = ProductContribution.objects.filter(product=OuterRef("pk"), from_on__lte=today())
    weekly = Coalesce(Subquery(newest.order_by("-from_on").values("weekly")[:1]), Value(Decimal(0)))
    return Product.objects.visible_to(person).annotate(
        weekly=Case(When(may(person, "see_money"), then=weekly))
    )


def sight(person: Person, product_ids: Iterable[int]) -> Sight:
    """The visible ones of these products, in one query.

    Each product says in `may_edit` whether the reader may change its supply.
    """
    rows = (
        seen_products(person)
        .filter(pk__in=list(product_ids))
        .annotate(may_edit=Case(When(may(person, "edit_supply"), then=True), default=False))
        .order_by("code")
    )
    found = Sight({row.pk: row for row in rows})
    found.weekly = {pk: row.weekly for pk, row in found.products.items() if row.weekly is not None}
    return found


def of(person: Person, parts: Sequence[Part]) -> list[Exposure]:
    """Exposure of each of these parts, in three queries however many."""
    ids = [part.pk for part in parts]
    needed = products_of(ids)
    seen = sight(person, set().union(*needed.values()) if needed else set())
    actions: dict[int, list[SupplyAction]] = {}
    rows = SupplyAction.objects.visible_to(person).filter(part__in=ids).select_related("owner")
    for action in rows:
        actions.setdefault(action.part_id, []).append(action)
    found = []
    for part in parts:
        users = needed.get(part.pk, set())
        granted = users & seen.weekly.keys()
        found.append(
            Exposure(
                part,
                sorted(
                    (seen.products[pk] for pk in users & seen.products.keys()),
                    key=lambda product: product.code,
                ),
                actions.get(part.pk, []),
                len(granted),
                sum((seen.weekly[pk] for pk in granted), Decimal(0)),
                tone(part),
            )
        )
    return found


@dataclass(frozen=True)
class Sourcing:
    """How many of the visible bought parts have one source, and how many are not approved."""

    parts: int
    single: int
    unapproved: int

    @property
    def percent(self) -> Decimal | None:
        return round(Decimal(100) * self.single / self.parts, 1) if self.parts else None


def sourcing(person: Person) -> Sourcing:
    """Over all bought parts the reader sees, in one query."""
    sums = (
        Part.objects.visible_to(person)
        .filter(kind=PartKind.PART)
        .aggregate(
            parts=Count("pk"),
            single=Count("pk", filter=Q(approved_sources=1)),
            unapproved=Count("pk", filter=~Q(status="approved")),
        )
    )
    return Sourcing(**sums)
