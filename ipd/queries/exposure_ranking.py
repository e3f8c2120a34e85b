# ruff: noqa: S608 the statement is put together from constants
"""All parts that would be missing in the order a reader may know, as light rows of one statement.

The parts of the page that is shown are fetched afterwards (`ipd.queries.exposures.of`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ipd.kernel.charts import Bar, bars
from ipd.kernel.money import money
from ipd.models import Part, ProductLine, SupplyAction
from ipd.models.where_used import inside_of, needed_by
from ipd.queries.exposures import Exposure, of, seen_products
from teams.models import Person

# An open action with an owner covers its product, or (without one) all that need the part.
RANKING = """
WITH RECURSIVE seen AS MATERIALIZED ({seen}), red AS MATERIALIZED ({parts}),
plan AS MATERIALIZED ({plans}), {inside}, {needed}
SELECT red.id, red.gap_weeks, red.code, count(seen.weekly), sum(seen.weekly),
    (count(seen.id) > 0 AND count(seen.id) = count(own.part_id)) OR EXISTS (
        SELECT FROM plan WHERE plan.part_id = red.id AND plan.product_id IS NULL
    )
FROM red
LEFT JOIN needed ON needed.part = red.id
LEFT JOIN seen ON seen.id = needed.product
LEFT JOIN (SELECT DISTINCT part_id, product_id FROM plan WHERE product_id IS NOT NULL) AS own
    ON own.part_id = red.id AND own.product_id = seen.id
{among}
GROUP BY red.id, red.gap_weeks, red.code
"""
# Only for some parts does it matter which products need them: where the reader may see the money
# of one of these, and where a plan is for one product. All are walked for a reader with so many
# grants that finding these parts costs more than walking from every one.
MANY = "(SELECT count(weekly) FROM seen) > 500"
PRICED = inside_of(f"SELECT id FROM seen WHERE weekly IS NOT NULL AND NOT {MANY}")
WALKED = f"""SELECT id FROM red WHERE {MANY}
    UNION SELECT red.id FROM red JOIN inside ON inside.part = red.id
    UNION SELECT red.id FROM red JOIN plan ON plan.part_id = red.id AND plan.product_id IS NOT NULL
"""
OF_LINE = inside_of("SELECT id FROM seen WHERE line_id = %s")
AMONG = "WHERE red.id IN (SELECT part FROM inside)"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A part's place: the weeks it would be missing, and what that costs those one may know of.

    counted   over so many products, the visible ones whose money the reader may see
    """

    part: int
    weeks: Decimal
    code: str
    counted: int
    weekly: Decimal | None
    is_covered: bool

    @property
    def amount(self) -> Decimal | None:
        return self.weeks * self.weekly if self.counted else None


def red_parts(person: Person, *, status="", supplier=None, kraljic="") -> QuerySet[Part]:
    """Visible parts that would be missing, by the filters that hang on the part."""
    rows = Part.objects.visible_to(person).exposed()
    if status:
        rows = rows.filter(status=status)
    if kraljic:
        rows = rows.filter(kraljic=kraljic)
    if supplier is not None:
        rows = rows.filter(sources__supplier=supplier, sources__state="approved")
    return rows


def ranking(
    person: Person, parts: QuerySet[Part], *, line: ProductLine | None = None
) -> list[Ranked]:
    """Red parts by the exposure that the reader may see, then by weeks: the worst first.

    With `line` only those that a product of it needs, one that the reader sees.
    """
    plans = SupplyAction.objects.visible_to(person).owned()
    asked = {
        "seen": seen_products(person).order_by().values("id", "line_id", "weekly"),
        "parts": parts.order_by().values("id", "gap_weeks", "code"),
        "plans": plans.order_by().values("part_id", "product_id"),
    }
    compiled = {name: rows.query.sql_with_params() for name, rows in asked.items()}
    statement = RANKING.format(
        **{name: sql for name, (sql, _values) in compiled.items()},
        inside=OF_LINE if line else PRICED,
        needed=needed_by(f"SELECT id FROM red {AMONG}" if line else WALKED, many=True),
        among=AMONG if line else "",
    )
    given = [value for _sql, values in compiled.values() for value in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, line.pk] if line else given)
        found = [Ranked(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: (-(one.amount or 0), -one.weeks, one.code))


def shown(person: Person, ranked: Sequence[Ranked]) -> list[Exposure]:
    """These places of a ranking with all that a page shows of them, in their order."""
    parts = Part.objects.visible_to(person).in_bulk([one.part for one in ranked])
    return of(person, [parts[one.part] for one in ranked if one.part in parts])


def total(ranked: Sequence[Ranked]) -> str:
    """The sum the reader may see, as they see it."""
    amounts = [one.amount for one in ranked if one.amount is not None]
    return money(sum(amounts, Decimal(0)), settings.CURRENCY, granted=bool(amounts))


def chart(found: Sequence[Exposure]):
    """Bars of the worst: money where the reader has any, else weeks."""
    if not found:
        return ""
    if any(one.amount for one in found):
        known = [one for one in found if one.amount is not None]
        return bars(
            [
                Bar(one.part.code, _plain(one.amount / 1000), tone=one.tone, beside=one.part.name)
                for one in known
            ],
            title=_("Exposure by part"),
            about=_("Weeks without the part times the weekly contribution of its products."),
            heads=[
                _("Part"),
                _("In thousands of %(money)s") % {"money": settings.CURRENCY},
                _("Name"),
            ],
        )
    return bars(
        [
            Bar(one.part.code, _plain(one.part.gap_weeks), tone=one.tone, beside=one.part.name)
            for one in found
        ],
        title=_("Weeks at risk by part"),
        about=_("Time to recover less time to survive."),
        heads=[_("Part"), _("Weeks"), _("Name")],
    )


def _plain(figure: Decimal) -> float:
    """For a chart; a whole number where it is one."""
    return int(figure) if figure == int(figure) else float(figure)
