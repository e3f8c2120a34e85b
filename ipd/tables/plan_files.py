"""Project files in an import folder, and what follows once the tables of plans are in."""

import re
from itertools import pairwise

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.actions import outline, plan_files, plan_matching, plans
from ipd.actions.scheduling import Unschedulable, sentences
from ipd.kernel.access import Refused
from ipd.kernel.tables.documents import Document, DocumentChange
from ipd.kernel.tables.register import after_import, document, step
from ipd.kernel.tables.table import ROW
from ipd.models import Plan, Product
from ipd.queries import plan_pictures

SHOWN = ("name", "parent", "kind", "minutes", "percent", "constraint", "constraint_at", "calendar")


@document
class PlanFiles(Document):
    name, title = "plan_files", _("Plans as project files")
    about = _("Microsoft Project XML, named after the product: plan-P01.xml.")
    pattern, shown = r"plan-(.{1,30})\.xml", "plan-P01.xml"

    def compare(self, files, company, tally):
        for file, data in files.items():
            code = product_code(file)
            if company.final("products", code) is None:
                accepted = gettext("a name with the code of a product, as plan-P01.xml")
                company.problems.add(file, value=code, accepted=accepted)
                continue
            try:
                picture = plan_files.read(data).picture
            except plan_files.Unusable as error:
                for fault in error.faults:
                    company.problems.add(file, accepted=fault)
                continue
            plan_files.moved(picture, company.shift)
            plan_matching.match(picture)
            self._count(code, picture, tally)

    def _count(self, code, picture, tally):
        plan = Plan.objects.select_related("calendar").filter(product__code=code).first()
        if plan is None:
            tally.added += len(picture.activities)
            return
        stored = plan_pictures.of(plan)
        old = {row["code"]: row for row in stored.activities}
        for row in picture.activities:
            before = old.pop(row["code"], None)
            if before is None:
                tally.added += 1
            elif before == row:
                tally.unchanged += 1
            else:
                fields = [
                    (name, str(before[name]), str(row[name]))
                    for name in SHOWN
                    if before[name] != row[name]
                ]
                tally.changes.append(DocumentChange(f"{code} · {row['code']}", fields))
        for gone in old.values():
            told = [("name", str(gone["name"]), "")]
            tally.changes.append(DocumentChange(f"{code} · {gone['code']}", told))
        others = ("plan", "calendars", "links", "resources", "assignments")
        differing = [part for part in others if getattr(stored, part) != getattr(picture, part)]
        differing += ["baselines"] if set(picture.baselines) - set(stored.baselines) else []
        if differing and not tally.changes:
            tally.changes.append(DocumentChange(code, [(part, "", "") for part in differing]))


def product_code(file: str) -> str:
    return re.fullmatch(PlanFiles.pattern, file, re.IGNORECASE)[1].upper()


@step(follows=("products", "people", "functions", "calendars"))
def put_plan_files(company) -> None:
    """Load the project files, each into its product's plan."""
    for file, data in company.documents.get(PlanFiles.name, {}).items():
        product = Product.objects.get(code=product_code(file))
        try:
            loaded = plan_files.load(product, data, by=None, shift=company.shift)
            company.touched["loaded_plans"].add(loaded.plan.pk)
        except plan_files.Unusable as error:
            for fault in error.faults:
                company.problems.add(file, accepted=fault)
        company.touched["products"].add(product.pk)


@after_import
def schedule_plans(company) -> None:
    """Number and schedule the plans whose rows came in, now that gates have their meetings too.

    A circle is named with its rows.
    """
    edited, loaded = company.touched["plans"], company.touched["loaded_plans"]
    for plan in Plan.objects.filter(pk__in=edited | loaded).select_related("product"):
        try:
            if plan.pk in edited:
                outline.number(plan)
                plans.changed(plan)
            else:
                plans.reschedule(plan)
        except Unschedulable as error:
            _name(plan, error, company)
        except Refused as error:
            company.problems.add(company.files.get("plans", "plans"), accepted=str(error))


def _name(plan: Plan, error: Unschedulable, company) -> None:
    """Each problem, with the rows of the links that make it."""
    links = company.read.get("links", {})
    product = plan.product.code
    for problem in error.problems:
        codes = [error.activities[key].code for key in problem.keys if key in error.activities]
        pairs = set(pairwise(codes)) | {(b, a) for a, b in pairwise(codes)}
        rows = sorted(
            row[ROW]
            for (owner, *ends, _kind), row in links.items()
            if owner == product and tuple(ends) in pairs
        )
        file = company.files.get("links") or company.files.get("activities") or "plans"
        said = " ".join(sentences([problem], error.activities))
        if rows:
            numbers = ", ".join(map(str, rows))
            said = gettext("%(said)s Rows %(rows)s.") % {"said": said, "rows": numbers}
        company.problems.add(file, rows[0] if rows else None, "", product, said)
