"""Reviews in each of their stages, and what belongs to them."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from gates.models import (
    Condition,
    Decision,
    Evidence,
    GateDefinition,
    Outcome,
    Question,
    Review,
    ReviewCriterion,
    Score,
    Vote,
    Waiver,
)
from gates.models.reviews import Stage
from ipd.kernel.days import add_working_days, today
from teams.models import Function
from tests.factories.people import FunctionFactory, PersonFactory
from tests.factories.products import ProductFactory

STAGES = [
    Stage.PREPARING,
    Stage.LOCKED,
    Stage.FIRST_VOTE,
    Stage.REVEALED,
    Stage.SECOND_VOTE,
    Stage.DECIDED,
]


def _reached(stage):
    """A moment some hours ago when the review has come as far as `stage`, else nothing."""

    def moment(review):
        here = STAGES.index(review.stage) if review.stage in STAGES else -1
        there = STAGES.index(stage)
        return timezone.now() - timedelta(hours=6 - there) if here >= there else None

    return factory.LazyAttribute(moment)


class ReviewFactory(DjangoModelFactory):
    """A review of the gate whose code is `at`, with all its criteria, met unless said otherwise.

    With `stage="decided"` it has its decision, too: the outcome whose code is `ended_in`.
    """

    class Meta:
        model = Review
        skip_postgeneration_save = True

    class Params:
        at = "PDCP"
        ended_in = "GO"

    product = factory.SubFactory(ProductFactory)
    gate = factory.LazyAttribute(
        lambda self: GateDefinition.objects.select_related("chain", "next_phase").get(
            chain__process=self.product.process, code=self.at
        )
    )
    label = factory.LazyAttribute(lambda self: self.gate.code)
    body = factory.LazyAttribute(
        lambda self: self.product.line.bodies.get(kind=self.gate.chain.body).team
    )
    stage = Stage.PREPARING
    planned_on = factory.LazyAttribute(
        lambda self: today() if self.stage in {*STAGES[2:]} else add_working_days(today(), 3)
    )
    baseline_on = factory.SelfAttribute("planned_on")
    locked_at = _reached(Stage.LOCKED)
    opened_at = _reached(Stage.FIRST_VOTE)
    revealed_at = _reached(Stage.REVEALED)
    decided_at = _reached(Stage.DECIDED)
    held_on = factory.LazyAttribute(lambda self: self.planned_on if self.decided_at else None)
    outcome = factory.LazyAttribute(
        lambda self: (
            Outcome.objects.get(chain=self.gate.chain, code=self.ended_in)
            if self.stage == Stage.DECIDED
            else None
        )
    )

    @factory.post_generation
    def criteria(self, create, extracted, state="met", by=None):
        """criteria__state, criteria__by: how and by whom all were assessed; False: none."""
        if extracted is False:
            return
        by = by or (PersonFactory() if state != "no_data" else None)
        functions = {one.code: one for one in Function.objects.all()}
        ReviewCriterion.objects.bulk_create(
            ReviewCriterion(
                review=self,
                code=one.code,
                function=functions.get(one.function) or FunctionFactory(code=one.function),
                weight=one.weight,
                text=one.text,
                evidence_asked=one.evidence,
                order=one.order,
                state=state,
                assessed_by=by,
                assessed_at=timezone.now() if by else None,
            )
            for one in self.gate.criteria.all()
        )

    @factory.post_generation
    def decision(self, create, extracted, **fields):
        if self.stage == Stage.DECIDED and extracted is not False:
            DecisionFactory(review=self, outcome=self.outcome, **fields)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    title = factory.Sequence("Test report {}".format)
    link = "https://plm.example.org/report/1"
    sha256 = "0" * 64
    dated_on = factory.LazyFunction(today)
    added_by = factory.SubFactory(PersonFactory)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    text = "Which customers were asked?"
    asked_by = factory.SubFactory(PersonFactory)


class VoteFactory(DjangoModelFactory):
    """A vote for the outcome whose code is `for_outcome`."""

    class Meta:
        model = Vote

    class Params:
        for_outcome = "GO"

    review = factory.SubFactory(ReviewFactory, stage=Stage.FIRST_VOTE)
    round = factory.LazyAttribute(lambda self: self.review.current_round)
    voter = factory.SubFactory(PersonFactory)
    cast_by = factory.SelfAttribute("voter")
    outcome = factory.LazyAttribute(
        lambda self: Outcome.objects.get(chain=self.review.gate.chain, code=self.for_outcome)
    )
    cast_at = factory.LazyFunction(timezone.now)


class ScoreFactory(DjangoModelFactory):
    class Meta:
        model = Score

    vote = factory.SubFactory(VoteFactory)
    criterion = factory.LazyAttribute(lambda self: self.vote.review.criteria.first())
    score = 8


class WaiverFactory(DjangoModelFactory):
    class Meta:
        model = Waiver

    reason = "The certificate arrives after the pilot run."
    expires_on = factory.LazyFunction(lambda: today() + timedelta(days=60))
    requested_by = factory.SubFactory(PersonFactory)


class DecisionFactory(DjangoModelFactory):
    """The decision of a review that is decided already, as an import would leave it."""

    class Meta:
        model = Decision

    review = factory.SubFactory(ReviewFactory, stage=Stage.DECIDED, decision=False)
    outcome = factory.SelfAttribute("review.outcome")
    rationale = "The case holds at the low price."
    decided_by = factory.SubFactory(PersonFactory)
    decided_at = factory.LazyAttribute(lambda self: self.review.decided_at)
    is_imported = True


class ConditionFactory(DjangoModelFactory):
    """An open condition of a decided review, due in a month."""

    class Meta:
        model = Condition

    review = factory.SubFactory(ReviewFactory, stage=Stage.DECIDED, ended_in="GO_COND")
    number = factory.Sequence(lambda n: n + 1)
    text = "Second source for the main board is qualified."
    kind = "subsequent"
    owner = factory.SubFactory(PersonFactory)
    function = factory.LazyAttribute(lambda self: self.owner.function)
    due_on = factory.LazyFunction(lambda: today() + timedelta(days=30))
    original_due_on = factory.SelfAttribute("due_on")
    acceptance_test = "First article report of the second supplier, signed by quality."
    verifier = factory.SubFactory(PersonFactory)
    consequence = "The line review stops the ramp."
