"""The tables of suppliers and parts, and of what is known about them."""

from collections import defaultdict

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions import sources
from ipd.kernel.tables.columns import (
    Choice,
    Day,
    Month,
    OpenChoice,
    Reference,
    Text,
    Whole,
    code,
)
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable
from ipd.models import Part, PartAssessment, PartNotice, Source, Supplier, SupplierScore
from ipd.models.parts import MOVES, SCORES, Kraljic, MakeBuy, NoticeKind, PartKind, PartStatus
from ipd.models.suppliers import SourceState
from ipd.tables.supply_columns import Figure

MOST = 999_999_999
TOUCHES_PART = (("parts", "part"),)


@table
class Suppliers(ModelTable):
    name, title = "suppliers", _("Suppliers")
    about = _("Companies that deliver parts.")
    model, key = Supplier, ("code",)
    columns = (
        code(),
        Text(name="name", longest=150),
        Text(name="region", longest=60, required=False),
        Text(name="delivers", longest=150, required=False),
    )


@table
class SupplierScores(ModelTable):
    name, title = "supplier_scores", _("Scores of suppliers")
    about = _("Month by month, 0 to 100 with 100 the best.")
    model, key = SupplierScore, ("supplier", "month")
    columns = (
        Reference(name="supplier", to="suppliers", path="supplier__code"),
        Month(name="month"),
        Whole(name="quality", highest=100),
        Whole(name="delivery", highest=100),
        Whole(name="financial", highest=100),
    )


@table
class Parts(ModelTable):
    name, title = "parts", _("Parts, boards and assemblies")
    about = _("What products are made of, and how long one can do without it.")
    model, key, touches = Part, ("code",), (("parts", "code"),)
    columns = (
        code(),
        Text(name="name", longest=150),
        Choice(name="kind", choices=tuple(PartKind.values)),
        Text(name="category", longest=60, required=False),
        Reference(
            name="product",
            to="products",
            path="product__code",
            required=False,
            help=_("Only for what is made for one product: seen by those who see the product."),
        ),
        Choice(name="status", choices=tuple(PartStatus.values)),
        Day(name="last_order_on", required=False, help=_("Needed in last-time buy.")),
        OpenChoice(name="kraljic", choices=tuple(Kraljic.values)),
        OpenChoice(name="make_buy", choices=tuple(MakeBuy.values)),
        *(
            Whole(
                name=name,
                lowest=1,
                highest=5,
                required=False,
                help=_("1 speaks for buying, 5 for making."),
            )
            for name in SCORES
        ),
        Text(name="make_buy_reason", longest=300, required=False),
        Figure(name="lead_weeks", required=False),
        Figure(name="claimed_ttr", required=False, help=_("Weeks to recover, by the supplier.")),
        Figure(
            name="entered_tts",
            required=False,
            help=_("Weeks one survives; blank: stock and orders by weekly demand."),
        ),
        Whole(name="stock", highest=MOST, required=False),
        Whole(name="on_order", highest=MOST, required=False),
        Figure(name="weekly_demand", places=2, highest=9_999_999, required=False),
        Whole(name="pack_size", lowest=1, highest=MOST, required=False),
    )

    def complete(self, row, company):
        row["stock"], row["on_order"] = row["stock"] or 0, row["on_order"] or 0
        row["pack_size"] = row["pack_size"] or 1

    def check(self, rows, company):
        before = company.stored(self.name)
        for row in rows:
            old = before.get((row["code"],))
            if old and row["status"] not in {old["status"], *MOVES[old["status"]]}:
                told = {"choices": ", ".join([old["status"], *sorted(MOVES[old["status"]])])}
                company.problem(self, row, "status", gettext("one of %(choices)s") % told)
            if row["status"] == PartStatus.LTB and row["last_order_on"] is None:
                accepted = gettext("the last order day of a part in last-time buy")
                company.problem(self, row, "last_order_on", accepted)
            if row["make_buy"]:
                for name in [*SCORES, "make_buy_reason"]:
                    if not row[name]:
                        accepted = gettext("all scores and the reason of a make-or-buy decision")
                        company.problem(self, row, name, accepted)


@table
class PartAssessments(ModelTable):
    name, title = "part_assessments", _("Assessed recovery of parts")
    about = _("Weeks to recover as we see them, with who and why; the newest counts.")
    fixed = _("Assessments are never edited: enter a newer one.")
    model, key, touches = PartAssessment, ("part", "on", "by", "ttr_weeks"), TOUCHES_PART
    columns = (
        Reference(name="part", to="parts", path="part__code"),
        Day(name="on"),
        Reference(name="by", to="people", path="by__code"),
        Figure(name="ttr_weeks"),
        Figure(name="claimed_ttr", required=False),
        Text(name="why", longest=300),
    )

    def follow_up(self, rows, company):
        """The newest assessment of each part becomes the part's own."""
        super().follow_up(rows, company)
        wanted = {company.id("parts", row["part"]) for row in rows}
        newest = dict(
            PartAssessment.objects.filter(part__in=wanted)
            .order_by("on", "pk")
            .values_list("part", "ttr_weeks")
        )
        parts = [Part(pk=pk, assessed_ttr=weeks) for pk, weeks in newest.items()]
        Part.objects.bulk_update(parts, ["assessed_ttr"], batch_size=1000)


@table
class PartNotices(ModelTable):
    name, title = "part_notices", _("Notices about parts")
    about = _("Changes (PCN) and ends (EOL) as suppliers announce them.")
    model, key, touches = PartNotice, ("part", "kind", "on"), TOUCHES_PART
    columns = (
        Reference(name="part", to="parts", path="part__code"),
        Choice(name="kind", choices=tuple(NoticeKind.values)),
        Day(name="on"),
        Day(name="last_order_on", required=False),
        Text(name="text", longest=300),
    )


@table
class Sources(ModelTable):
    name, title = "sources", _("Sources of parts")
    about = _("Which supplier delivers which part, and how far a new source is.")
    model, key, touches = Source, ("part", "supplier"), TOUCHES_PART
    columns = (
        Reference(name="part", to="parts", path="part__code"),
        Reference(name="supplier", to="suppliers", path="supplier__code"),
        Choice(name="state", choices=tuple(SourceState.values)),
        Whole(name="percent", highest=100, help=_("How far its qualification is.")),
        Whole(name="share", highest=100, required=False, help=_("Of the volume, in percent.")),
        Text(name="note", longest=200, required=False),
    )

    def complete(self, row, company):
        row["share"] = row["share"] or 0

    def check(self, rows, company):
        shares = defaultdict(int)
        for row in company.all_final(self.name).values():
            shares[row["part"]] += row["share"]
        for row in rows:
            approved = row["state"] == SourceState.APPROVED
            if approved and row["percent"] < 100:
                company.problem(self, row, "percent", gettext("100 for an approved source"))
            if row["share"] and not approved:
                company.problem(self, row, "share", gettext("a share for approved sources only"))
            if shares[row["part"]] > 100:
                accepted = gettext("shares of a part that come to 100 at most")
                company.problem(self, row, "share", accepted)

    def follow_up(self, rows, company):
        super().follow_up(rows, company)
        sources.renew({company.id("parts", row["part"]) for row in rows})
