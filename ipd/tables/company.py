"""The tables of product lines, teams and bodies, products, and what they are given."""

from collections import Counter, defaultdict

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Amount, Choice, Day, Reference, Text, YesNo, code
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import PK, ModelTable, Table
from ipd.models import (
    BudgetMovement,
    LineBody,
    Phase,
    ProcessVersion,
    Product,
    ProductGrant,
    ProductLine,
)
from ipd.models.money import MovementKind
from ipd.models.products import ProductStatus
from teams.models import Team

PRODUCT = Reference(name="product", to="products", path="product__code")
TOUCHES_PRODUCT = (("products", "product"),)


@table
class ProductLines(ModelTable):
    name, title = "product_lines", _("Product lines")
    about = _("Products that share a market, a board and a profit and loss account.")
    model, key = ProductLine, ("code",)
    columns = (code(20), Text(name="name", longest=120))


@table
class Teams(Table):
    """Teams and bodies. A team with a line that is no product's team is that line's body."""

    name, title = "teams", _("Teams and bodies")
    about = _("Product teams, boards and panels.")
    key = ("code",)
    columns = (
        code(40),
        Text(name="name", longest=150),
        Text(
            name="kind",
            longest=20,
            help=_("The field's word for it: PDT, LMT, IPMT, TRP, ACADEMY."),
        ),
        Reference(
            name="line",
            to="product_lines",
            required=False,
            help=_("For a body the line it works for; blank for the whole company."),
        ),
    )

    def stored(self):
        lines = dict(Product.objects.values_list("team_id", "line__code"))
        bodies = LineBody.objects.exclude(line=None)
        lines |= dict(bodies.values_list("team_id", "line__code"))
        for pk, *values in Team.objects.order_by().values_list("pk", "code", "name", "kind"):
            yield {PK: pk, **dict(zip(self.by_name, values, strict=False)), "line": lines.get(pk)}

    def check(self, rows, company):
        products = {row["team"]: row for row in company.all_final("products").values()}
        teams = company.all_final(self.name).values()
        bodies = Counter((t["line"], t["kind"]) for t in teams if t["code"] not in products)
        for row in rows:
            if product := products.get(row["code"]):
                if row["line"] not in (None, product["line"]):
                    accepted = gettext("the line of its product, %(line)s") % product
                    company.problem(self, row, "line", accepted)
                row["line"] = product["line"]
            elif row["line"] and bodies[row["line"], row["kind"]] > 1:
                accepted = gettext(
                    "one body of a kind for a line; product teams need their product"
                )
                company.problem(self, row, "line", accepted)

    def add(self, rows, company):
        teams = Team.objects.bulk_create(
            Team(code=row["code"], name=row["name"], kind=row["kind"]) for row in rows
        )
        for row, team in zip(rows, teams, strict=True):
            row[PK] = team.pk

    def change(self, changes, company):
        rows = [change.new for change in changes]
        Team.objects.bulk_update(
            [Team(pk=row[PK], name=row["name"], kind=row["kind"]) for row in rows],
            ["name", "kind"],
        )
        LineBody.objects.filter(team__in=[row[PK] for row in rows]).delete()

    def follow_up(self, rows, company):
        """The company's body of a kind is the only team of that kind without a line."""
        products = {row["team"] for row in company.all_final("products").values()}
        teams = company.all_final(self.name).values()
        alone = Counter(team["kind"] for team in teams if team["line"] is None)
        LineBody.objects.bulk_create(
            [
                LineBody(
                    line_id=company.id("product_lines", row["line"]),
                    kind=row["kind"],
                    team_id=row[PK],
                )
                for row in rows
                if row["code"] not in products and (row["line"] or alone[row["kind"]] == 1)
            ],
            ignore_conflicts=True,
        )


@table
class Products(ModelTable):
    name, title = "products", _("Products")
    about = _("Products under development and in their life; each has a team and a process.")
    model, key = Product, ("code",)
    follows, touches = ("teams",), (("products", "code"),)
    columns = (
        code(),
        Text(name="name", longest=150),
        Reference(name="line", to="product_lines", path="line__code"),
        Text(
            name="class",
            longest=60,
            path="product_class",
            required=False,
            help=_("As new platform, derivative."),
        ),
        Text(name="process", longest=40, path="process__code", help=_("Code of a process.")),
        Text(name="phase", longest=20, path="phase__code", help=_("Code of a phase of it.")),
        Day(name="phase_since", required=False),
        Choice(name="status", choices=tuple(ProductStatus.values)),
        Reference(name="team", to="teams", path="team__code", unique=True),
        YesNo(name="confidential", path="is_confidential", required=False),
        Day(name="ga_on", required=False, help=_("General availability.")),
        Text(name="summary", required=False),
    )

    def check(self, rows, company):
        versions, phases = company.once(process_versions), company.once(phases_of)
        for row in rows:
            version = versions.get(row["code"]) or versions.get(("process", row["process"]))
            if version is None:
                accepted = gettext("the code of a process that has been loaded")
                company.problem(self, row, "process", accepted)
            elif row["phase"] not in phases.get(version, {}):
                names = {"phases": ", ".join(phases.get(version, {}))}
                company.problem(self, row, "phase", gettext("one of %(phases)s") % names)
            else:
                row["#phase"], row["#process"] = phases[version][row["phase"]], version

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "process" in fields:
            fields.pop("process")
            fields["process_id"] = row["#process"]
        if "phase" in fields:
            fields.pop("phase")
            fields["phase_id"] = row["#phase"]
        return fields

    def follow_up(self, rows, company):
        """A product's team decides nothing, so it is nobody's body any more."""
        super().follow_up(rows, company)
        teams = [company.id("teams", row["team"]) for row in rows]
        LineBody.objects.filter(team__in=teams).delete()


def process_versions(company) -> dict:
    """The version each product follows: its own, or the current one for a new product.

    By product code; and by ("process", code) the current version of each process.
    """
    versions = {
        ("process", name): pk
        for name, pk in ProcessVersion.objects.filter(is_current=True).values_list("code", "pk")
    }
    own = dict(Product.objects.values_list("code", "process_id"))
    for (name,), row in company.all_final("products").items():
        version = own.get(name) or versions.get(("process", row["process"]))
        if version:
            versions[name] = version
    return versions


def phases_of(company) -> dict[int, dict[str, int]]:
    """The phases of each process version, by their codes."""
    found = defaultdict(dict)
    for version, phase, pk in Phase.objects.values_list("process", "code", "pk"):
        found[version][phase] = pk
    return found


class InPhase(ModelTable):
    """Rows of a product that move its facts, in a phase of its process."""

    touches = TOUCHES_PRODUCT

    def stored(self):
        for row in super().stored():
            yield row | {"phase": row["phase"] or ""}

    def check(self, rows, company):
        versions, phases = company.once(process_versions), company.once(phases_of)
        for row in rows:
            known = phases.get(versions.get(row["product"]), {})
            row["#phase"] = known.get(row["phase"])
            if row["phase"] and row["#phase"] is None:
                company.problem(self, row, "phase", gettext("a phase of the product's process"))

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if "phase" in fields:
            fields.pop("phase")
            fields["phase_id"] = row["#phase"]
        return fields


@table
class Grants(ModelTable):
    name, title = "grants", _("Sight of confidential products")
    about = _("Who may see a product without a seat in its team, why, and until when.")
    model, key = ProductGrant, ("product", "person")
    columns = (
        PRODUCT,
        Reference(name="person", to="people", path="person__code"),
        Text(name="reason", longest=300),
        Day(name="until", required=False),
    )


@table
class Movements(InPhase):
    name, title = "movements", _("Budget movements")
    about = _("Money given to products and taken back. Movements are added, never edited.")
    fixed = _("Movements are never edited: enter a correcting one.")
    model, key = BudgetMovement, ("product", "kind", "reference")
    columns = (
        PRODUCT,
        Day(name="on"),
        Choice(name="kind", choices=tuple(MovementKind.values)),
        Amount(name="amount", help=_("Negative takes back.")),
        Text(name="currency", longest=3, help=_("Three letters, as EUR.")),
        Text(name="phase", longest=20, path="phase__code", required=False),
        Text(name="reference", longest=120, help=_("What caused it; once per product and kind.")),
        Reference(name="entered_by", to="people", path="entered_by__code", required=False),
    )
