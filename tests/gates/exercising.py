"""What somebody says in an exercise, for the action and for the form."""

from gates.actions import exercises
from gates.actions.exercises import Answers
from tests.gates.helpers import outcome

LIST = "/gates/rehearsals/"
WHY = "The case holds at the low price and supply is secured by two sources."


def answers(review, **fields):
    given = {
        "judged": {row.code: "met" for row in review.criteria.all()},
        "outcome": outcome(review, "GO"),
        "reason": WHY,
        "settled_chance": 70,
        "passed_chance": 30,
        "slip_days": 14,
    }
    return Answers(**(given | fields))


def posted(review, exercise, **fields):
    given = {f"judged_{number}": "partly" for number in range(review.criteria.count())} | {
        "version": exercise.version,
        "outcome": outcome(review, "GO").pk,
        "reason": WHY,
        "settled_chance": 70,
        "passed_chance": 30,
        "slip_days": 14,
        "step": "vote",
    }
    return given | fields


def begun(review, person):
    return exercises.start(review, by=person)
