"""Targets and weights are set from a day on; what closed months were judged by stays as it was."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from teams.actions import kpis
from teams.calculations.months import last_day
from teams.models import Kpi, KpiMonth, KpiTarget, KpiWeight, Person
from teams.queries import kpi_rules


def closed_until() -> date | None:
    """The last day of the last month that is closed: what was judged by then stays."""
    last = KpiMonth.objects.order_by("-month").values_list("month", flat=True).first()
    return last_day(last) if last else None


@transaction.atomic
def set_target(
    kpi: Kpi,
    *,
    phase: str,
    floor: Decimal,
    target: Decimal,
    stretch: Decimal,
    centre: Decimal | None,
    is_due: bool,
    valid_from: date,
    by: Person,
    seen_version: int,
) -> KpiTarget:
    """Set what the KPI has to reach in a phase ("" is every other) from a day on.

    Another row of the same phase and day is replaced, an earlier one ends where this begins.
    Refused from a day of a closed month, against the KPI's direction, and without a change.
    """
    kpi = kpis.locked(kpi, seen_version=seen_version)
    _refuse_closed(valid_from)
    figures = {"floor": floor, "target": target, "stretch": stretch, "centre": centre}
    if wrong := kpi_rules.wrong_with_target(kpi.direction, **figures):
        raise Refused(" ".join(sentence for _field, sentence in wrong))
    row = KpiTarget.objects.filter(kpi=kpi, phase=phase, valid_from=valid_from).first()
    before = said(row)
    row = row or KpiTarget(kpi=kpi, phase=phase, valid_from=valid_from)
    for name, value in (figures | {"is_due": is_due}).items():
        setattr(row, name, value)
    if said(row) == before:
        raise Refused(_("Nothing was changed."))
    row.save()
    _note(kpi, "kpi target set", by=by, before=before, after=said(row))
    return row


@transaction.atomic
def remove_target(target: KpiTarget, *, by: Person, seen_version: int) -> None:
    """Take a row out: the one before it goes on. Refused when it began in a closed month."""
    kpi = kpis.locked(target.kpi, seen_version=seen_version)
    row = KpiTarget.objects.filter(pk=target.pk).first()
    if row is None:
        raise Refused(_("This target is gone already."))
    _refuse_closed(row.valid_from)
    before = said(row)
    row.delete()
    _note(kpi, "kpi target removed", by=by, before=before, after=None)


@transaction.atomic
def set_weights(phase: str, percents: dict[str, int], *, valid_from: date, by: Person) -> None:
    """Set what each dimension counts in a phase from a day on.

    Refused from a day of a closed month, unless they make 100 in all, and without a change.
    """
    _refuse_closed(valid_from)
    if sum(percents.values()) != kpi_rules.WHOLE:
        raise Refused(
            _("The weights of a phase make 100 in all, not %(sum)d.")
            % {"sum": sum(percents.values())}
        )
    rows = KpiWeight.objects.filter(phase=phase, valid_from__lte=valid_from)
    list(rows.select_for_update().order_by("pk"))
    stored = rows.order_by("dimension", "-valid_from").distinct("dimension")
    before = dict(stored.values_list("dimension", "percent"))
    if before == percents:
        raise Refused(_("Nothing was changed."))
    KpiWeight.objects.bulk_create(
        [
            KpiWeight(phase=phase, dimension=dimension, percent=percent, valid_from=valid_from)
            for dimension, percent in percents.items()
        ],
        update_conflicts=True,
        unique_fields=["phase", "dimension", "valid_from"],
        update_fields=["percent"],
    )
    ledger.record(
        kind="kpi weights set",
        subject=f"kpi-weights:{phase}",
        body={"phase": phase, "valid_from": valid_from, "before": before, "after": percents},
        by=by,
    )


def said(row: KpiTarget | None) -> dict | None:
    """What a target says, as the ledger keeps it."""
    if row is None or (row.pk is None and row.target is None):
        return None
    names = ("phase", "floor", "target", "stretch", "centre", "is_due", "valid_from")
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _refuse_closed(day: date) -> None:
    closed = closed_until()
    if closed and day <= closed:
        raise Refused(
            _("Months up to %(day)s are closed and were judged already: begin later.")
            % {"day": closed}
        )


def _note(kpi: Kpi, kind: str, *, by: Person, before: dict | None, after: dict | None) -> None:
    """Count the card up and enter what moved."""
    kpi.version += 1
    kpi.save(update_fields=["version"])
    body = {"code": kpi.code, "version": kpi.version, "before": before, "after": after}
    ledger.record(kind=kind, subject=kpis.subject(kpi), body=body, by=by)
