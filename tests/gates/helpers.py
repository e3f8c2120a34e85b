"""Short ways to the terms and votes that deciding needs."""

from datetime import timedelta
from decimal import Decimal

from gates.actions import decisions, processes, votes
from gates.actions.terms import NewCondition, Terms
from gates.models import Outcome, Presence
from gates.models.reviews import Stage
from ipd.kernel.days import today
from tests.factories.company import FILE

WHY = "The business case holds at the target cost, all musts are met and the supply is secured."


def outcome(review, code):
    return Outcome.objects.get(chain=review.gate.chain, code=code)


def everybody_enters(review, house):
    from django.utils import timezone

    for person in house.voters:
        Presence.objects.update_or_create(
            review=review, person=person, defaults={"last_seen_at": timezone.now()}
        )


def all_vote(review, house, code, *, round=1):  # noqa: A002
    for person in house.voters:
        votes.cast(review, voter=person, by=person, round=round, outcome=outcome(review, code))


def terms(**fields):
    given = {
        "rationale": WHY,
        "next_on": today() + timedelta(days=30),
        "amount": Decimal("1250000"),
    }
    return Terms(**(given | fields))


def condition(house, **fields):
    given = {
        "text": "Second source qualified",
        "kind": "subsequent",
        "owner": house.core_member,
        "function": house.core_member.function,
        "due_on": today() + timedelta(days=20),
        "acceptance_test": "Qualification report accepted",
        "verifier": house.pqa,
        "consequence": "The ramp order is not placed.",
    }
    return NewCondition(**(given | fields))


def revealed(house, **fields):
    """A review whose votes are open, with everybody there and in favour."""
    review = house.review(stage=Stage.FIRST_VOTE, **fields)
    everybody_enters(review, house)
    all_vote(review, house, "GO")
    return votes.reveal(review, by=house.chair, seen_version=review.version)


def decide(review, house, code, **fields):
    return decisions.decide(
        review,
        by=house.chair,
        seen_version=review.version,
        outcome=outcome(review, code),
        terms=terms(**fields),
    )


def with_rule(act, chain="DCP"):
    """The delivered process, and a rule about one act more."""
    source = FILE.read_text().replace('version = "1"', 'version = "9"')
    rule = f'  {{ act = "{act}", chain = "{chain}", path = "LPDT-1" }},\n'
    processes.load(source.replace("practice = [\n", f"practice = [\n{rule}"))
