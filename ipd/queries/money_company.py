"""The company's money as one reader may see it: earned value product by product, and in all."""

from dataclasses import dataclass
from datetime import date

from ipd.calculations.earned_value import EarnedValue, total
from ipd.kernel.days import today
from ipd.models import Product
from ipd.permissions import products_where
from ipd.queries import earned_value, money_facts
from ipd.queries.money_facts import Sums
from teams.models import Person

SHOWN = 100


@dataclass(frozen=True)
class Row:
    """A product's earned value at the last closed month, and its money today."""

    product: Product
    value: EarnedValue
    sums: Sums


@dataclass(frozen=True)
class Company:
    """The products whose money the reader may see; `rows` those that are shown here."""

    rows: list[Row]
    whole: EarnedValue
    until: date
    count: int
    sums: Sums


NOTHING = EarnedValue(None, None, None, None)


def of(person: Person, *, first: int = 0) -> Company:
    """Rows from the `first` on, sums over all that may be seen; four queries."""
    products = {
        product.pk: product
        for product in products_where(person, "see_money").select_related("line").order_by("code")
    }
    until = earned_value.status_day(today())
    standings = money_facts.standings(products, until)
    work = earned_value.packages(products, until)
    values = earned_value.worked_out(products, standings, work)
    sums = {pk: standing.now for pk, standing in standings.items()}
    used = [pk for pk in products if pk in values or pk in sums]
    rows = [
        Row(products[pk], values.get(pk, NOTHING), sums.get(pk, Sums()))
        for pk in used[first : first + SHOWN]
    ]
    return Company(rows, total(values.values()), until, len(used), sum(sums.values(), Sums()))
