"""Reviews that were held elsewhere, and what those held here took: for the process's health."""

import re

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.actions import held_reviews
from gates.models import HeldReview, HourCost, Recommendation
from gates.models.held_reviews import DecisionKind
from gates.tables.definitions import REVIEW, OfReview, definitions, review_id
from ipd.kernel.tables.columns import (
    Amount,
    Choice,
    Column,
    Day,
    Reference,
    Text,
    Unreadable,
    Whole,
    YesNo,
    code,
)
from ipd.kernel.tables.register import step, table
from ipd.kernel.tables.table import BATCH, PK, ModelTable


class Hours(Column):
    """Working hours of everybody together, with at most two decimals."""

    def read(self, text, shift):
        if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,2})?", text):
            raise Unreadable(self.accepts)
        return float(text)

    @property
    def accepts(self):
        return gettext("hours with a point before at most two decimals, as 12.5")

    def show(self, value):
        return "" if value is None else f"{value:g}"


class Known(YesNo):
    """Yes or no; blank where nobody knows."""

    blank = None

    def show(self, value):
        return "" if value is None else super().show(value)


TOOK = (
    Day(name="asked_on", required=False, help=_("When a decision was required.")),
    Day(name="told_on", required=False, help=_("Decided, documented and communicated.")),
    Whole(name="people", required=False, lowest=1, highest=1000),
    Hours(name="preparing_hours", required=False),
    Hours(name="reading_hours", required=False),
    Hours(name="meeting_hours", required=False),
)


def check_days(table, row, company) -> None:
    """Nobody is told before somebody asks."""
    if row["asked_on"] and row["told_on"] and row["told_on"] < row["asked_on"]:
        company.problem(table, row, "told_on", gettext("a day not before asked_on"))


@table
class PastReviews(ModelTable):
    name, title = "past_reviews", _("Reviews held elsewhere")
    about = _(
        "Reviews of products that are not in Gatehouse, or from before it: they count in the "
        "health of the process, and nowhere else."
    )
    model, key = HeldReview, ("code",)
    columns = (
        code(30),
        Text(name="title", longest=120, help=_("What was decided on.")),
        Reference(name="line", to="product_lines", path="line__code"),
        Text(name="gate", longest=20),
        Choice(name="kind", choices=tuple(DecisionKind.values)),
        Day(name="held_on"),
        *TOOK,
        Known(name="as_recommended", path="is_as_recommended", required=False),
        Known(name="unanimous", path="is_unanimous", required=False),
        YesNo(name="changed", path="has_changed", help=_("Another outcome, or a condition.")),
        Whole(name="deferrals", help=_("Meetings before that ended without a decision.")),
        Whole(name="musts", help=_("Must-criteria that were assessed.")),
        Whole(name="waived"),
        YesNo(name="reopened", path="is_reopened", help=_("Decided anew within 90 days.")),
    )

    def rows_of(self):
        return HeldReview.objects.filter(review=None).order_by()

    def check(self, rows, company):
        for row in rows:
            check_days(self, row, company)
            if row["held_on"] > company.today:
                company.problem(self, row, "held_on", gettext("a day that has come"))
            if row["waived"] > row["musts"]:
                company.problem(self, row, "waived", gettext("at most as many as musts"))


@step(follows=("decide_held_reviews", "conditions", "waivers", "dissents"))
def keep_held_reviews(company):
    """What the files' reviews tell of the process."""
    held_reviews.keep(company.touched["reviews"])


@table
class ReviewHours(OfReview):
    name, title = "review_hours", _("What reviews took")
    about = _("Of reviews that were held: when a decision was asked for, and the hours it took.")
    key = REVIEW
    follows = ("keep_held_reviews",)
    columns = (
        *OfReview.review_columns,
        *TOOK,
        Text(
            name="recommended",
            longest=30,
            required=False,
            help=_("Code of the outcome that the team's leader asked for."),
        ),
    )

    def stored(self):
        took = [column.name for column in TOOK]
        stated = HeldReview.objects.filter(review__isnull=False).order_by()
        for row in stated.values(
            "pk",
            *took,
            product=F("review__product__code"),
            at_gate=F("gate"),
            attempt=F("review__attempt"),
            recommended=F("review__recommendation__outcome__code"),
        ).iterator(chunk_size=5000):
            row["gate"], row["recommended"] = row.pop("at_gate"), row["recommended"] or ""
            yield row

    def complete(self, row, company):
        super().complete(row, company)
        known = company.once(definitions)
        outcome = known.outcome(row, "recommended") if row["recommended"] else None
        row["recommended"] = outcome.code if outcome else row["recommended"]

    def check(self, rows, company):
        known = company.once(definitions)
        for row in rows:
            check_days(self, row, company)
            review = self.review_of(row, company)
            if review and not review["held"]:
                company.problem(self, row, "gate", gettext("a review that was held"))
            row["#recommended"] = known.outcome(row, "recommended")
            if row["recommended"] and row["#recommended"] is None:
                accepted = gettext("an outcome of the gate's chain")
                company.problem(self, row, "recommended", accepted)

    def add(self, rows, company):
        """A review's row is there as soon as it was held: what is new are the hours."""
        self._state({review_id(row, company): row for row in rows})

    def change(self, changes, company):
        self._state({review_id(change.new, company): change.new for change in changes})

    def _state(self, by_review):
        told = HeldReview.objects.select_for_update().filter(review__in=by_review)
        rows = list(told)
        for held in rows:
            row = by_review[held.review_id]
            row[PK] = held.pk
            held.version += 1
            for column in TOOK:
                setattr(held, column.name, row[column.name])
        names = [column.name for column in TOOK]
        HeldReview.objects.bulk_update(rows, [*names, "version"], batch_size=BATCH)
        Recommendation.objects.bulk_create(
            [
                Recommendation(review_id=pk, outcome=row["#recommended"])
                for pk, row in by_review.items()
                if row["#recommended"]
            ],
            update_conflicts=True,
            unique_fields=["review"],
            update_fields=["outcome"],
        )
        held_reviews.keep(by_review)


@table
class HourCosts(ModelTable):
    name, title = "hour_costs", _("Costs of an hour")
    about = _("What an hour of a review costs on average, in the company's currency, from a day.")
    model, key = HourCost, ("valid_from",)
    columns = (Day(name="valid_from"), Amount(name="amount"))

    def check(self, rows, company):
        for row in rows:
            if row["amount"] <= 0:
                company.problem(self, row, "amount", gettext("more than nothing"))
