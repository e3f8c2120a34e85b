"""Which KPIs warn early is chosen by those who may define KPIs."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from teams.models import Kpi, Person, WarningSign
from teams.models.warnings import Warned


@transaction.atomic
def choose(chosen: dict[str, Iterable[Kpi]], *, by: Person) -> None:
    """Let these KPIs, by what they tell, warn from now on, and no others.

    Raises Refused for a KPI that would tell two of the three, and for amounts of money, which
    few may see.
    """
    told: dict[Kpi, str] = {}
    for tells in Warned.values:
        for kpi in chosen.get(tells, ()):
            if kpi in told:
                raise Refused(_("%(code)s tells one of the three, not two.") % {"code": kpi.code})
            if kpi.is_money:
                raise Refused(_("%(code)s is money, which few may see.") % {"code": kpi.code})
            told[kpi] = tells
    list(WarningSign.objects.select_for_update().order_by("pk"))
    WarningSign.objects.exclude(kpi__in=told).delete()
    WarningSign.objects.bulk_create(
        [WarningSign(kpi=kpi, tells=tells) for kpi, tells in told.items()],
        update_conflicts=True,
        unique_fields=["kpi"],
        update_fields=["tells"],
    )
    ledger.record(
        kind="kpi-warnings",
        subject="kpi-warnings",
        body={kpi.code: tells for kpi, tells in told.items()},
        by=by,
    )
