"""What a KPI's card, its targets and weights have to keep: said alike to forms and files."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ipd.kernel.measures import MEASURES, Unit
from teams.calculations.formulas import Fault, Formula, FormulaError, parse
from teams.models.kpis import Direction, Together

Wrong = list[tuple[str, str]]  # the field it stands in, and a sentence
WHOLE = 100  # percent that the dimensions of a phase weigh in all

WORDS = {
    Fault.EMPTY: gettext_lazy("There is nothing to compute."),
    Fault.LONG: gettext_lazy("The formula is too long."),
    Fault.DEEP: gettext_lazy("There are too many brackets in each other."),
    Fault.LARGE: gettext_lazy("The formula has too many parts."),
    Fault.LETTER: gettext_lazy("This cannot stand in a formula."),
    Fault.VALUE: gettext_lazy("A number, a measure or a bracket is missing here."),
    Fault.CLOSE: gettext_lazy("A closing bracket is missing here."),
    Fault.REST: gettext_lazy("A sign is missing between this and what stands before it."),
    Fault.CALL: gettext_lazy("Only min, max and abs take brackets."),
    Fault.COUNT: gettext_lazy("abs takes one value; min and max take two or more."),
    Fault.UNKNOWN: gettext_lazy("There is no measure of this name."),
    Fault.MIXED: gettext_lazy("Amounts of money and plain numbers do not add up or compare."),
}
# A measure alone lends its numerator and denominator to a KPI of one of these units.
LENDS = {
    Unit.PERCENT: {Unit.PERCENT, Unit.RATIO},
    Unit.RATIO: {Unit.PERCENT, Unit.RATIO},
    Unit.COUNT: {Unit.COUNT, Unit.DAYS, Unit.RATIO},
    Unit.DAYS: {Unit.COUNT, Unit.DAYS},
    Unit.DATE: {Unit.DATE},
    Unit.MONEY: {Unit.MONEY},
}


def sentence(error: FormulaError) -> str:
    """What is wrong with a formula and where, for the one who wrote it."""
    said = str(WORDS[error.fault])
    if error.text:
        place = {"place": error.place, "text": error.text}
        said += " " + _("Look at place %(place)d: “%(text)s”.") % place
    else:
        said += " " + _("Look at place %(place)d.") % {"place": error.place}
    if error.fault == Fault.UNKNOWN and (near := get_close_matches(error.text, MEASURES, 3)):
        said += " " + _("Did you mean %(names)s?") % {"names": ", ".join(near)}
    return said


def read(expression: str) -> tuple[Formula, int]:
    """A formula over registered measures, and how often money stands in what it gives."""
    formula = parse(expression)
    return formula, read_money(formula)


def read_money(formula: Formula) -> int:
    """How often money stands in what a formula gives; FormulaError for a name nobody registered."""
    return formula.money({key: one.unit == Unit.MONEY for key, one in MEASURES.items()})


def wrong_with(*, expression: str, unit: str, together: str, has_amounts: bool = True) -> Wrong:
    """What is wrong with how a KPI is computed; nothing for one that is entered."""
    if not expression.strip():
        return []
    try:
        formula, money = read(expression)
    except FormulaError as error:
        return [("expression", sentence(error))]
    if not formula.names:
        return [("expression", _("Numbers alone read the same of everybody: name a measure."))]
    wrong = _wrong_measure(formula, unit) if formula.is_name else _wrong_units(formula, money, unit)
    if together == Together.RATIO and _would_be_averaged(formula):
        sides = _("A group's figure would be an average. Divide at the end, or choose another.")
        wrong.append(("together", sides))
    if not has_amounts and _of_amounts(formula):
        wrong.append(("has_amounts", _("It is computed from amounts of money: say so.")))
    return wrong


def _wrong_measure(formula: Formula, unit: str) -> Wrong:
    measure = MEASURES[formula.names[0]]
    if unit in LENDS[measure.unit]:
        return []
    told = {"measure": measure.label, "unit": measure.unit.value}
    return [("unit", _("“%(measure)s” is read in the unit %(unit)s.") % told)]


def _wrong_units(formula: Formula, money: int, unit: str) -> Wrong:
    """A formula may not smuggle an amount past those who may not see money, nor add up days."""
    if any(MEASURES[name].unit == Unit.DATE for name in formula.names) or unit == Unit.DATE:
        return [("expression", _("Dates are not computed with: name the measure alone."))]
    if money not in (0, 1):
        return [("expression", _("Amounts are multiplied by, or divided into, amounts here."))]
    if money and unit != Unit.MONEY:
        return [("unit", _("It gives an amount of money: its unit is money."))]
    if not money and unit == Unit.MONEY:
        return [("unit", _("It gives a plain number, no amount of money."))]
    return []


def _of_amounts(formula: Formula) -> bool:
    """Whether what is kept beside the figure are amounts, which the figure itself may not be."""
    if formula.is_name:
        return MEASURES[formula.names[0]].amounts
    return formula.sides is not None and read_money(formula.sides[0]) > 0


def _would_be_averaged(formula: Formula) -> bool:
    if formula.is_name:
        return MEASURES[formula.names[0]].together != Together.RATIO
    return formula.sides is None


def wrong_with_target(
    direction: str,
    *,
    floor: Decimal | None,
    target: Decimal | None,
    stretch: Decimal | None,
    centre: Decimal | None,
) -> Wrong:
    """Floor, target and stretch go the KPI's way; near a centre they are distances from it."""
    if None in (floor, target, stretch):
        return []
    if direction == Direction.NEAR and centre is None:
        return [("centre", _("The figure that is best, since near it is better."))]
    if direction != Direction.NEAR and centre is not None:
        return [("centre", _("Blank: there is no best figure in the middle."))]
    if direction == Direction.UP:
        kept = floor < target <= stretch
        return [] if kept else [("floor", _("Below the target, which is not above the stretch."))]
    if not floor > target >= stretch:
        return [("floor", _("Above the target, which is not below the stretch."))]
    if direction == Direction.NEAR and stretch < 0:
        return [("stretch", _("A distance is not below zero."))]
    return []


def weighed(rows: Iterable[dict], phase: str, day: date) -> int:
    """What the dimensions of a phase weigh in all on a day, in percent; of a table's rows."""
    newest: dict[str, dict] = {}
    for row in rows:
        if row["phase"] == phase and row["valid_from"] <= day:
            known = newest.get(row["dimension"])
            if known is None or known["valid_from"] < row["valid_from"]:
                newest[row["dimension"]] = row
    return sum(row["percent"] for row in newest.values())
