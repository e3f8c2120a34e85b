"""What tests of KPI pages do again and again: a KPI that is due, a reading of it, a page's text."""

from django.urls import reverse

from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory


def due_kpi(code, **fields):
    """A KPI with a target in every phase."""
    return KpiTargetFactory(kpi=KpiFactory(code=code, **fields)).kpi


def read(kpi, team, percent, **fields):
    """So many of a hundred, in October 2026 unless another month is said."""
    return KpiReadingFactory(kpi=kpi, team=team, numerator=percent, denominator=100, **fields)


def text_of(client, name, *args, **query):
    response = client.get(reverse(name, args=args, query=query or None))
    assert response.status_code == 200, response.status_code
    return response.content.decode()
