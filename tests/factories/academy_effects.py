"""Studies with rows, and what learners, managers and assessors say."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from teams.models import GatePack, PackRating, StageFeedback, Study, StudyCohort, StudyRow
from tests.factories.academy import CohortFactory, EnrolmentFactory, PathStageFactory
from tests.factories.people import PersonFactory

# domain.md §7.3: team scores before and after, trained-led and comparison.
TRAINED = [(68, 77), (74, 80), (71, 79), (66, 78), (77, 78)]
OTHERS = [(73, 75), (70, 76), (75, 77), (72, 74), (74, 79), (74, 76)]


class StudyFactory(DjangoModelFactory):
    class Meta:
        model = Study

    code = factory.Sequence("study-{}".format)
    title = factory.LazyAttribute(lambda self: f"Question {self.code}")
    path_code = "LPDT-1"
    outcome = "share"
    measured = "promotion"
    months = 12
    design = "matched"
    matched_on = "function, grade"
    registered_on = date(2025, 1, 6)


class StudyCohortFactory(DjangoModelFactory):
    class Meta:
        model = StudyCohort

    study = factory.SubFactory(StudyFactory)
    cohort = factory.SubFactory(CohortFactory)


class StageFeedbackFactory(DjangoModelFactory):
    class Meta:
        model = StageFeedback

    enrolment = factory.SubFactory(EnrolmentFactory)
    stage = factory.SubFactory(PathStageFactory)
    relevance, confidence, recommends = 5, 4, 4
    given_on = date(2026, 11, 1)


class GatePackFactory(DjangoModelFactory):
    class Meta:
        model = GatePack

    code = factory.Sequence("pack-{}".format)
    title = factory.LazyAttribute(lambda self: f"Pack {self.code}")
    link = "/gates/"
    leader = factory.SubFactory(PersonFactory)
    locked_on = date(2026, 10, 1)
    was_trained = False


class PackRatingFactory(DjangoModelFactory):
    class Meta:
        model = PackRating

    pack = factory.SubFactory(GatePackFactory)
    assessor = factory.SubFactory(PersonFactory)


def promoted(study, *, trained=(7, 22), others=(6, 30)) -> None:
    """Rows of people, of whom so many were promoted."""
    StudyRow.objects.bulk_create(
        StudyRow(study=study, arm=arm, reference=f"{arm}-{n}", happened=n < hits)
        for arm, (hits, of) in (("trained", trained), ("comparison", others))
        for n in range(of)
    )


def scored(study, *, trained=TRAINED, others=OTHERS) -> None:
    """Rows of teams with their scores."""
    StudyRow.objects.bulk_create(
        StudyRow(
            study=study,
            arm=arm,
            reference=f"{arm}-{n}",
            before=Decimal(before),
            after=Decimal(after),
        )
        for arm, pairs in (("trained", trained), ("comparison", others))
        for n, (before, after) in enumerate(pairs)
    )
