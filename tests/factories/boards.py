"""Own boards, their tiles, and alerts."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from teams.models import KpiAlert, KpiBoard, KpiBoardTile
from tests.factories.kpis import KpiFactory
from tests.factories.people import PersonFactory, TeamFactory


class KpiBoardFactory(DjangoModelFactory):
    class Meta:
        model = KpiBoard

    person = factory.SubFactory(PersonFactory)
    name = factory.Sequence("Board {}".format)


class KpiBoardTileFactory(DjangoModelFactory):
    """Of the company."""

    class Meta:
        model = KpiBoardTile

    board = factory.SubFactory(KpiBoardFactory)
    kpi = factory.SubFactory(KpiFactory)
    order = factory.Sequence(int)


class KpiAlertFactory(DjangoModelFactory):
    class Meta:
        model = KpiAlert

    kpi = factory.SubFactory(KpiFactory)
    team = factory.SubFactory(TeamFactory)
    kind = "outside"
    raised_in = date(2026, 10, 1)
