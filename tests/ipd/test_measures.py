"""Measures of seats, over sets of products."""

from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from teams.models import Role
from tests.factories import FunctionFactory, PersonFactory, ProductFactory, SeatFactory


def seat(product, code, **fields):
    fields = {"role": Role.objects.get(code="RD"), "person": None, **fields}
    return SeatFactory(team=product.team, function=FunctionFactory(code=code), **fields)


def test_role_coverage_is_a_ratio_of_sums(process):
    first, second = ProductFactory.create_batch(2)
    seat(first, "A1", person=PersonFactory(), deputy=PersonFactory())
    seat(first, "A2", person=PersonFactory())
    seat(first, "A3", deputy=PersonFactory())
    seat(second, "A1", person=PersonFactory(), deputy=PersonFactory())
    seat(second, "A2", role=Role.objects.get(code="EXPERT"))
    day = today()

    readings = MEASURES["role_coverage"].compute([first.pk, second.pk], day, day)
    whole = MEASURES["role_coverage"].of([first.pk, second.pk], day, day)

    assert (readings[first.pk].numerator, readings[first.pk].denominator) == (1, 3)
    assert readings[second.pk].ratio == 1
    assert MEASURES["role_coverage"].figure(whole) == 50
    assert MEASURES["role_coverage"].of([], day, day).ratio is None


def test_over_allocation_counts_the_holder_s_seats_in_all_teams(process):
    first, second = ProductFactory.create_batch(2)
    busy, calm = PersonFactory(), PersonFactory()
    seat(first, "A1", person=busy, allocation_percent=80)
    seat(second, "A1", person=busy, allocation_percent=30)
    seat(first, "A2", person=calm, allocation_percent=100)
    day = today()

    reading = MEASURES["over_allocation"].compute([first.pk], day, day)[first.pk]

    assert (reading.numerator, reading.denominator) == (1, 2)
