"""Readings of KPIs and closed months, as files bring them in; what differs is a correction."""

import re
from datetime import UTC, datetime, time
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.measures import Unit
from ipd.kernel.tables.columns import Choice, Column, Day, Month, Reference, Text, Unreadable, Whole
from ipd.kernel.tables.register import after_import, at_last, table
from ipd.kernel.tables.table import BATCH, PK, ModelTable
from teams.actions import months
from teams.calculations.months import last_day, month_of
from teams.models import Kpi, KpiApproval, KpiMonth, KpiReading
from teams.models.readings import WITH_FIGURE, ReadingStatus, Source
from teams.queries import totals
from teams.subjects import subjects

READ_AT_ONCE = 200  # teams; of more of them the clock reads the open month at night
MOST_OBSERVATIONS = 999_999_999
FIGURE = ("numerator", "denominator", "n", "status", "as_of", "note")
PEOPLE = ("entered_by", "approved_by")


class Part(Column):
    """A numerator or a denominator."""

    def read(self, text, shift):
        if not re.fullmatch(r"-?[0-9]{1,13}(\.[0-9]{1,6})?", text):
            raise Unreadable(self.accepts)
        return Decimal(text)

    @property
    def accepts(self):
        return gettext("a number with a point before at most six decimals, as 66 or 0.45")

    def show(self, value):
        return "" if value is None else f"{value.normalize():f}"


@table
class Readings(ModelTable):
    name, title = "kpi_readings", _("KPI readings")
    about = _("What KPIs read, by team and month. A row that differs corrects what stands there.")
    model, key = KpiReading, ("team", "kpi", "month")
    columns = (
        Reference(name="team", to="teams", path="team__code"),
        Reference(name="kpi", to="kpis", path="kpi__code"),
        Month(name="month"),
        Part(name="numerator", required=False, help=_("The figure itself where it is no ratio.")),
        Part(
            name="denominator",
            required=False,
            help=_("Blank for 1, or for 100 where the KPI is a percentage."),
        ),
        Whole(
            name="n",
            required=False,
            highest=MOST_OBSERVATIONS,
            help=_("Observations behind the figure; blank for 1."),
        ),
        Choice(
            name="status",
            required=False,
            choices=tuple(ReadingStatus.values),
            help=_("Blank for measured."),
        ),
        Day(name="as_of", required=False, help=_("Blank for the month's last day.")),
        Text(name="note", longest=300, required=False),
        Reference(name="entered_by", to="people", path="entered_by__code", required=False),
        Reference(
            name="approved_by",
            to="people",
            path="approval__by__code",
            required=False,
            help=_("Somebody else than who entered it."),
        ),
    )

    def rows_of(self):
        return KpiReading.objects.current().order_by()

    def stored_for(self, company):
        """Only the months the file is about: there may be millions of others."""
        read = {row["month"] for row in company.rows.get(self.name, []) if row["month"]}
        paths = [column.path or column.name for column in self.columns]
        rows = self.rows_of().filter(month__in=read).values_list("pk", *paths)
        for values in rows.iterator(chunk_size=5000):
            yield dict(zip((PK, *self.by_name), values, strict=True))

    def complete(self, row, company):
        row["status"] = row["status"] or ReadingStatus.MEASURED.value
        row["as_of"] = row["as_of"] or last_day(row["month"])
        if row["status"] in WITH_FIGURE:
            row["n"] = 1 if row["n"] is None else row["n"]
            if row["denominator"] is None:
                kpi = company.final("kpis", row["kpi"])
                percent = kpi is not None and kpi["unit"] == Unit.PERCENT
                row["denominator"] = Decimal(100 if percent else 1)
        else:
            row["n"] = row["n"] or 0
        old = company.stored(self.name).get(self.key_of(row))
        if old is not None and all(row[name] == old[name] for name in FIGURE):
            for name in PEOPLE:  # who entered and approved is not forgotten by a blank cell
                row[name] = row[name] or old[name]

    def check(self, rows, company):
        running = month_of(company.today)
        for row in rows:
            if row["month"] > running:
                company.problem(self, row, "month", gettext("a month that has begun"))
            if row["status"] not in WITH_FIGURE:
                for name in ("numerator", "denominator"):
                    if row[name] is not None:
                        accepted = gettext("blank, as nothing was measured")
                        company.problem(self, row, name, accepted)
            elif row["numerator"] is None:
                company.problem(self, row, "numerator", gettext("a number, or a status without"))
            elif not row["denominator"]:
                company.problem(self, row, "denominator", gettext("a number other than zero"))
            if row["approved_by"] and row["approved_by"] == row["entered_by"]:
                company.problem(self, row, "approved_by", gettext("somebody else than entered_by"))

    def values(self, row, company, names=None):
        names = [name for name in (names or self.by_name) if name != "approved_by"]
        return super().values(row, company, names)

    def make(self, row, company):
        return KpiReading(
            **self.values(row, company),
            source=Source.IMPORTED,
            definition=company.once(versions).get(row["kpi"], 1),
            supersedes_id=row.get(PK),
        )

    def add(self, rows, company):
        super().add(rows, company)
        self._approve(rows, company)

    def change(self, changes, company):
        """Readings never change: a row that says something else supersedes."""
        said = [change for change in changes if set(change.names) - {"approved_by"}]
        self.add([change.new for change in said], company)
        again = [change for change in changes if change not in said]
        self._approve([change.new for change in again], company)

    def _approve(self, rows, company):
        KpiApproval.objects.bulk_create(
            [
                KpiApproval(reading_id=row[PK], by_id=company.id("people", row["approved_by"]))
                for row in rows
                if row["approved_by"]
            ],
            batch_size=BATCH,
        )

    def follow_up(self, rows, company):
        company.touched["kpi_months_read"] |= {row["month"] for row in rows}


def versions(company) -> dict[str, int]:
    """By code the version of each card that readings are read by."""
    return dict(Kpi.objects.order_by().values_list("code", "version"))


@table
class Months(ModelTable):
    name, title = "kpi_months", _("Closed KPI months")
    about = _("Months whose readings are kept: what comes later is a correction.")
    fixed = _("A closed month stays closed.")
    model, key = KpiMonth, ("month",)
    columns = (
        Month(name="month"),
        Reference(name="closed_by", to="people", path="closed_by__code", required=False),
    )

    def make(self, row, company):
        """Closed on the day on which the clock would have closed it."""
        closed_at = datetime.combine(months.closes_on(row["month"]), time(12), UTC)
        return KpiMonth(**self.values(row, company), closed_at=closed_at)

    def check(self, rows, company):
        running = month_of(company.today)
        for row in rows:
            if row["month"] >= running:
                company.problem(self, row, "month", gettext("a month that is over"))


@after_import
def add_up(company) -> None:
    """Totals of the months whose readings came in."""
    for month in sorted(company.touched["kpi_months_read"]):
        totals.recompute(month)


@at_last
def read_the_open_month(company) -> None:
    """Any table may have moved what computed KPIs read."""
    if len(subjects().measured()) <= READ_AT_ONCE:
        months.read_open()
