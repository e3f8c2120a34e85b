"""The tables of what goes into what; a cycle is named with its rows."""

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions.boms import lock_structure
from ipd.kernel.actions.touches import touch
from ipd.kernel.tables.columns import Amount, Day, Reference
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import ModelTable
from ipd.models import BomLine, ProductContribution, ProductPart
from ipd.models.parts import MODULES, NOT_FOR_USE, PartStatus
from ipd.models.where_used import touched_by
from ipd.tables.parts import TOUCHES_PART
from ipd.tables.supply_columns import Figure

CYCLES_NAMED = 20
FEW = 1000  # parts; of more, every product that has a bill of material is taken as touched


def check_usable(described, rows, company) -> None:
    """Name rows that put an obsolete or banned part into something new.

    An obsolete part that comes in along with them is history: old products consist of such.
    """
    before, parts = company.stored(described.name), company.stored("parts")
    for row in rows:
        part = company.final("parts", row["part"])
        if part is None or part["status"] not in NOT_FOR_USE:
            continue
        is_history = part["status"] == PartStatus.OBSOLETE and (row["part"],) not in parts
        if described.key_of(row) not in before and not is_history:
            told = {"status": part["status"]}
            accepted = gettext("a part that may be used; this one is %(status)s") % told
            company.problem(described, row, "part", accepted)


@table
class BomLines(ModelTable):
    name, title = "bom_lines", _("Bills of material")
    about = _("What goes into one piece of an assembly or board.")
    model, key, touches = BomLine, ("assembly", "part"), (("parts", "assembly"),)
    columns = (
        Reference(name="assembly", to="parts", path="assembly__code"),
        Reference(name="part", to="parts", path="part__code"),
        Figure(name="quantity", places=3, highest=999_999),
    )

    def check(self, rows, company):
        lock_structure()
        check_usable(self, rows, company)
        for row in rows:
            assembly = company.final("parts", row["assembly"])
            if assembly and assembly["kind"] not in MODULES:
                company.problem(self, row, "assembly", gettext("an assembly or a board"))
            if row["quantity"] == 0:
                company.problem(self, row, "quantity", gettext("a quantity above zero"))
        self._name_cycles(company)

    def _name_cycles(self, company):
        """Each cycle by all of its rows that are in the file."""
        goes_into: dict[str, set[str]] = {}
        for assembly, part in company.all_final(self.name):
            goes_into.setdefault(assembly, set()).add(part)
        read = company.read[self.name]
        for _number in range(CYCLES_NAMED):
            try:
                TopologicalSorter(goes_into).prepare()
            except CycleError as error:
                # Each goes into the one before it: parts come first in a topological order.
                way = error.args[1]
                edges = [(after, before) for before, after in pairwise(way)]
                told = {"way": " → ".join(reversed(way))}
                accepted = gettext("no part that contains its assembly: %(way)s") % told
                for edge in edges:
                    if edge in read:
                        company.problem(self, read[edge], "part", accepted)
                for assembly, part in edges:
                    goes_into[assembly].discard(part)
            else:
                return


@table
class ProductParts(ModelTable):
    name, title = "product_parts", _("Tops of products")
    about = _("The assemblies, boards and loose parts that a product consists of.")
    model, key, touches = ProductPart, ("product", "part"), TOUCHES_PART
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Reference(name="part", to="parts", path="part__code"),
        Figure(name="quantity", places=3, highest=999_999),
    )

    def check(self, rows, company):
        check_usable(self, rows, company)
        for row in rows:
            part = company.final("parts", row["part"])
            if part and part["product"] not in (None, row["product"]):
                accepted = gettext("a part that is not made for another product alone")
                company.problem(self, row, "part", accepted)
            if row["quantity"] == 0:
                company.problem(self, row, "quantity", gettext("a quantity above zero"))


@table
class Contributions(ModelTable):
    name, title = "contributions", _("Contribution of products")
    about = _("What one week of a product contributes, in the company's currency, from a day on.")
    model, key = ProductContribution, ("product", "from_on")
    columns = (
        Reference(name="product", to="products", path="product__code"),
        Day(name="from_on"),
        Amount(name="weekly"),
    )

    def check(self, rows, company):
        for row in rows:
            if row["weekly"] < 0:
                company.problem(self, row, "weekly", gettext("an amount that is not negative"))


@after_import
def supply_has_moved(company) -> None:
    """Say for which products: those that need the parts that changed, or simply all."""
    moved = company.touched["parts"]
    if len(moved) > FEW:
        touch(ProductPart.objects.order_by().values_list("product", flat=True).distinct())
    elif moved:
        touch(touched_by(moved))
