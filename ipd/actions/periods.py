"""Closing the books of a month: from then on it takes no more actuals."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.actions import ledger
from ipd.kernel.actions.touches import touch
from ipd.kernel.days import today
from ipd.models import Actual, Period
from teams.models import Person


def next_to_close() -> date:
    """The month after the last closed one; before the first closing, the last whole month."""
    last = Period.objects.order_by("-month").values_list("month", flat=True).first()
    if last is None:
        return (today().replace(day=1) - timedelta(days=1)).replace(day=1)
    return (last + timedelta(days=32)).replace(day=1)


@transaction.atomic
def close(month: date, *, by: Person) -> Period:
    """Close a month for all products; a correction goes to the next one.

    Refused unless it is the month after the last closed one, and over. The table's trigger
    waits for actuals that are being entered, and refuses them afterwards.
    """
    if Period.objects.filter(month=month).exists():
        raise Refused(_("The books of %(month)s are closed.") % {"month": f"{month:%Y-%m}"})
    expected = next_to_close()
    if month != expected:
        raise Refused(
            _("Months are closed one after the other; the next is %(month)s.")
            % {"month": f"{expected:%Y-%m}"}
        )
    if (month + timedelta(days=32)).replace(day=1) > today():
        raise Refused(_("%(month)s is not over yet.") % {"month": f"{month:%Y-%m}"})
    period = Period.objects.create(month=month, closed_on=today(), closed_by=by)
    ledger.record(
        kind="month closed", subject=f"period:{month:%Y-%m}", body={"month": month}, by=by
    )
    touch(Actual.objects.filter(month=month).values_list("product", flat=True))
    return period
