"""Decided gates that somebody decided anew for themselves."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.actions import exercises
from gates.actions.exercises import SHORTEST_REASON
from gates.calculations.foresight import CHANCES
from gates.models import Exercise, Review
from gates.models.facts import Assessment
from gates.tables.definitions import REVIEW, OfReview, definitions, noon, review_id
from ipd.kernel.tables.columns import Day, Reference
from ipd.kernel.tables.register import table
from teams.models import Person
from teams.tables.academy.private import Mark, Private, Words

FORECASTS = ("settled_chance", "passed_chance", "slip_days")


@table
class Exercises(OfReview):
    name, title = "exercises", _("Gates decided anew")
    about = _(
        "Decided gates that somebody decided anew, alone; without voted_on one that is begun."
    )
    fixed = _("What somebody said in an exercise is never edited by a file.")
    key = (*REVIEW, "person")
    follows = ("decide_held_reviews",)
    columns = (
        *OfReview.review_columns,
        Reference(name="person", to="people"),
        Words(name="judged", help=_("As CD-01=met; CD-02=partly.")),
        Private(name="outcome", longest=30, required=False),
        Private(name="reason", required=False),
        Mark(name="settled_chance", lowest=0, highest=100, required=False),
        Mark(name="passed_chance", lowest=0, highest=100, required=False),
        Mark(name="slip_days", lowest=-1000, highest=1000, required=False),
        Day(name="voted_on", required=False),
    )

    def stored(self):
        rows = Exercise.objects.select_related("review__product", "review__gate", "person")
        for row in rows.select_related("outcome"):
            yield {
                "pk": row.pk,
                "product": row.review.product.code,
                "gate": row.review.gate.code,
                "attempt": row.review.attempt,
                "person": row.person.code,
                "judged": tuple(sorted(f"{code}={state}" for code, state in row.judged.items())),
                "outcome": row.outcome.code if row.outcome else "",
                "reason": row.reason,
                **{name: getattr(row, name) for name in FORECASTS},
                "voted_on": row.voted_at and timezone.localdate(row.voted_at),
            }

    def complete(self, row, company):
        super().complete(row, company)
        row["judged"] = tuple(sorted(row["judged"]))

    def check(self, rows, company):
        for row in rows:
            review = self.review_of(row, company)
            if review and not review["held"]:
                company.problem(self, row, "gate", gettext("a review that was held"))
            self._check_answers(row, company)
            if row["voted_on"]:
                self._check_vote(row, company)
                if review and review["held"] and row["voted_on"] <= review["held"]:
                    company.problem(self, row, "voted_on", gettext("a day after the review"))

    def _check_answers(self, row, company):
        known = company.once(definitions)
        row["#outcome"], gate = known.outcome(row), known.gate(row["product"], row["gate"])
        if row["outcome"] and row["#outcome"] is None:
            company.problem(self, row, "outcome", gettext("an outcome of the gate's chain"))
        codes = {one.code for one in known.asked(row["product"], gate)} if gate else set()
        row["#judged"] = dict(word.split("=", 1) for word in row["judged"] if "=" in word)
        said = row["#judged"]
        if len(said) < len(row["judged"]) or not set(said.values()) <= set(Assessment.values):
            accepted = gettext("codes, each with %(states)s")
            told = {"states": ", ".join(Assessment.values)}
            company.problem(self, row, "judged", accepted % told)
        elif not set(said) <= codes:
            company.problem(self, row, "judged", gettext("codes of criteria of the gate"))

    def _check_vote(self, row, company):
        if row["voted_on"] > company.today:
            company.problem(self, row, "voted_on", gettext("a day that has come"))
        if not row["outcome"]:
            company.problem(self, row, "outcome", gettext("an outcome of the gate's chain"))
        if len(row["reason"]) < SHORTEST_REASON:
            accepted = gettext("at least %(n)s characters") % {"n": SHORTEST_REASON}
            company.problem(self, row, "reason", accepted)
        for name in ("settled_chance", "passed_chance"):
            if row[name] not in CHANCES:
                accepted = gettext("one of %(chances)s")
                told = {"chances": ", ".join(map(str, CHANCES))}
                company.problem(self, row, name, accepted % told)
        if row["slip_days"] is None:
            company.problem(self, row, "slip_days", gettext("a number of days; 0 is on time"))

    def add(self, rows, company):
        reviews = Review.objects.in_bulk([review_id(row, company) for row in rows])
        people = Person.objects.in_bulk([company.id("people", row["person"]) for row in rows])
        for row in rows:
            person = people[company.id("people", row["person"])]
            made = exercises.start(reviews[review_id(row, company)], by=person)
            made.judged, made.outcome, made.reason = row["#judged"], row["#outcome"], row["reason"]
            for name in FORECASTS:
                setattr(made, name, row[name])
            if row["voted_on"]:
                made.started_at = made.voted_at = noon(row["voted_on"])
            made.save()
