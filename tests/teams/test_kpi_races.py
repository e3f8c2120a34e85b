"""Two who change one card at the same moment: one gets through, the other sees what changed."""

import pytest

from ipd.kernel.access import Stale
from ipd.kernel.days import today
from teams.actions import kpis, targets
from teams.models import Kpi, KpiWeight
from tests.factories import PersonFactory
from tests.factories.kpis import KpiFactory
from tests.races import at_once, by_hands


@pytest.mark.django_db(transaction=True)
def test_a_card_is_changed_once_from_one_version():
    kpi, by = KpiFactory(), PersonFactory()

    def change(number):
        return kpis.change(kpi, by=by, seen_version=1, reason="So", name=f"Name {number}")

    done, refused = at_once(by_hands(change, 4), refusals=Stale)
    assert (len(done), len(refused)) == (1, 3)
    assert Kpi.objects.get().version == 2


@pytest.mark.django_db(transaction=True)
def test_weights_set_at_once_make_a_hundred_whoever_is_last():
    by = PersonFactory()
    sets = [
        {"time": 30, "customer": 20, "cost": 20, "quality": 20, "capability": 10},
        {"time": 5, "customer": 30, "cost": 40, "quality": 20, "capability": 5},
    ]

    def set_them(number):
        return targets.set_weights("PLAN", sets[number], valid_from=today(), by=by)

    at_once(by_hands(set_them, 2))
    kept = dict(KpiWeight.objects.values_list("dimension", "percent"))
    assert kept in sets
