"""What decisions rested on, and how often criteria changed decisions elsewhere."""

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.actions import criterion_counts
from gates.models import Citation, CriterionCount, CriterionDefinition
from gates.models.reviews import Stage
from gates.tables.criteria import OfCriterion, criterion_ids
from gates.tables.definitions import REVIEW, OfReview, review_id
from ipd.kernel.tables.columns import Text, Whole
from ipd.kernel.tables.register import after_import, table
from ipd.kernel.tables.table import BATCH, ModelTable


@table
class Citations(OfCriterion):
    name, title = "citations", _("What decisions rested on")
    about = _("Criteria for which a review was stopped, or was given a condition.")
    fixed = _("What a decision rested on is never edited.")
    key = (*REVIEW, "criterion", "condition")
    follows = ("reviews", "conditions", "decide_held_reviews")
    columns = (
        *OfReview.review_columns,
        Text(name="criterion", longest=20),
        Whole(name="condition", required=False, lowest=1, help=_("Its number; blank: a stop.")),
    )

    def stored(self):
        rows = Citation.objects.filter(criterion__review__is_rehearsal=False).order_by()
        for row in rows.values(
            "pk",
            product=F("criterion__review__product__code"),
            gate=F("criterion__review__gate__code"),
            attempt=F("criterion__review__attempt"),
            cited=F("criterion__code"),
            number=F("condition__number"),
        ).iterator(chunk_size=5000):
            row["criterion"], row["condition"] = row.pop("cited"), row.pop("number")
            yield row

    def check(self, rows, company):
        stored = company.stored("reviews")
        for row in rows:
            review = self.criterion_of(row, company)
            if review is None:
                continue
            if not review["held"]:
                company.problem(self, row, "gate", gettext("a review that was held"))
            key = tuple(row[name] for name in REVIEW)
            number = row["condition"]
            known = company.final("conditions", *key, number) if number else True
            if known is None and "conditions" not in company.incomplete:
                accepted = gettext("the number of one of the review's conditions")
                company.problem(self, row, "condition", accepted)
            decided = stored.get(key, {}).get("at_stage") == Stage.DECIDED
            if decided and self.key_of(row) not in company.stored(self.name):
                accepted = gettext("a row that came in with the decision; it is closed now")
                company.problem(self, row, "criterion", accepted)

    def add(self, rows, company):
        criteria = criterion_ids(rows, company)
        Citation.objects.bulk_create(
            [
                Citation(
                    criterion_id=criteria[review_id(row, company), row["criterion"]],
                    condition_id=self._condition(row, company),
                )
                for row in rows
            ],
            batch_size=BATCH,
        )

    def _condition(self, row, company):
        if row["condition"] is None:
            return None
        return company.id("conditions", *(row[name] for name in (*REVIEW, "condition")))


@table
class CriterionCounts(ModelTable):
    name, title = "criterion_counts", _("Criteria counted elsewhere")
    about = _(
        "In how many reviews of before, or of products outside, a criterion was assessed, and in "
        "how many it changed the decision. They add to what is counted here."
    )
    model, key = CriterionCount, ("process", "gate", "criterion")
    columns = (
        Text(name="process", longest=30, help=_("Code of the process.")),
        Text(name="gate", longest=20),
        Text(name="criterion", longest=20, path="code"),
        Whole(name="assessed", highest=1_000_000),
        Whole(
            name="hits",
            highest=1_000_000,
            help=_("Cited in a stop or a condition, or waived."),
        ),
        Whole(name="waived", required=False, highest=1_000_000, help=_("Of the hits.")),
        Text(name="period", longest=40, required=False, help=_("As 2021–2024.")),
    )

    def rows_of(self):
        return CriterionCount.objects.filter(elsewhere=True).order_by()

    def complete(self, row, company):
        row["waived"] = row["waived"] or 0

    def check(self, rows, company):
        known = company.once(criteria_of_processes)
        for row in rows:
            if (row["process"], row["gate"], row["criterion"]) not in known:
                accepted = gettext("a criterion that this gate of the process asks")
                company.problem(self, row, "criterion", accepted)
            if row["hits"] > row["assessed"]:
                company.problem(self, row, "hits", gettext("at most as many as assessed"))
            if row["waived"] > row["hits"]:
                company.problem(self, row, "waived", gettext("at most as many as hits"))

    def make(self, row, company):
        made = super().make(row, company)
        made.elsewhere = True
        return made


def criteria_of_processes(company) -> set[tuple[str, str, str]]:
    """Process, gate and code of all criteria in whatever version."""
    rows = CriterionDefinition.objects.order_by()
    return set(rows.values_list("gate__chain__process__code", "gate__code", "code"))


@after_import
def count_criteria(company):
    """What reviews that came in say of their criteria."""
    if company.touched["reviews"]:
        criterion_counts.count()
