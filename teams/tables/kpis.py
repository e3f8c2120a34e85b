"""The tables of KPIs: their cards, their targets by phase, and what dimensions weigh."""

import re
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Unit
from ipd.kernel.tables.columns import (
    Choice,
    Column,
    Day,
    OpenChoice,
    Reference,
    Text,
    Unreadable,
    Whole,
    YesNo,
    code,
)
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import ModelTable
from teams.actions import kpis, targets
from teams.models import Kpi, KpiTarget, KpiWeight
from teams.models.kpis import Cadence, Dimension, Direction, Together
from teams.queries import kpi_rules
from teams.subjects import subjects

MOST_PLACES = 4
UNITS = {unit.name.lower(): unit.value for unit in Unit}
PHASE = _("Code of a phase; blank for every phase that has no row of its own.")


class UnitColumn(Choice):
    """Units by their names: "%" is no word."""

    def read(self, text, shift):
        return UNITS[super().read(text, shift)]

    def show(self, value):
        return next((name for name, unit in UNITS.items() if unit == value), "")


class Figure(Column):
    """A figure with up to four decimals, of either sign."""

    def read(self, text, shift):
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", text):
            raise Unreadable(self.accepts)
        return Decimal(text).quantize(Decimal("0.0001"))

    @property
    def accepts(self):
        return gettext("a number with a point before at most four decimals, as 0.45")

    def show(self, value):
        return "" if value is None else f"{value.normalize():f}"


class FromADay(ModelTable):
    """What is in force from a day on: in a phase that there is, and not in months that are closed.

    A first import may bring in the targets that past months were judged by.
    """

    def check(self, rows, company):
        known = {"", *dict(subjects().phases())}
        closed, stored = targets.closed_until(), company.stored(self.name)
        for row in rows:
            if row["phase"] not in known:
                accepted = gettext("a phase of the process: %(phases)s")
                told = {"phases": ", ".join(sorted(known - {""}))}
                company.problem(self, row, "phase", accepted % told)
            late = closed and row["valid_from"] <= closed
            if late and self._moved(row, stored.get(self.key_of(row))):
                accepted = gettext("a later day: months up to %(day)s are closed")
                company.problem(self, row, "valid_from", accepted % {"day": closed})

    def _moved(self, row, old) -> bool:
        return old is None or any(row[name] != old[name] for name in self.by_name)


def of_a_kpi(name: str = "kpi") -> Reference:
    return Reference(name=name, to="kpis", path="kpi__code")


@table
class Kpis(ModelTable):
    name, title = "kpis", _("KPIs")
    about = _("What is measured, in which direction, by whom; an expression computes it.")
    model, key = Kpi, ("code",)
    columns = (
        code(20),
        Text(name="name", longest=120),
        Text(name="formula", longest=500, help=_("In words, as everybody reads it.")),
        Text(
            name="expression",
            longest=300,
            required=False,
            help=_("Over the names of measures, as 100 * cpi; blank for what is entered."),
        ),
        UnitColumn(name="unit", choices=tuple(UNITS)),
        Text(name="unit_label", longest=20, required=False, help=_("Stands behind the figure.")),
        Whole(name="places", highest=MOST_PLACES, help=_("Decimals that are shown.")),
        Choice(name="direction", choices=tuple(Direction.values)),
        Choice(name="cadence", choices=tuple(Cadence.values)),
        Choice(name="together", choices=tuple(Together.values), help=_("Of a group of teams.")),
        OpenChoice(name="dimension", choices=tuple(Dimension.values)),
        Text(name="source", longest=60),
        Reference(name="owner", to="functions", path="owner__code", required=False),
        Whole(name="least_n", highest=1000, help=_("Below so many the rows are shown.")),
        YesNo(name="counts_in_pay"),
        YesNo(
            name="has_amounts",
            required=False,
            help=_("Whether numerator and denominator are amounts of money."),
        ),
        YesNo(name="active", path="is_active"),
        Day(name="valid_from"),
        Whole(name="order"),
    )

    def check(self, rows, company):
        for row in rows:
            for column, sentence in kpi_rules.wrong_with(**_said(row)):
                company.problem(self, row, column, sentence)

    def alter(self, instance, change, company):
        before = kpis.card(instance)
        touched = super().alter(instance, change, company)
        instance.version += 1
        company.once(_changed).append((instance, before))
        return touched | {"version"}


def _said(row) -> dict:
    names = ("expression", "unit", "together", "has_amounts")
    return {name: row[name] for name in names}


def _changed(company) -> list:
    """Cards that this import changed, each with how it read before."""
    return []


@after_import
def enter_changed_cards(company):
    """A card that a file changes leaves the same trace as one that a person changes."""
    for kpi, before in company.once(_changed):
        kpis.note_change(kpi, before, by=None)


@table
class KpiTargets(FromADay):
    name, title = "kpi_targets", _("Targets of KPIs")
    about = _("Floor, target and stretch of a KPI in a phase, from a day on.")
    model, key = KpiTarget, ("kpi", "phase", "valid_from")
    columns = (
        of_a_kpi(),
        Text(name="phase", longest=20, required=False, help=PHASE),
        Figure(name="floor", help=_("Worth no point.")),
        Figure(name="target", help=_("Worth 100 points.")),
        Figure(name="stretch", help=_("Worth 120 points; more counts no more.")),
        Figure(
            name="centre",
            required=False,
            help=_("For “near”: the others are distances from it."),
        ),
        YesNo(
            name="due",
            path="is_due",
            help=_("No: from that day on the KPI is not due in the phase."),
        ),
        Day(name="valid_from"),
    )

    def check(self, rows, company):
        super().check(rows, company)
        for row in rows:
            kpi = company.final("kpis", row["kpi"])
            if kpi is None:
                continue
            names = ("floor", "target", "stretch", "centre")
            figures = {name: row[name] for name in names}
            for column, sentence in kpi_rules.wrong_with_target(kpi["direction"], **figures):
                company.problem(self, row, column, sentence)


@table
class KpiWeights(FromADay):
    name, title = "kpi_weights", _("Weights of dimensions")
    about = _("What each dimension counts in a team's score, by phase; 100 in all.")
    model, key = KpiWeight, ("phase", "dimension", "valid_from")
    columns = (
        Text(name="phase", longest=20, help=_("Code of a phase.")),
        Choice(name="dimension", choices=tuple(Dimension.values)),
        Whole(name="percent", highest=100),
        Day(name="valid_from"),
    )

    def check(self, rows, company):
        super().check(rows, company)
        final = company.all_final(self.name).values()
        for row in rows:
            sums = kpi_rules.weighed(final, row["phase"], row["valid_from"])
            if sums != kpi_rules.WHOLE:
                accepted = gettext("weights of a phase that make 100 in all, not %(sum)d")
                company.problem(self, row, "percent", accepted % {"sum": sums})
