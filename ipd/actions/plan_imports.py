"""A file for one product's plan: what it would change, and the change itself, all or nothing."""

from datetime import timedelta

from django.utils.translation import gettext as _

from ipd.actions import plan_files
from ipd.kernel.access import Stale
from ipd.kernel.tables import files, importing
from ipd.kernel.tables.files import Folder
from ipd.kernel.tables.problems import Problems
from ipd.kernel.tables.table import ROW
from ipd.models import Product
from teams.models import Person

KIND = "plan file"  # of the work that applies one, in ipd.works.plans


def preview(product: Product, folder: Folder, *, by: Person) -> importing.Report:
    """What the file would do to the product's plan; rows of other products are named."""
    report = importing.run(folder, by=by, dry_run=True)
    _name_others(product, folder, report)
    return report


def apply(
    product: Product, folder: Folder, *, by: Person, seen: str, version: int | None, progress
) -> None:
    """Bring in exactly what the preview showed; Stale when it would be something else now."""
    name = next(iter(folder.files))
    if name.endswith(".xml"):
        progress(10, _("Reading the project file"))
        plan_files.load(product, folder.files[name], by=by, seen_version=version)
        return
    report = importing.Report(Problems())
    _name_others(product, folder, report)
    if not report.problems:
        report = importing.run(folder, by=by, agreed=seen, progress=progress)
    if report.problems:
        raise Stale(_("The plan changed meanwhile: choose the file again to see what is new."))


def _name_others(product: Product, folder: Folder, report: importing.Report) -> None:
    """A file that comes in on a product's page speaks of this product alone."""
    company = files.read(folder, timedelta(0))
    for table, rows in company.rows.items():
        for row in rows:
            if row.get("product") != product.code:
                file = company.files[table]
                accepted = product.code
                report.problems.add(file, row[ROW], "product", str(row.get("product")), accepted)
