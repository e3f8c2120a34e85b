"""What a decision rests on, in plain values that need no other row: one shape for all records."""

from django.conf import settings

from gates.models import Evidence, ReviewCriterion, Vote
from gates.queries import facts
from ipd.models import Baseline, Contract, Plan, Product
from ipd.queries import budgets


def criteria_of(review):
    """The review's criteria with all that a record says of them."""
    return review.criteria.select_related(
        "function", "owner", "assessed_by", "fact", "waiver__chair", "waiver__function_head"
    ).prefetch_related("evidence")


def criterion(row: ReviewCriterion) -> dict:
    waiver = getattr(row, "waiver", None)
    return {
        "code": row.code,
        "text": row.text,
        "function": row.function.code,
        "weight": row.weight,
        "state": row.state,
        "judged": row.judged,
        "comment": row.comment,
        "fact": facts.said(row),
        "owner": row.owner.name if row.owner else None,
        "assessed_by": row.assessed_by.name if row.assessed_by else None,
        "assessed_at": row.assessed_at.isoformat() if row.assessed_at else None,
        "evidence": [_evidence(item) for item in row.evidence.all()],
        "waiver": {
            "reason": waiver.reason,
            "expires_on": waiver.expires_on.isoformat(),
            "chair": waiver.chair.name,
            "function_head": waiver.function_head.name,
        }
        if waiver and waiver.is_signed
        else None,
    }


def _evidence(item: Evidence) -> dict:
    return {
        "title": item.title,
        "version": item.version,
        "sha256": item.sha256,
        "link": item.link,
        "file_name": item.file_name,
        "dated_on": item.dated_on.isoformat(),
        "is_addendum": item.is_addendum,
    }


def votes_of(review):
    """The votes that stand, of both rounds."""
    votes = Vote.objects.standing().filter(review=review).order_by("round", "voter__name")
    return votes.select_related("voter", "cast_by", "outcome").prefetch_related("scores__criterion")


def vote(row: Vote) -> dict:
    return {
        "round": row.round,
        "voter": row.voter.name,
        "cast_by": row.cast_by.name,
        "outcome": row.outcome.code if row.outcome else None,
        "reason": row.reason,
        "scores": {score.criterion.code: score.score for score in row.scores.all()},
    }


def measures_of(criteria: list[dict]) -> dict[str, dict]:
    """The facts by measure, for the next gate to be held against."""
    return {one["fact"]["measure"]: one["fact"] for one in criteria if one["fact"]}


def basis_of(product: Product) -> dict:
    """Which plan, contract and budget the product worked to; nothing where there is none."""
    plan = Plan.objects.filter(product=product).first()
    baseline = Baseline.objects.filter(plan__product=product).order_by("-number").first()
    contract = Contract.objects.current().filter(product=product).first()
    budget = budgets.of(product).budget
    return {
        "plan": {
            "version": plan.version,
            "finishes_at": plan.finishes_at.isoformat() if plan.finishes_at else None,
        }
        if plan
        else None,
        "baseline": {"number": baseline.number, "name": baseline.name} if baseline else None,
        "contract": {"version": contract.version, "ga_on": contract.ga_on.isoformat()}
        if contract
        else None,
        "budget": {"total": str(budget), "currency": settings.CURRENCY} if budget else None,
    }
