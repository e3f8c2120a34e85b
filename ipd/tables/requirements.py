"""The tables of requirements, and of the links between them."""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.traces import retrace
from ipd.kernel.actions.touches import touch
from ipd.kernel.tables.columns import (
    Choice,
    Day,
    Link,
    OpenChoice,
    Reference,
    Text,
    Unreadable,
    Whole,
    YesNo,
    code,
)
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import PK, ModelTable
from ipd.models import Requirement, RequirementLink, Verification
from ipd.models.requirement_words import (
    LEVELS,
    OWNED_STATES,
    STATES,
    TRACING,
    BuyingCriterion,
    CostClass,
    Kano,
    Level,
    LinkKind,
    Method,
    RejectReason,
    RequirementKind,
    RequirementStatus,
    Result,
    Target,
    Urgency,
)


@dataclass(frozen=True, kw_only=True)
class LevelName(Choice):
    """RR, IR … as people write them, in capitals."""

    def read(self, text, shift):
        if text.upper() not in self.choices:
            raise Unreadable(self.accepts)
        return text.upper()


def chosen(name: str, choices, **more) -> OpenChoice:
    return OpenChoice(name=name, choices=tuple(choices.values), **more)


@table
class Requirements(ModelTable):
    name, title = "requirements", _("Requirements")
    about = _("Requirements of all levels, from raw (RR) to allocated (AR).")
    model, key = Requirement, ("code",)
    follows, touches = ("teams",), (("requirements", "code"),)
    columns = (
        code(40),
        LevelName(name="level", choices=LEVELS),
        Reference(name="product", to="products", path="product__code", required=False),
        Reference(
            name="line",
            to="product_lines",
            path="line__code",
            required=False,
            help=_("Blank for the line of the product."),
        ),
        Text(name="title", longest=200),
        Text(name="text", required=False),
        Choice(name="kind", choices=tuple(RequirementKind.values)),
        Choice(name="status", choices=tuple(RequirementStatus.values)),
        Reference(name="owner", to="people", path="owner__code", required=False),
        Reference(name="requester", to="people", path="requester__code", required=False),
        Text(name="customer", longest=150, required=False),
        Text(name="scenario", required=False, help=_("What they were doing, and where.")),
        Day(name="raised_on"),
        Whole(name="value", highest=9, help=_("1 to 9; 0 is not rated.")),
        chosen("cost_class", CostClass),
        Choice(name="urgency", choices=tuple(Urgency.values)),
        chosen("kano", Kano),
        chosen("criterion", BuyingCriterion, help=_("Of $APPEALS.")),
        chosen("target", Target),
        Text(name="release", longest=40, required=False),
        Text(name="committed_release", longest=40, required=False),
        Text(name="delivered_release", longest=40, required=False),
        YesNo(name="contracted", path="is_contracted", required=False),
        chosen("method", Method, help=_("How it will be verified.")),
        Reference(name="merged_into", to="requirements", path="merged_into__code", required=False),
        chosen("reject_reason", RejectReason),
        Text(name="reply", required=False, help=_("What the requester was told.")),
        Day(name="due_on", required=False, help=_("When its next step is due.")),
        Day(name="closed_on", required=False),
    )

    def complete(self, row, company):
        if row.get("line") is None and row.get("product"):
            product = company.final("products", row["product"])
            row["line"] = product["line"] if product else None

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            self._check_place(row, company)
            if row["status"] not in STATES[row["level"]]:
                states = {"states": ", ".join(STATES[row["level"]])}
                company.problem(self, row, "status", gettext("one of %(states)s") % states)
            if row["status"] in OWNED_STATES and row["owner"] is None:
                company.problem(
                    self, row, "owner", gettext("its owner: a %(status)s one has one") % row
                )
            if row["level"] == Level.RR and not row["customer"] and row["requester"] is None:
                company.problem(self, row, "customer", gettext("where it comes from"))
            if row["status"] == RequirementStatus.REJECTED and not row["reject_reason"]:
                company.problem(self, row, "reject_reason", gettext("why it was rejected"))
            if (row["status"] == RequirementStatus.MERGED) != (row["merged_into"] is not None):
                accepted = gettext("the other requirement when merged, nothing otherwise")
                company.problem(self, row, "merged_into", accepted)
            old = stored.get((row["code"],))
            if old and old["level"] != row["level"]:
                accepted = gettext("%(level)s, as it stands: a level never changes") % old
                company.problem(self, row, "level", accepted)

    def _check_place(self, row, company):
        product = company.final("products", row["product"]) if row["product"] else None
        if row["line"] is None:
            company.problem(self, row, "line", gettext("its line, or its product"))
        elif product and product["line"] != row["line"]:
            accepted = gettext("the line of its product, %(line)s") % product
            company.problem(self, row, "line", accepted)
        if row["product"] is None and row["level"] not in (Level.RR, Level.IR):
            company.problem(self, row, "product", gettext("the product it is built into"))

    def add(self, rows, company):
        """Numbers are drawn first, since a row may be merged into one that comes after it."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('ipd_requirement', 'id')) "
                "FROM generate_series(1, %s)",
                [len(rows)],
            )
            for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
                row[PK] = number
        super().add(rows, company)

    def make(self, row, company):
        return Requirement(pk=row[PK], **self.values(row, company))


@table
class RequirementLinks(ModelTable):
    name, title = "requirement_links", _("Links of requirements")
    about = _("What is derived from what: the lower requirement, and the upper one it serves.")
    model, key = RequirementLink, ("lower", "kind", "upper")
    touches = (("requirements", "lower"), ("requirements", "upper"))
    columns = (
        Reference(name="lower", to="requirements", path="lower__code"),
        Choice(name="kind", choices=tuple(LinkKind.values)),
        Reference(name="upper", to="requirements", path="upper__code"),
    )

    def stored(self):
        """A conflict has no direction: it is found from both of its ends."""
        for row in super().stored():
            yield row
            if row["kind"] == LinkKind.CONFLICTS:
                yield row | {"lower": row["upper"], "upper": row["lower"]}

    def check(self, rows, company):
        for row in rows:
            lower = company.final("requirements", row["lower"])
            upper = company.final("requirements", row["upper"])
            if not lower or not upper:
                continue
            if row["lower"] == row["upper"]:
                company.problem(self, row, "upper", gettext("another requirement than itself"))
            elif row["kind"] in TRACING and LEVELS.index(lower["level"]) <= LEVELS.index(
                upper["level"]
            ):
                levels = {"lower": lower["level"], "upper": upper["level"]}
                accepted = gettext("a higher level: %(lower)s cannot come from %(upper)s") % levels
                company.problem(self, row, "upper", accepted)

    def make(self, row, company):
        link = super().make(row, company)
        if link.kind == LinkKind.CONFLICTS and link.upper_id > link.lower_id:
            link.upper_id, link.lower_id = link.lower_id, link.upper_id
        return link


@table
class Verifications(ModelTable):
    name, title = "verifications", _("Verifications of requirements")
    about = _("Tests, analyses and inspections of requirements, and how they ended.")
    model, key, touches = Verification, ("requirement", "code"), (("requirements", "requirement"),)
    columns = (
        Reference(name="requirement", to="requirements", path="requirement__code"),
        Text(name="code", longest=40),
        Text(name="title", longest=200),
        Choice(name="method", choices=tuple(Method.values)),
        Choice(name="result", choices=tuple(Result.values)),
        Day(name="run_on", required=False),
        Link(name="link", required=False, help=_("Where the report is.")),
    )

    def check(self, rows, company):
        for row in rows:
            if row["result"] != Result.NOT_RUN and row["run_on"] is None:
                company.problem(self, row, "run_on", gettext("the day it ran"))


@after_import
def trace_requirements(company) -> None:
    """All that was brought in, and what it hangs together with, knows its trace."""
    if found := company.touched["requirements"]:
        retrace(found)
        rows = Requirement.objects.filter(pk__in=found, product__isnull=False)
        touch(rows.order_by().values_list("product", flat=True).distinct())
