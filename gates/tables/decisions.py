"""Held reviews become decided, once all that was decided on is in."""

from gates.actions import meetings, portfolio
from gates.models import Decision, Review
from gates.models.reviews import Stage
from gates.tables.definitions import noon
from ipd.kernel.tables.register import after_import, step
from ipd.kernel.tables.table import BATCH, PK


@step(follows=("reviews", "assessments", "evidence", "votes", "scores", "waivers"))
def decide_held_reviews(company):
    """The files' outcomes as imported decisions, which no ledger entry of their own covers."""
    touched = company.touched["reviews"]
    rows = [
        row
        for row in company.read.get("reviews", {}).values()
        if row["held"] and row.get(PK) in touched
    ]
    reviews = Review.objects.in_bulk([row[PK] for row in rows])
    decisions = []
    for row in rows:
        review = reviews[row[PK]]
        review.stage, review.outcome = Stage.DECIDED, row["#outcome"]
        review.held_on, review.decided_at = row["held"], noon(row["held"])
        decisions.append(
            Decision(
                review=review,
                outcome=row["#outcome"],
                rationale=row["rationale"],
                override_rationale=row["override_rationale"],
                reason_code=row["#reason"],
                next_on=row["next_on"],
                decided_by_id=company.id("people", row["decided_by"]),
                decided_at=review.decided_at,
                is_imported=True,
            )
        )
    fields = ["stage", "outcome", "held_on", "decided_at"]
    Review.objects.bulk_update(reviews.values(), fields, batch_size=BATCH)
    Decision.objects.bulk_create(decisions, batch_size=BATCH)


@after_import
def refresh_portfolio(company):
    """The portfolio's rows of all products that were touched, and what waits for meetings."""
    follow = meetings.moved if company.touched["reviews"] else portfolio.refresh
    follow(company.touched["products"])
