"""The risk register: entering a risk, seeing it anew, saying which activities it drives.

Each estimate is kept with who made it and when; a risk is closed, never deleted.
"""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import touches
from ipd.kernel.actions.notices import tell
from ipd.models import Activity, Product, Risk, RiskDriver, RiskReview
from ipd.models.plans import ActivityKind
from ipd.models.risks import RiskState
from ipd.queries.holders import who_may_see
from teams.models import Person

ESTIMATE = (
    *("probability_percent", "days_low", "days_likely", "days_high"),
    *("cost_low", "cost_likely", "cost_high"),
)
REVIEWED = ("state", *ESTIMATE)


@transaction.atomic
def enter(product: Product, *, by: Person | None, note: str = "", **fields) -> Risk:
    """A new risk under the product's next number; its first estimate begins its history.

    The owner is told, unless they entered it.
    """
    product = Product.objects.select_for_update(of=("self",), no_key=True).get(pk=product.pk)
    taken = set(product.risks.values_list("code", flat=True))
    number = next(n for n in range(len(taken) + 1, 2 * len(taken) + 2) if f"R-{n:02}" not in taken)
    risk = Risk(product=product, code=f"R-{number:02}", **fields)
    _refuse_nonsense(risk)
    risk.rank().save()
    note_review(risk, by=by, note=note)
    _tell_owner(risk, by)
    touches.touch([product.pk])
    return risk


@transaction.atomic
def change(risk: Risk, *, by: Person, seen_version: int, note: str = "", **fields) -> Risk:
    """Set the given fields; a new estimate or state goes into the risk's history.

    Raises Stale when the caller's page is older than the risk. Refused when a risk occurs or
    is closed without a word why.
    """
    risk = locked(risk, seen_version=seen_version)
    moved = {name for name, value in fields.items() if getattr(risk, name) != value}
    if not moved:
        return risk
    if "state" in moved and not note.strip():
        raise Refused(_("Say in a few words why its state changes."))
    for name in moved:
        setattr(risk, name, fields[name])
    _refuse_nonsense(risk)
    risk.version += 1
    risk.rank().save()
    if moved & set(REVIEWED) or note.strip():
        note_review(risk, by=by, note=note)
    if "owner" in moved:
        _tell_owner(risk, by)
    touches.touch([risk.product_id])
    return risk


@transaction.atomic
def drive(risk: Risk, *, activity: str, low: Decimal, likely: Decimal, high: Decimal) -> RiskDriver:
    """Say by how much the risk, when it happens, multiplies an activity's duration.

    Saying it again replaces what was said. Refused for an activity that the plan does not have,
    or that is not work.
    """
    risk = locked(risk)
    known = Activity.objects.filter(
        plan__product=risk.product_id, code=activity, kind=ActivityKind.TASK
    )
    if not known.exists():
        raise Refused(_("The plan has no work “%(code)s”.") % {"code": activity})
    if not 0 <= low <= likely <= high <= 20:
        raise Refused(_("The factors rise from the least to the most, up to 20."))
    driver, _new = RiskDriver.objects.update_or_create(
        risk=risk, activity=activity, defaults={"low": low, "likely": likely, "high": high}
    )
    return driver


@transaction.atomic
def release(risk: Risk, *, activity: str) -> None:
    """The risk drives the activity no longer; nothing happens when it did not."""
    RiskDriver.objects.filter(risk=locked(risk), activity=activity).delete()


def locked(risk: Risk, *, seen_version: int | None = None) -> Risk:
    """The risk's fresh row, locked until the transaction ends; Stale when it moved on."""
    row = (
        Risk.objects.select_for_update(of=("self",), no_key=True)
        .select_related("product", "owner")
        .get(pk=risk.pk)
    )
    if seen_version is not None and seen_version != row.version:
        raise Stale(
            _("This risk moved on while you were writing: it is “%(state)s” at %(percent)d %%.")
            % {"state": row.get_state_display(), "percent": row.probability_percent}
        )
    return row


def note_review(risk: Risk, *, by: Person | None, note: str = "") -> RiskReview:
    """Append how the risk is seen now."""
    return review_of(risk, by=by, note=note.strip()[:300], save=True)


def review_of(risk: Risk, *, by: Person | None, note: str = "", save: bool = False) -> RiskReview:
    """The history's line of a risk as it stands, perhaps not saved yet."""
    row = RiskReview(
        risk=risk, by=by, note=note, **{name: getattr(risk, name) for name in REVIEWED}
    )
    if save:
        row.save(force_insert=True)
    return row


def _refuse_nonsense(risk: Risk) -> None:
    """What the database would refuse, said in words."""
    days = (risk.days_low, risk.days_likely, risk.days_high)
    costs = (risk.cost_low, risk.cost_likely, risk.cost_high)
    if not 0 <= risk.probability_percent <= 100:
        raise Refused(_("A probability is between 0 and 100 percent."))
    if list(days) != sorted(days):
        raise Refused(_("The days rise from the least to the most."))
    if any(cost is None for cost in costs) != all(cost is None for cost in costs):
        raise Refused(_("Give all three costs, or none."))
    if costs[0] is not None and list(costs) != sorted(costs):
        raise Refused(_("The costs rise from the least to the most."))


def _tell_owner(risk: Risk, by: Person | None) -> None:
    if risk.owner == by or risk.state != RiskState.OPEN:
        return
    tell(
        who_may_see(risk.product, [risk.owner]),
        news=f"risk:{risk.pk}:owner:{risk.version}",
        text=_("You own the risk %(risk)s") % {"risk": risk},
        link=risk.get_absolute_url(),
        why=_("Somebody named you the owner of this risk."),
    )
