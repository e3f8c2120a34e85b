"""Who offers to be a mentor, and for what."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ipd.kernel.tables.columns import Column, Day, Reference, Text, YesNo
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import ModelTable
from teams.models import Competency, MentorOffer


@dataclass(frozen=True, kw_only=True)
class Codes(Column):
    """Codes of competencies, apart by spaces."""

    required: bool = False
    blank = []

    def read(self, text, shift):
        return text.upper().split()

    def show(self, value):
        return " ".join(value or ())

    @property
    def accepts(self):
        return gettext("codes of competencies, apart by spaces")


def competencies(company) -> set[str]:
    return set(Competency.objects.values_list("code", flat=True))


@table
class MentorOffers(ModelTable):
    name, title = "mentor_offers", _("Offers to be a mentor")
    about = _("Who would mentor somebody; read by learners who look for a mentor.")
    model, key = MentorOffer, ("person",)
    columns = (
        Reference(name="person", to="people", path="person__code"),
        YesNo(name="is_open"),
        Codes(name="competencies", help=_("What they can best help with.")),
        Text(name="about", longest=1000, required=False),
        Day(name="since"),
    )

    def check(self, rows, company):
        known = company.once(competencies)
        for row in rows:
            if set(row["competencies"]) - known:
                accepted = gettext("some of %(codes)s, apart by spaces")
                said = accepted % {"codes": ", ".join(sorted(known)) or "–"}
                company.problem(self, row, "competencies", said)
