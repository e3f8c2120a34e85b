"""What functions said to plan change requests, as files bring it in."""

from collections import defaultdict
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Day, OpenChoice, Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable
from ipd.models import ChangeAssessment
from ipd.models.changes import ChangeState, Opinion
from ipd.tables.changes import OF_REQUEST

UNASKED = (ChangeState.DRAFT, ChangeState.WITHDRAWN)
NOON = time(12)


def opinions_open(company) -> dict[tuple, bool]:
    """Whether a function still owes its opinion, by request."""
    found = defaultdict(bool)
    for row in company.all_final("change_assessments").values():
        found[row["product"], row["number"]] |= not row["opinion"]
    return found


@table
class ChangeAssessments(ModelTable):
    name, title = "change_assessments", _("Assessments of change requests")
    about = _("What each function that was asked says to a request; blank while it owes its word.")
    model, key = ChangeAssessment, ("product", "number", "function")
    parents = (OF_REQUEST,)
    columns = (
        Reference(name="product", to="products", path="request__product__code"),
        Whole(name="number", lowest=1, path="request__number"),
        Reference(name="function", to="functions", path="function__code"),
        OpenChoice(name="opinion", choices=tuple(Opinion.values)),
        Text(name="effect", required=False, help=_("Asked for unless it supports the change.")),
        Reference(name="by", to="people", path="by__code", required=False),
        Day(name="on", path="at", required=False),
    )

    def stored(self):
        for row in super().stored():
            yield row | {"on": row["on"] and timezone.localtime(row["on"]).date()}

    def fixed_for(self, old):
        return gettext("A function that spoke speaks again itself.") if old["opinion"] else ""

    def check(self, rows, company):
        owing = company.once(opinions_open)
        for row in rows:
            self._check_whole(row, company)
            request = company.final("change_requests", row["product"], row["number"])
            if request is None:
                continue
            state = request["state"]
            if state in UNASKED:
                said = gettext("a request that was submitted")
                company.problem(self, row, "number", said)
            elif state != ChangeState.SUBMITTED and not row["opinion"]:
                said = gettext("an opinion, since the request is no longer being assessed")
                company.problem(self, row, "opinion", said)
            elif state == ChangeState.SUBMITTED and not owing[row["product"], row["number"]]:
                said = gettext("blank for one function at least, or a request that is assessed")
                company.problem(self, row, "opinion", said)
            if row["on"] and not request["raised_on"] <= row["on"] <= company.today:
                said = gettext("a day from the request on, and not ahead")
                company.problem(self, row, "on", said)

    def _check_whole(self, row, company):
        """Opinion, person and day stand together; what does not support says why."""
        if len({bool(row[name]) for name in ("opinion", "by", "on")}) > 1:
            said = gettext("opinion, person and day, or none of them")
            company.problem(self, row, "opinion", said)
        if row["opinion"] not in ("", Opinion.SUPPORTS) and not row["effect"]:
            said = gettext("what the change does there, unless it is supported")
            company.problem(self, row, "effect", said)

    def values(self, row, company, names=None):
        fields = super().values(row, company, names)
        if fields.get("at"):
            fields["at"] = timezone.make_aware(datetime.combine(fields["at"], NOON))
        return fields
