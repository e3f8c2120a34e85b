"""Coming gates that a team rehearsed already with colleagues as the board; they count nowhere."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.actions import rehearsals
from gates.actions.rehearsals import Player
from gates.models import Rehearsal, Review, Vote
from gates.models.rehearsals import Part
from gates.models.reviews import Stage
from gates.tables.definitions import REVIEW, OfReview, definitions, noon, review_id
from ipd.kernel.tables.columns import Day, Reference, Text
from ipd.kernel.tables.register import at_last, table
from teams.models import Person
from teams.tables.academy.private import Private, Words


@table
class Rehearsals(OfReview):
    """Its pack is the coming gate's as it stands at the import; its gaps are found from that."""

    name, title = "rehearsals", _("Rehearsals of coming gates")
    about = _("Coming gates that a team rehearsed to the end with colleagues as the board.")
    fixed = _("What was rehearsed is never edited by a file.")
    key = (*REVIEW, "held_on")
    follows = ("reviews", "seats")
    columns = (
        *OfReview.review_columns,
        Day(name="held_on"),
        Reference(name="presenter", to="people"),
        Reference(name="chair", to="people"),
        Words(name="votes", required=True, help=_("As L04=HOLD; K03=GO, the chair's among them.")),
        Text(name="outcome", longest=30),
        Private(name="rationale"),
    )

    def stored(self):
        ended = Rehearsal.objects.exclude(review__outcome=None).select_related(
            "source__product", "source__gate", "made_by", "ended_by", "review__outcome"
        )
        for row in ended.prefetch_related("review__votes__voter", "review__votes__outcome"):
            standing = [one for one in row.review.votes.all() if one.superseded_at is None]
            yield {
                "pk": row.pk,
                "product": row.source.product.code,
                "gate": row.source.gate.code,
                "attempt": row.source.attempt,
                "held_on": row.review.held_on,
                "presenter": row.made_by.code,
                "chair": row.ended_by.code,
                "votes": tuple(
                    sorted(
                        f"{one.voter.code}={one.outcome.code}" for one in standing if one.outcome
                    )
                ),
                "outcome": row.review.outcome.code,
                "rationale": row.rationale,
            }

    def complete(self, row, company):
        super().complete(row, company)
        row["votes"] = tuple(sorted(row["votes"]))

    def check(self, rows, company):
        known = company.once(definitions)
        for row in rows:
            review = self.review_of(row, company)
            if review and review["held"]:
                company.problem(self, row, "gate", gettext("a gate that is still to come"))
            if row["held_on"] > company.today:
                company.problem(self, row, "held_on", gettext("a day that has come"))
            row["#outcome"] = known.outcome(row)
            if row["#outcome"] is None:
                company.problem(self, row, "outcome", gettext("an outcome of the gate's chain"))
            self._check_votes(row, company)

    def _check_votes(self, row, company):
        known, row["#votes"] = company.once(definitions), {}
        gate = known.gate(row["product"], row["gate"])
        for word in row["votes"]:
            code, _sign, said = word.partition("=")
            person = company.final("people", code)
            outcome = known.outcomes.get((gate.chain_id, said)) if gate else None
            if person is None or not person["function"] or outcome is None:
                accepted = gettext("codes of people with a function, each with an outcome")
                company.problem(self, row, "votes", accepted)
            row["#votes"][code] = outcome
        if row["chair"] not in row["#votes"] or len(row["#votes"]) < 2:
            company.problem(self, row, "votes", gettext("the chair and one more voter at least"))
        if row["presenter"] in row["#votes"]:
            company.problem(self, row, "presenter", gettext("somebody who does not play the board"))

    def add(self, rows, company):
        company.once(brought_in).extend(rows)


def brought_in(company) -> list:
    return []


@at_last
def hold_them(company):
    """Once the coming gates' packs stand as they are, with all facts that are read by then."""
    for row in company.once(brought_in):
        codes = {row["presenter"], row["chair"], *row["#votes"]}
        people = {one.code: one for one in Person.objects.filter(code__in=codes)}
        source = Review.objects.select_related("product").get(pk=review_id(row, company))
        at, presenter = noon(row["held_on"]), people[row["presenter"]]
        board = [
            Player(
                people[code],
                people[code].function,
                Part.CHAIR if code == row["chair"] else Part.MEMBER,
            )
            for code in row["#votes"]
        ]
        playing = {one.person.pk for one in board}
        team = [
            one for one in rehearsals.team_of(source, presenter) if one.person.pk not in playing
        ]
        review = rehearsals.set_up(source, [*board, *team], by=presenter, at=at)
        Vote.objects.bulk_create(
            Vote(
                review=review,
                round=1,
                voter=people[code],
                cast_by=people[code],
                outcome=outcome,
                cast_at=at,
            )
            for code, outcome in row["#votes"].items()
        )
        review.stage = Stage.REVEALED
        rehearsals.close(
            review,
            outcome=row["#outcome"],
            rationale=row["rationale"],
            by=people[row["chair"]],
            at=at,
        )
        Rehearsal.objects.filter(pk=review.pk).update(made_at=at)
