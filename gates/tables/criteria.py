"""What teams said of their criteria, and the evidence they gave."""

import hashlib
from collections import Counter

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.actions import readiness
from gates.models import Evidence, Review, ReviewCriterion
from gates.models.criteria import WORSE, Assessment
from gates.models.reviews import Stage
from gates.tables.definitions import REVIEW, OfReview, definitions, noon, review_id
from ipd.kernel.tables.columns import Choice, Day, Link, Reference, Text
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import BATCH, PK

DECIDED = _("The criteria of a decided review are frozen.")


class OfCriterion(OfReview):
    """What tables of a review's criterion share."""

    def criterion_of(self, row, company):
        """The review's row, when it asks this criterion; otherwise named as a problem."""
        review = self.review_of(row, company)
        if review is None:
            return None
        known = company.once(definitions)
        gate = known.gate(row["product"], row["gate"])
        if gate is None:
            return None  # said of the review's own row
        codes = [asked.code for asked in known.asked(row["product"], gate)]
        if row["criterion"] not in codes:
            told = {"codes": ", ".join(codes)}
            company.problem(self, row, "criterion", gettext("one of %(codes)s") % told)
            return None
        return review


def criterion_ids(rows, company) -> dict[tuple[int, str], int]:
    """Primary keys by review and code."""
    reviews = {review_id(row, company) for row in rows}
    criteria = ReviewCriterion.objects.filter(review__in=reviews).order_by()
    return {(review, code): pk for review, code, pk in criteria.values_list("review", "code", "pk")}


@table
class Assessments(OfCriterion):
    name, title = "assessments", _("Assessments")
    about = _(
        "What the team says of each criterion of a review. Of one that is computed only what is "
        "worse than its figure; no_data leaves it to the figure."
    )
    key = (*REVIEW, "criterion")
    touches = (("reviews", *REVIEW),)
    columns = (
        *OfReview.review_columns,
        Text(name="criterion", longest=20),
        Choice(name="state", choices=tuple(Assessment.values)),
        Text(name="comment", required=False),
        Reference(
            name="owner",
            to="people",
            required=False,
            help=_("Blank: the holder of the function's seat in the team."),
        ),
        Reference(name="assessed_by", to="people", required=False),
        Day(name="assessed_on", required=False),
    )

    def stored(self):
        criteria = ReviewCriterion.objects.filter(review__is_rehearsal=False).order_by()
        for row in criteria.values(
            "state",
            "comment",
            "pk",
            "measure",
            "judged",
            at_stage=F("review__stage"),
            product=F("review__product__code"),
            gate=F("review__gate__code"),
            attempt=F("review__attempt"),
            criterion=F("code"),
            owned_by=F("owner__code"),
            assessor=F("assessed_by__code"),
            assessed_on=F("assessed_at"),
        ).iterator(chunk_size=5000):
            row["owner"], row["assessed_by"] = row.pop("owned_by"), row.pop("assessor")
            if row.pop("measure") and row["at_stage"] != Stage.DECIDED:
                row["state"] = row["judged"] or Assessment.NO_DATA
            del row["judged"]
            if row["assessed_on"]:
                row["assessed_on"] = timezone.localtime(row["assessed_on"]).date()
            yield row

    def fixed_for(self, old):
        return DECIDED if old["at_stage"] == Stage.DECIDED else ""

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            review = self.criterion_of(row, company)
            if review and not review["held"]:
                self._check_computed(row, company)
            if row["owner"] is None and self.key_of(row) in stored:
                row["owner"] = stored[self.key_of(row)]["owner"]
            for name in ("assessed_by", "assessed_on"):
                if row[name] is None and row["state"] != Assessment.NO_DATA:
                    company.problem(self, row, name, gettext("who assessed it, and when"))
            if bool(row["assessed_by"]) != bool(row["assessed_on"]):
                company.problem(self, row, "assessed_on", gettext("with assessed_by, or neither"))

    def _check_computed(self, row, company):
        """The state of a computed criterion of an open review is not typed in."""
        known = company.once(definitions)
        asked = known.asked(row["product"], known.gate(row["product"], row["gate"]))
        measure = next(one.measure for one in asked if one.code == row["criterion"])
        if measure and row["state"] == Assessment.MET:
            accepted = gettext(
                "partly or not_met with a comment, or no_data: it is computed from %(measure)s"
            )
            company.problem(self, row, "state", accepted % {"measure": measure})
        elif measure and row["state"] in WORSE and not row["comment"]:
            company.problem(self, row, "comment", gettext("what the figure does not show"))

    def add(self, rows, company):
        ids = criterion_ids(rows, company)
        for row in rows:
            row[PK] = ids[review_id(row, company), row["criterion"]]
        self._write(rows, company)

    def change(self, changes, company):
        self._write([change.new for change in changes], company)

    def _write(self, rows, company):
        criteria = ReviewCriterion.objects.select_for_update().in_bulk([row[PK] for row in rows])
        for row in rows:
            criterion = criteria[row[PK]]
            criterion.state, criterion.comment = row["state"], row["comment"]
            if criterion.is_bound:
                criterion.judged = row["state"] if row["state"] in WORSE else ""
            criterion.owner_id = company.id("people", row["owner"]) or criterion.owner_id
            criterion.assessed_by_id = company.id("people", row["assessed_by"])
            criterion.assessed_at = noon(row["assessed_on"]) if row["assessed_on"] else None
            criterion.version += 1
        fields = ["state", "judged", "comment", "owner", "assessed_by", "assessed_at", "version"]
        ReviewCriterion.objects.bulk_update(criteria.values(), fields, batch_size=BATCH)


@table
class EvidenceGiven(OfCriterion):
    name, title = "evidence", _("Evidence")
    about = _("Links that prove a criterion. A title with another link is a new version of it.")
    fixed = _("Evidence is never edited: add a new version.")
    key = (*REVIEW, "criterion", "title", "link")
    columns = (
        *OfReview.review_columns,
        Text(name="criterion", longest=20),
        Text(name="title", longest=200),
        Link(name="link"),
        Reference(name="added_by", to="people"),
        Day(name="added_on"),
    )

    def stored(self):
        evidence = Evidence.objects.exclude(link="").filter(criterion__review__is_rehearsal=False)
        for row in evidence.order_by().values(
            "title",
            "link",
            "pk",
            product=F("criterion__review__product__code"),
            gate=F("criterion__review__gate__code"),
            attempt=F("criterion__review__attempt"),
            asked=F("criterion__code"),
            adder=F("added_by__code"),
            added_on=F("dated_on"),
        ):
            row["criterion"], row["added_by"] = row.pop("asked"), row.pop("adder")
            yield row

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            review = self.criterion_of(row, company)
            decided = review and company.stored("reviews").get(tuple(row[n] for n in REVIEW))
            is_new = self.key_of(row) not in stored
            if decided and is_new and decided["at_stage"] == Stage.DECIDED:
                company.problem(self, row, "title", gettext("a review that is still open"))

    def add(self, rows, company):
        ids = criterion_ids(rows, company)
        versions = Counter()
        last = Evidence.objects.filter(criterion__in=ids.values()).order_by()
        for criterion, title, version in last.values_list("criterion", "title").annotate(
            Max("version")
        ):
            versions[criterion, title] = version
        made = []
        for row in rows:
            criterion = ids[review_id(row, company), row["criterion"]]
            versions[criterion, row["title"]] += 1
            stored = company.stored("reviews").get(tuple(row[name] for name in REVIEW))
            made.append(
                Evidence(
                    criterion_id=criterion,
                    title=row["title"],
                    version=versions[criterion, row["title"]],
                    link=row["link"],
                    sha256=hashlib.sha256(row["link"].encode()).hexdigest(),
                    is_addendum=bool(stored) and stored["at_stage"] != Stage.PREPARING,
                    dated_on=row["added_on"],
                    added_by_id=company.id("people", row["added_by"]),
                )
            )
        Evidence.objects.bulk_create(made, batch_size=BATCH)


@after_import
def measure_readiness(company):
    """Readiness of open reviews, as their criteria now stand."""
    touched = Review.objects.open().filter(pk__in=company.touched["reviews"])
    readiness.measure(touched.values_list("pk", flat=True))
