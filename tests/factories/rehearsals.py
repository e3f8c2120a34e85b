"""Rehearsals: an exercise as begun or voted on, and a team's rehearsal with its board."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from gates.actions import rehearsals
from gates.actions.rehearsals import Player
from gates.models import Exercise, Outcome, Rehearsal
from gates.models.rehearsals import Part
from gates.models.reviews import Stage
from tests.factories.gates import ReviewFactory
from tests.factories.people import PersonFactory


class ExerciseFactory(DjangoModelFactory):
    """Begun on a decided review; `voted=True` is voted on, for the outcome of `for_outcome`."""

    class Meta:
        model = Exercise

    class Params:
        for_outcome = "GO"
        voted = factory.Trait(
            voted_at=factory.LazyFunction(timezone.now),
            reason="The case holds and the supply is secured by two sources.",
            settled_chance=70,
            passed_chance=90,
            slip_days=0,
            outcome=factory.LazyAttribute(
                lambda self: Outcome.objects.get(
                    chain=self.review.gate.chain, code=self.for_outcome
                )
            ),
        )

    person = factory.SubFactory(PersonFactory)
    review = factory.SubFactory(ReviewFactory, stage=Stage.DECIDED)


class PlayedFactory(DjangoModelFactory):
    """The rehearsal of a review, at a stage, without anybody in it."""

    class Meta:
        model = Rehearsal

    class Params:
        stage = Stage.LOCKED

    source = factory.SubFactory(ReviewFactory)
    review = factory.LazyAttribute(
        lambda self: ReviewFactory(
            product=self.source.product,
            at=self.source.gate.code,
            stage=self.stage,
            is_rehearsal=True,
            decision=False,
        )
    )
    made_by = factory.SubFactory(PersonFactory)


def rehearsed(source, *, by, chair=None, member=None):
    """A rehearsal of `source` that `by` set up, with a chair and a member of the board."""
    chair, member = chair or PersonFactory(), member or PersonFactory()
    players = [
        Player(chair, chair.function, Part.CHAIR),
        Player(member, member.function, Part.MEMBER),
    ]
    return rehearsals.make(source, players=players, by=by)
