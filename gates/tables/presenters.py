"""Who presents or leads a review, and the certified mentor beside them; signatures never."""

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.models import Presenter
from gates.models.presenters import PractisedAct
from gates.tables.definitions import REVIEW, OfReview, review_id
from ipd.kernel.tables.columns import Choice, Reference
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK


@table
class Presenters(OfReview):
    name, title = "presenters", _("Presenters and mentors")
    about = _("Who presents a review where it is not the team's lead alone, and who sits beside.")
    key = (*REVIEW, "act")
    columns = (
        *OfReview.review_columns,
        Choice(name="act", choices=tuple(PractisedAct.values)),
        Reference(name="person", to="people"),
        Reference(
            name="mentor", to="people", required=False, help=_("Certified; blank for nobody.")
        ),
    )

    def stored(self):
        rows = (
            Presenter.objects.filter(review__is_rehearsal=False)
            .order_by()
            .values(
                "pk",
                "act",
                product=F("review__product__code"),
                gate=F("review__gate__code"),
                attempt=F("review__attempt"),
                who=F("person__code"),
                beside=F("mentor__code"),
            )
        )
        for row in rows.iterator(chunk_size=5000):
            row["person"], row["mentor"] = row.pop("who"), row.pop("beside")
            yield row

    def check(self, rows, company):
        signed = company.once(signed_ones)
        for row in rows:
            self.review_of(row, company)
            if row["mentor"] and row["mentor"] == row["person"]:
                company.problem(self, row, "mentor", gettext("somebody else than the person"))
            old = company.stored(self.name).get(self.key_of(row))
            if old and old[PK] in signed and any(row[n] != old[n] for n in ("person", "mentor")):
                accepted = gettext("what stands there: the mentor has co-signed")
                company.problem(self, row, "mentor", accepted)

    def add(self, rows, company):
        new = [
            Presenter(review_id=review_id(row, company), act=row["act"], **_people(row, company))
            for row in rows
        ]
        made = Presenter.objects.bulk_create(new, batch_size=BATCH)
        for row, instance in zip(rows, made, strict=True):
            row[PK] = instance.pk

    def change(self, changes, company):
        for change in changes:
            people = _people(change.new, company)
            Presenter.objects.filter(pk=change.new[PK]).update(**people)


def _people(row, company) -> dict:
    mentor = row["mentor"]
    return {
        "person_id": company.id("people", row["person"]),
        "mentor_id": company.id("people", mentor) if mentor else None,
    }


def signed_ones(company) -> set[int]:
    return set(Presenter.objects.exclude(signed_at=None).values_list("pk", flat=True))
