"""Work packages: planned pieces of work, and the progress that is reported of them."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import PackageProgress, Period, Product, WorkPackage
from ipd.models.work_packages import Rule
from teams.models import Function, Person

ALLOWED = {Rule.AT_FINISH: (0, 100), Rule.HALF_AT_START: (0, 50, 100)}


@transaction.atomic
def add(
    product: Product,
    *,
    code: str,
    name: str,
    planned_start: date,
    planned_finish: date,
    value: Decimal,
    currency: str,
    rule: str,
    function: Function | None = None,
) -> WorkPackage:
    """Plan a piece of work. Refused for a code the product has, and for a finish before the start.

    What is planned stays: a change of the plan is another package.
    """
    if planned_finish < planned_start:
        raise Refused(_("It finishes before it starts."))
    if product.work_packages.filter(code=code).exists():
        raise Refused(_("The product has a work package %(code)s.") % {"code": code})
    package = WorkPackage.objects.create(
        product=product,
        code=code,
        name=name,
        function=function,
        planned_start=planned_start,
        planned_finish=planned_finish,
        value=value,
        currency=currency,
        rule=rule,
    )
    touch([product.pk])
    return package


@transaction.atomic
def report(
    package: WorkPackage, *, on: date, percent: int, by: Person, note: str = ""
) -> PackageProgress:
    """Report how far a package has come.

    Refused for a day ahead or in a closed month, for a percentage that the package's rule does
    not know, and for a day before the last report.
    """
    package = WorkPackage.objects.select_for_update(no_key=True).get(pk=package.pk)
    if on > today():
        raise Refused(_("Progress is reported when it is there, not before."))
    if Period.objects.filter(month=on.replace(day=1)).exists():
        raise Refused(_("The books of %(month)s are closed.") % {"month": f"{on:%Y-%m}"})
    allowed = ALLOWED.get(package.rule)
    if not 0 <= percent <= 100 or (allowed and percent not in allowed):
        said = ", ".join(map(str, allowed or ("0–100",)))
        raise Refused(_("By its rule this package is at one of: %(said)s.") % {"said": said})
    last = package.progress.first()
    if last is not None and on < last.on:
        raise Refused(_("The last report is of %(day)s; report a later day.") % {"day": last.on})
    row = PackageProgress.objects.create(package=package, on=on, percent=percent, note=note, by=by)
    touch([package.product_id])
    return row
