"""Votes, scores and dissents of reviews that were held."""

from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gates.models import Decision, Dissent, Score, Vote
from gates.models.reviews import Stage
from gates.tables.criteria import OfCriterion, criterion_ids
from gates.tables.definitions import REVIEW, OfReview, definitions, noon, review_id
from ipd.kernel.tables.columns import Reference, Text, Whole
from ipd.kernel.tables.register import table
from ipd.kernel.tables.table import BATCH, PK

VOTE = (*REVIEW, "round", "voter")


def only_while_coming_in(table, row, company, column: str) -> None:
    """Such rows come in with their review's outcome, not before it and not after."""
    review = table.review_of(row, company)
    if review is None:
        return
    stored = company.stored("reviews").get(tuple(row[name] for name in REVIEW))
    if not review["held"]:
        company.problem(table, row, column, gettext("a review that was held; this one is open"))
        return
    is_new = table.key_of(row) not in company.stored(table.name)
    if is_new and stored and stored["at_stage"] == Stage.DECIDED:
        accepted = gettext("a row that came in with the decision; it is closed now")
        company.problem(table, row, column, accepted)


@table
class Votes(OfReview):
    name, title = "votes", _("Votes")
    about = _("Votes of reviews that were held, by round. A blank outcome is an abstention.")
    fixed = _("Votes are never edited.")
    key = VOTE
    columns = (
        *OfReview.review_columns,
        Whole(name="round", lowest=1, highest=2),
        Reference(name="voter", to="people"),
        Text(name="outcome", longest=30, required=False),
        Text(name="reason", required=False),
    )

    def stored(self):
        votes = Vote.objects.standing().filter(review__is_rehearsal=False).order_by()
        for row in votes.values(
            "round",
            "reason",
            "pk",
            product=F("review__product__code"),
            gate=F("review__gate__code"),
            attempt=F("review__attempt"),
            voted=F("voter__code"),
            chosen=F("outcome__code"),
        ).iterator(chunk_size=5000):
            row["voter"], row["outcome"] = row.pop("voted"), row.pop("chosen") or ""
            yield row

    def check(self, rows, company):
        known = company.once(definitions)
        for row in rows:
            only_while_coming_in(self, row, company, "voter")
            row["#outcome"] = known.outcome(row)
            if row["outcome"] and row["#outcome"] is None:
                company.problem(self, row, "outcome", gettext("an outcome of the gate's chain"))
            if not row["outcome"] and not row["reason"]:
                company.problem(self, row, "reason", gettext("a reason for the abstention"))

    def add(self, rows, company):
        made = Vote.objects.bulk_create(
            [
                Vote(
                    review_id=review_id(row, company),
                    round=row["round"],
                    voter_id=company.id("people", row["voter"]),
                    cast_by_id=company.id("people", row["voter"]),
                    outcome=row["#outcome"],
                    reason=row["reason"],
                    cast_at=noon(self.review_of(row, company)["held"]),
                )
                for row in rows
            ],
            batch_size=BATCH,
        )
        for row, vote in zip(rows, made, strict=True):
            row[PK] = vote.pk


@table
class Scores(OfCriterion):
    name, title = "scores", _("Scores")
    about = _("A voter's score of one criterion, given with a vote.")
    fixed = _("Scores are never edited.")
    key = (*VOTE, "criterion")
    follows = ("votes",)
    columns = (
        *OfReview.review_columns,
        Whole(name="round", lowest=1, highest=2),
        Reference(name="voter", to="people"),
        Text(name="criterion", longest=20),
        Whole(name="score", highest=10, help=_("0 not at all, 10 fully.")),
    )

    def stored(self):
        scores = Score.objects.filter(
            vote__superseded_at=None, vote__review__is_rehearsal=False
        ).order_by()
        for row in scores.values(
            "score",
            "pk",
            product=F("vote__review__product__code"),
            gate=F("vote__review__gate__code"),
            attempt=F("vote__review__attempt"),
            round=F("vote__round"),
            voter=F("vote__voter__code"),
            asked=F("criterion__code"),
        ).iterator(chunk_size=5000):
            row["criterion"] = row.pop("asked")
            yield row

    def check(self, rows, company):
        stored = company.stored(self.name)
        for row in rows:
            vote = tuple(row[name] for name in VOTE)
            if self.criterion_of(row, company) is None:
                continue
            if company.final("votes", *vote) is None and "votes" not in company.incomplete:
                company.problem(self, row, "voter", gettext("a voter with a row in votes"))
            elif vote in company.stored("votes") and self.key_of(row) not in stored:
                accepted = gettext("a row that came in with its vote; it is closed now")
                company.problem(self, row, "score", accepted)

    def add(self, rows, company):
        ids = criterion_ids(rows, company)
        Score.objects.bulk_create(
            [
                Score(
                    vote_id=company.id("votes", *(row[name] for name in VOTE)),
                    criterion_id=ids[review_id(row, company), row["criterion"]],
                    score=row["score"],
                )
                for row in rows
            ],
            batch_size=BATCH,
        )


@table
class Dissents(OfReview):
    name, title = "dissents", _("Dissents")
    about = _("Members who disagreed with a decision, by name and with a reason.")
    fixed = _("Dissents are never edited.")
    key = (*REVIEW, "person")
    follows = ("reviews", "decide_held_reviews")
    columns = (
        *OfReview.review_columns,
        Reference(name="person", to="people"),
        Text(name="reason"),
    )

    def stored(self):
        dissents = Dissent.objects.filter(decision__superseded_at=None).order_by()
        for row in dissents.values(
            "reason",
            "pk",
            product=F("decision__review__product__code"),
            gate=F("decision__review__gate__code"),
            attempt=F("decision__review__attempt"),
            who=F("person__code"),
        ):
            row["person"] = row.pop("who")
            yield row

    def check(self, rows, company):
        for row in rows:
            only_while_coming_in(self, row, company, "person")

    def add(self, rows, company):
        reviews = [review_id(row, company) for row in rows]
        decisions = dict(
            Decision.objects.filter(review__in=reviews, superseded_at=None).values_list(
                "review", "pk"
            )
        )
        Dissent.objects.bulk_create(
            Dissent(
                decision_id=decisions[review],
                person_id=company.id("people", row["person"]),
                reason=row["reason"],
            )
            for review, row in zip(reviews, rows, strict=True)
        )
