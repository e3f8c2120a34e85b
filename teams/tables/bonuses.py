"""Bonus rounds with their rules, teams and members, as files bring them in; signatures never."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import (
    Amount,
    Choice,
    Column,
    Day,
    Month,
    Reference,
    Text,
    Unreadable,
    Whole,
)
from ipd.kernel.tables.register import at_last, table
from ipd.kernel.tables.table import ModelTable, Parent
from teams.actions import bonuses
from teams.calculations.bonuses import HEAVIEST, HIGHEST, LOWEST
from teams.models import BonusFinding, BonusGrade, BonusKpi, BonusMember, BonusRound, BonusTeam
from teams.models.bonus_teams import FindingKind
from teams.models.bonuses import RoundState
from teams.tables.kpis import Figure

FOUND = (FindingKind.OVERDUE.value, FindingKind.BREACH.value)
FROZEN = _("A frozen bonus round never changes.")
ROUND = Reference(name="round", to="bonus_rounds", path="round__name")


@dataclass(frozen=True, kw_only=True)
class Part(Column):
    """A number that is not negative, with a few decimals."""

    places: int = 2
    highest: Decimal = Decimal(9999)
    lowest: Decimal = Decimal(0)

    def read(self, text, shift):
        if not re.fullmatch(rf"[0-9]{{1,4}}(\.[0-9]{{1,{self.places}}})?", text):
            raise Unreadable(self.accepts)
        value = Decimal(text).quantize(Decimal(1).scaleb(-self.places))
        if not self.lowest <= value <= self.highest:
            raise Unreadable(self.accepts)
        return value

    @property
    def accepts(self):
        told = {"lowest": self.lowest, "highest": self.highest, "places": self.places}
        return _("a number from %(lowest)s to %(highest)s, at most %(places)s decimals") % told


def frozen(company) -> set[str]:
    """The names of rounds that never change again."""
    rows = BonusRound.objects.filter(state=RoundState.FROZEN)
    return set(rows.values_list("name", flat=True))


class OfARound(ModelTable):
    """Rows of a round: refused as a whole once it is frozen."""

    touches = (("bonus_rounds", "round"),)

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            if row["round"] not in company.once(frozen):
                continue
            old = stored.get(self.key_of(row))
            if old is None or any(row[name] != old[name] for name in self.by_name):
                company.problem(self, row, "round", FROZEN)


@table
class Rounds(ModelTable):
    name, title = "bonus_rounds", _("Bonus rounds")
    about = _("What is set aside for teams, for which months; a day opens the round.")
    model, key = BonusRound, ("name",)
    touches = (("bonus_rounds", "name"),)
    columns = (
        Text(name="name", longest=60),
        Month(name="first_month"),
        Month(name="last_month", help=_("Its readings are scored.")),
        Amount(name="fund"),
        Amount(name="profit", required=False),
        Amount(name="threshold", required=False, help=_("Of the profit: below it a part is paid.")),
        Text(name="reserve", longest=120, help=_("What the amount is called that nobody earned.")),
        Whole(name="appeal_days", lowest=1, highest=180),
        Day(name="opened_on", required=False, help=_("Blank for a draft.")),
    )

    def check(self, rows, company):
        weights: dict[str, int] = {}
        for paid in company.all_final("bonus_kpis").values():
            weights[paid["round"]] = weights.get(paid["round"], 0) + (paid["weight"] or 0)
        stored = company.stored(self.name)
        for row in rows:
            old = stored.get(self.key_of(row))
            if row["name"] in company.once(frozen):
                if any(row[name] != old[name] for name in self.by_name):
                    company.problem(self, row, "name", FROZEN)
                continue
            if row["first_month"] > row["last_month"]:
                company.problem(self, row, "last_month", gettext("not before first_month"))
            if row["fund"] < 0:
                company.problem(self, row, "fund", gettext("an amount that is not negative"))
            if (row["profit"] is None) != (row["threshold"] is None):
                company.problem(self, row, "threshold", gettext("a profit and a threshold"))
            elif row["threshold"] is not None and row["threshold"] <= 0:
                company.problem(self, row, "threshold", gettext("an amount above zero"))
            if row["opened_on"] and weights.get(row["name"], 0) != bonuses.ALL:
                accepted = gettext("blank, until the weights in bonus_kpis make 100")
                company.problem(self, row, "opened_on", accepted)
            if old is not None and old["opened_on"] and not row["opened_on"]:
                company.problem(self, row, "opened_on", gettext("a day; only people take it back"))

    def values(self, row, company, names=None):
        state = RoundState.OPEN if row["opened_on"] else RoundState.DRAFT
        fields = super().values(row, company, names)
        return fields | {"state": state, "currency": settings.CURRENCY}


@table
class PaidKpis(OfARound):
    name, title = "bonus_kpis", _("Paid KPIs of bonus rounds")
    about = _("What a round pays for: weight in percent, floor, target and stretch.")
    model, key = BonusKpi, ("round", "kpi")
    columns = (
        ROUND,
        Reference(name="kpi", to="kpis", path="kpi__code"),
        Whole(name="weight", lowest=1, highest=HEAVIEST),
        Figure(name="floor"),
        Figure(name="target"),
        Figure(name="stretch"),
        Figure(name="centre", required=False),
    )

    def check(self, rows, company):
        super().check(rows, company)
        for row in rows:
            kpi = company.final("kpis", row["kpi"])
            if kpi is not None and not kpi["counts_in_pay"]:
                company.problem(self, row, "kpi", gettext("a KPI that may count in pay"))
            floor, target, stretch = row["floor"], row["target"], row["stretch"]
            if not (floor < target <= stretch or floor > target >= stretch):
                accepted = gettext("floor, target and stretch that rise, or fall")
                company.problem(self, row, "stretch", accepted)


@table
class Grades(OfARound):
    name, title = "bonus_grades", _("Grades of bonus rounds")
    about = _("What a role counts; one that is not named counts 1.")
    model, key = BonusGrade, ("round", "role")
    columns = (
        ROUND,
        Reference(name="role", to="roles", path="role__code"),
        Part(name="weight", lowest=Decimal("0.1"), highest=Decimal(10)),
    )


@table
class Teams(OfARound):
    name, title = "bonus_teams", _("Teams of bonus rounds")
    about = _("Teams in a round, and who proposed their members' contributions.")
    model, key = BonusTeam, ("round", "team")
    columns = (
        ROUND,
        Reference(name="team", to="teams", path="team__code"),
        Part(
            name="specialists",
            places=4,
            required=False,
            help=_("FTE-years times grades of people without a seat; blank for none."),
        ),
        Text(name="stopped_early", longest=300, required=False),
        Text(name="note", longest=1000, required=False),
        Reference(name="proposed_by", to="people", path="proposed_by__code", required=False),
        Day(name="proposed_on", required=False),
    )

    def complete(self, row, company):
        row["specialists"] = row["specialists"] or Decimal(0)

    def check(self, rows, company):
        super().check(rows, company)
        for row in rows:
            if bool(row["proposed_by"]) != bool(row["proposed_on"]):
                company.problem(self, row, "proposed_on", gettext("a person and a day, or neither"))


@table
class Members(OfARound):
    name, title = "bonus_members", _("Members of teams in bonus rounds")
    about = _("Who took part in a team, by how much, and what they contributed.")
    model, key = BonusMember, ("round", "team", "person")
    parents = (
        Parent(
            field="team", to="bonus_teams", by=("round", "team"), accepts=_("a team of the round")
        ),
    )
    columns = (
        Reference(name="round", to="bonus_rounds", path="team__round__name"),
        Reference(name="team", to="teams", path="team__team__code"),
        Reference(name="person", to="people", path="person__code"),
        Reference(name="role", to="roles", path="role__code"),
        Reference(name="function", to="functions", path="function__code"),
        Part(
            name="participation",
            places=4,
            highest=Decimal(10),
            help=_("FTE-years: part of the working time, times part of the year."),
        ),
        Part(name="grade", lowest=Decimal("0.1"), highest=Decimal(10)),
        Part(name="contribution", lowest=LOWEST, highest=HIGHEST),
    )


@table
class Clearances(OfARound):
    name, title = "bonus_clearances", _("Findings of bonus rounds that do not count")
    about = _("Facts that the system finds and that do not cut a pool after all, and why.")
    model, key = BonusFinding, ("round", "team", "finding")
    parents = (
        Parent(
            field="team", to="bonus_teams", by=("round", "team"), accepts=_("a team of the round")
        ),
    )
    columns = (
        Reference(name="round", to="bonus_rounds", path="team__round__name"),
        Reference(name="team", to="teams", path="team__team__code"),
        Choice(name="kind", choices=FOUND),
        Text(
            name="finding",
            path="key",
            longest=60,
            help=_("As promise:RD_COST, or condition:TR4-1-1 for gate, attempt and number."),
        ),
        Text(name="reason", path="cleared", longest=400),
        Reference(name="by", to="people", path="by__code"),
    )

    def rows_of(self):
        return BonusFinding.objects.exclude(key="").exclude(cleared="").order_by()


@at_last
def compute(company) -> None:
    """Open rounds that this import moved are computed once all their facts are in."""
    touched = company.touched["bonus_rounds"]
    for row in BonusRound.objects.filter(pk__in=touched, state=RoundState.OPEN).order_by("pk"):
        bonuses.begin(row, on=row.opened_on, read_on=company.today)
