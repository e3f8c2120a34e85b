"""Keeping a plan as it stands, to be held against later; what is kept never changes."""

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.actions import plans
from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger, touches
from ipd.models import Baseline, BaselineRow, Plan
from teams.models import Person

BATCH = 2000


@transaction.atomic
def keep(
    plan: Plan, *, name: str, reason: str = "", by: Person | None, seen_version: int | None = None
) -> Baseline:
    """Keep the dates, durations and effort of every activity under the next number.

    Refused without a name, and for a plan without activities.
    """
    plan = plans.locked(plan, seen_version=seen_version)
    if not name.strip():
        raise Refused(_("A baseline needs a name."))
    rows = list(plan.activities.order_by("order"))
    if not rows:
        raise Refused(_("There is nothing in this plan yet."))
    last = plan.baselines.order_by("-number").values_list("number", flat=True).first()
    baseline = Baseline.objects.create(
        plan=plan,
        number=0 if last is None else last + 1,
        name=name.strip()[:120],
        reason=reason.strip()[:300],
        finish_at=plan.finishes_at,
        kept_by=by,
    )
    BaselineRow.objects.bulk_create(
        [
            BaselineRow(
                baseline=baseline,
                code=row.code,
                name=row.name,
                start_at=row.start_at,
                finish_at=row.finish_at,
                minutes=row.minutes,
                effort_minutes=row.effort_minutes,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    ledger.record(
        kind="baseline",
        subject=f"plan:{plan.product_id}",
        body={
            "number": baseline.number,
            "name": baseline.name,
            "finish": plan.finishes_at and plan.finishes_at.date(),
            "plan_version": plan.version,
            "activities": len(rows),
        },
        by=by,
    )
    touches.touch([plan.product_id])
    return baseline
