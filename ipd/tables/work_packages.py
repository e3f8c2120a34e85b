"""Work packages and what was reported of them, as files bring them in."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.work_packages import ALLOWED
from ipd.kernel.tables.columns import Amount, Choice, Day, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable, Parent
from ipd.models import PackageProgress, WorkPackage
from ipd.models.work_packages import Rule
from ipd.tables.company import PRODUCT, TOUCHES_PRODUCT
from ipd.tables.money import CURRENCY_COLUMN, Spent, phase_column


@table
class WorkPackages(Spent):
    name, title = "work_packages", _("Work packages")
    about = _("Planned pieces of work, their value, and the rule by which it is earned.")
    fixed = _("A planned package stays: a change of the plan is another one.")
    model, key, dated = WorkPackage, ("product", "code"), "planned_start"
    columns = (
        PRODUCT,
        Text(name="code", longest=30),
        Text(name="name", longest=200),
        Reference(name="function", to="functions", path="function__code", required=False),
        phase_column(required=False),
        Day(name="planned_start"),
        Day(name="planned_finish"),
        Amount(name="value"),
        CURRENCY_COLUMN,
        Choice(name="rule", choices=tuple(Rule.values)),
    )

    def check(self, rows, company):
        super().check(rows, company)
        for row in rows:
            if row["planned_finish"] < row["planned_start"]:
                company.problem(self, row, "planned_finish", gettext("a day not before its start"))
            if row["value"] <= 0:
                company.problem(self, row, "value", gettext("a value above zero"))


@table
class Progress(ModelTable):
    name, title = "package_progress", _("Progress of work packages")
    about = _("How far a package was on a day. Reports are added, never edited.")
    fixed = _("A report is never edited: report again on a later day.")
    model, key = PackageProgress, ("product", "package", "on")
    parents = (
        Parent(
            field="package",
            to="work_packages",
            by=("product", "package"),
            accepts=_("a work package of the product"),
        ),
    )
    touches = TOUCHES_PRODUCT
    columns = (
        Reference(name="product", to="products", path="package__product__code"),
        Text(name="package", longest=30, path="package__code"),
        Day(name="on"),
        Whole(name="percent", highest=100),
        Text(name="note", longest=300, required=False),
        Reference(name="by", to="people", path="by__code", required=False),
    )

    def check(self, rows, company):
        for row in rows:
            package = company.final("work_packages", row["product"], row["package"])
            allowed = ALLOWED.get(package["rule"]) if package else None
            if allowed and row["percent"] not in allowed:
                accepted = gettext("by the package's rule one of %(allowed)s") % {
                    "allowed": ", ".join(map(str, allowed))
                }
                company.problem(self, row, "percent", accepted)
