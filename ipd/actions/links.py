"""What waits for what: links are made, changed and taken away; circles are refused by name."""

from django.utils.translation import gettext as _

from ipd.actions import plans
from ipd.kernel.access import Refused
from ipd.models import Activity, Link
from ipd.models.plans import LagUnit, LinkKind
from teams.models import Person


def link(
    predecessor: Activity,
    successor: Activity,
    *,
    by: Person | None,
    seen_version: int | None,
    kind: str = LinkKind.FS,
    lag: int = 0,
    lag_unit: str = LagUnit.WORKING,
) -> None:
    """Let the successor wait for the predecessor; a link of that kind gets the new lag.

    Refused when they are of two plans, the same, or would then wait in a circle.
    """
    told = {"first": predecessor.code, "then": successor.code}
    what = _("Linked %(first)s to %(then)s") % told
    with plans.editing(successor.plan_id, by=by, seen_version=seen_version, what=what) as record:
        if predecessor.plan_id != successor.plan_id:
            raise Refused(_("Both have to be in the same plan."))
        if predecessor.pk == successor.pk:
            raise Refused(_("%(name)s cannot wait for itself.") % {"name": str(successor)})
        present = Link.objects.filter(predecessor=predecessor, successor=successor, kind=kind)
        found = present.first()
        if found is not None:
            record.save(found, lag=lag, lag_unit=lag_unit)
            return
        record.add(
            Link(
                plan=record.plan,
                predecessor=predecessor,
                successor=successor,
                kind=kind,
                lag=lag,
                lag_unit=lag_unit,
            )
        )


def unlink(found: Link, *, by: Person | None, seen_version: int | None) -> None:
    """Take the link away."""
    told = {"first": found.predecessor.code, "then": found.successor.code}
    what = _("Unlinked %(first)s from %(then)s") % told
    with plans.editing(found.plan_id, by=by, seen_version=seen_version, what=what) as record:
        record.delete(record.plan.links.filter(pk=found.pk))


def set_predecessors(
    successor: Activity,
    wanted: list[tuple[Activity, str, int, str]],
    *,
    by: Person | None,
    seen_version: int | None,
) -> None:
    """Exactly these predecessors, each with kind, lag and its unit, in one edit."""
    what = _("Predecessors of %(code)s") % {"code": successor.code}
    with plans.editing(successor.plan_id, by=by, seen_version=seen_version, what=what) as record:
        stored = {
            (row.predecessor_id, row.kind): row
            for row in record.plan.links.filter(successor=successor)
        }
        keep = {(predecessor.pk, kind) for predecessor, kind, *_lag in wanted}
        gone = [row.pk for key, row in stored.items() if key not in keep]
        if gone:
            record.delete(record.plan.links.filter(pk__in=gone))
        for predecessor, kind, lag, unit in wanted:
            if predecessor.plan_id != record.plan.pk:
                raise Refused(_("Both have to be in the same plan."))
            if predecessor.pk == successor.pk:
                raise Refused(_("%(name)s cannot wait for itself.") % {"name": str(successor)})
            row = stored.get((predecessor.pk, kind))
            if row is None:
                record.add(
                    Link(
                        plan=record.plan,
                        predecessor=predecessor,
                        successor=successor,
                        kind=kind,
                        lag=lag,
                        lag_unit=unit,
                    )
                )
            elif (row.lag, row.lag_unit) != (lag, unit):
                record.save(row, lag=lag, lag_unit=unit)
