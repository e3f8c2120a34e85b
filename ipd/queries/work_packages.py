"""Work packages of a product with what the last report says of each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from ipd.calculations.earned_value import earned_percent
from ipd.models import PackageProgress, Product, WorkPackage


@dataclass(frozen=True)
class Package:
    """A package, its last report, and what of its value that has earned."""

    row: WorkPackage
    reported_on: date | None
    percent: int
    earned: Decimal
    is_late: bool


def of(product: Product, day: date) -> list[Package]:
    """In the order of planned starts; late are those that should be finished by the day."""
    last = PackageProgress.objects.filter(package=OuterRef("pk")).order_by("-on", "-pk")
    rows = (
        product.work_packages.select_related("function", "activity")
        .annotate(
            reported_on=Subquery(last.values("on")[:1]),
            reported=Subquery(last.values("percent")[:1]),
        )
        .order_by("planned_start", "code")
    )
    return [
        Package(
            row,
            row.reported_on,
            row.reported or 0,
            row.value * earned_percent(row.rule, row.reported or 0) / 100,
            row.planned_finish < day and (row.reported or 0) < 100,
        )
        for row in rows
    ]
