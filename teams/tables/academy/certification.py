"""Certificates, as files bring them in: those issued before, or elsewhere."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import CODE, Choice, Day, Reference, Text
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable
from teams.models import Certificate
from teams.models.academy.certificates import Basis


@table
class Certificates(ModelTable):
    name, title = "certificates", _("Certificates")
    about = _(
        "Who is certified, for which learning path, from a day to a day. Whoever led before there "
        "was an academy holds it by experience."
    )
    model, key = Certificate, ("number",)
    fixed = _("A certificate is never edited: revoke it, or issue another one.")
    columns = (
        Text(name="number", longest=30, help=CODE),
        Reference(name="person", to="people", path="person__code"),
        Text(name="path", longest=20, help=_("The code of the path, as LPDT-1.")),
        Day(name="issued_on"),
        Day(name="valid_until", help=_("Its last day.")),
        Choice(name="basis", choices=tuple(Basis.values)),
        Day(name="revoked_on", required=False),
        Text(name="revoked_reason", longest=400, required=False),
    )

    def check(self, rows, company):
        for row in rows:
            if row["valid_until"] < row["issued_on"]:
                company.problem(self, row, "valid_until", gettext("a day not before issued_on"))
            if (row["revoked_on"] is None) != (not row["revoked_reason"]):
                accepted = gettext("a day with its reason, or neither")
                company.problem(self, row, "revoked_on", accepted)
