"""What computed KPIs read: their expressions over registered measures, for a set at once."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from ipd.kernel.measures import MEASURES, Reading, Status, Unit
from teams.calculations.formulas import Formula, parse
from teams.models import Kpi

# From the best to the worst: a formula's figure is as good as the worst of what it is made of.
ORDER = (Status.MEASURED, Status.ESTIMATED, Status.NOT_DUE, Status.MISSING)
HIGHEST = Decimal(10) ** 13  # what a reading's numerator can keep
HUNDRED = Decimal(100)


def read(
    kpi: Kpi,
    measured_ids: Iterable[int],
    day: date,
    *,
    known: dict[str, dict[int, Reading]] | None = None,
) -> dict[int, Reading]:
    """A computed KPI's readings as of a day, by the id that measures know; {} for another KPI.

    A measure alone passes its numerator and denominator on. A formula gives its figure over 1,
    or what it divides by what where it ends in a division, so that groups add up rightly; with
    the least n, the worst status and the oldest day of its parts. Whoever a measure leaves out
    is left out.

    known  readings of measures by name, kept between KPIs that are read of the same ids and day
    """
    if not kpi.is_computed:
        return {}
    ids = list(measured_ids)
    formula = parse(kpi.expression)
    known = {} if known is None else known
    for name in formula.names:
        if name not in known:
            known[name] = MEASURES[name].on(ids, day) if name in MEASURES else {}
    if formula.is_name:
        return dict(known[formula.names[0]])
    if not formula.names:
        return {}
    of_all = set(ids).intersection(*(known[name] for name in formula.names))
    return {
        one: _reading(kpi, formula, {name: known[name][one] for name in formula.names})
        for one in sorted(of_all)
    }


def _reading(kpi: Kpi, formula: Formula, parts: dict[str, Reading]) -> Reading:
    worst = max((part.status for part in parts.values()), key=ORDER.index)
    figures = {name: MEASURES[name].figure(part) for name, part in parts.items()}
    as_of = min((part.as_of for part in parts.values() if part.as_of), default=None)
    lacking = [name for name, figure in figures.items() if figure is None]
    if lacking:
        worst = worst if worst in (Status.NOT_DUE, Status.MISSING) else Status.MISSING
        return Reading(0, 0, 0, worst, as_of, _nothing(lacking))
    try:
        above, below = _divided(formula, figures)
    except ZeroDivisionError:
        return Reading(0, 0, 0, Status.MISSING, as_of, _("It would divide by zero."))
    if kpi.unit == Unit.PERCENT:
        below *= HUNDRED
    if max(abs(above), abs(below)) >= HIGHEST:
        return Reading(0, 0, 0, Status.MISSING, as_of, _("It is too large to be kept."))
    return Reading(above, below, min(part.n for part in parts.values()), worst, as_of)


def _divided(formula: Formula, figures: dict[str, Decimal]) -> tuple[Decimal, Decimal]:
    if sides := formula.sides:
        above, below = (side.value(figures) for side in sides)
        if not below:
            raise ZeroDivisionError
        return above, below
    return formula.value(figures), Decimal(1)


def _nothing(names: Iterable[str]) -> str:
    labels = ", ".join(str(MEASURES[name].label) for name in names)
    return _("Nothing was measured of: %(labels)s.") % {"labels": labels}
