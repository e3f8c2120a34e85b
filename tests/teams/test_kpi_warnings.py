"""Early warning: which teams show which of the three signs, for those who may see them."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from ipd.kernel.access import Refused
from ipd.kernel.models import LedgerEntry
from teams.actions import alerts
from teams.actions import warnings as actions
from teams.models import WarningSign
from teams.queries import warnings
from teams.subjects import subjects
from tests.factories import ProductFactory
from tests.factories.company import seated
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory

pytestmark = pytest.mark.django_db
LAST = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22 09:00Z", tick=False):
        yield


def warned(tells="complaints", code="CSAT", **fields):
    """A KPI that warns: 70, 85 and 92 of a hundred."""
    kpi = KpiFactory(code=code, least_n=1, **fields)
    KpiTargetFactory(kpi=kpi)
    WarningSign.objects.create(kpi=kpi, tells=tells)
    return kpi


def series(kpi, team, *figures, n=30):
    for back, figure in enumerate(reversed(figures)):
        month = date(LAST.year, LAST.month - back, 1)
        KpiReadingFactory(
            kpi=kpi, team=team, month=month, numerator=Decimal(figure), denominator=100, n=n
        )


def of(product) -> dict[str, tuple[str, list[str]]]:
    row = warnings.of_team(subjects().of([product.team_id])[product.team_id])
    return {
        told.kind.value: (told.tone, [one.kpi.code for one in told.warnings]) for told in row.told
    }


def test_outside_its_band_is_grave(house):
    series(warned(), house.product.team, 60)

    assert of(house.product)["complaints"] == ("off", ["CSAT"])


def test_three_worse_in_a_row_warns_inside_the_band(house):
    series(warned(), house.product.team, 90, 89, 88, 87)

    assert of(house.product)["complaints"] == ("risk", ["CSAT"])


def test_one_bad_month_is_quiet(house):
    series(warned(), house.product.team, 90, 91, 88)

    assert of(house.product)["complaints"] == ("on", [])


def test_of_too_few_observations_nothing_is_said(house):
    kpi = warned(code="NPS")
    type(kpi).objects.update(least_n=5)
    series(kpi, house.product.team, 60, n=4)

    assert of(house.product)["complaints"] == ("on", [])


def test_what_was_not_read_is_said_to_be_missing(house):
    warned()

    row = warnings.of_team(subjects().of([house.product.team_id])[house.product.team_id])

    assert [told.missing for told in row.told] == [[], [], ["CSAT"]]
    assert {told.tone for told in row.told} == {"none"}


def test_teams_with_more_of_the_three_come_first(house):
    other = ProductFactory(line=house.line)
    calm = ProductFactory(line=house.line)
    complaints, late = warned(), warned("deadlines", "OTD")
    series(complaints, house.product.team, 60)
    for kpi in (complaints, late):
        series(kpi, other.team, 60)
        series(kpi, calm.team, 91)
    alerts.raise_for()

    page = warnings.page(house.chair)

    assert [row.subject.measured for row in page.rows] == [other.pk, house.product.pk]
    assert page.warned == 2
    assert len(warnings.page(house.chair, tells="deadlines").rows) == 1
    assert warnings.page(house.chair, group="elsewhere").rows == []


def test_a_confidential_team_warns_those_who_may_see_it(client, house):
    hidden = house.confidential_product
    series(warned(), hidden.team, 60)
    alerts.raise_for()
    chair = seated(hidden.team, "RD", "RD")
    address = reverse("teams:kpi-team-warnings", args=[hidden.team_id])

    client.force_login(house.outsider)
    assert hidden.code not in client.get(reverse("teams:kpi-warnings")).text
    assert client.get(address).status_code == 404

    client.force_login(chair)
    assert hidden.code in client.get(reverse("teams:kpi-warnings")).text
    assert client.get(address).status_code == 200


def test_the_page_costs_the_same_for_any_number_of_teams(
    client, house, django_assert_max_num_queries
):
    kpi = warned()
    client.force_login(house.chair)
    counts = []
    for rows in (1, 3):
        for _row in range(rows):
            series(kpi, ProductFactory(line=house.line).team, 60)
        alerts.raise_for()
        with django_assert_max_num_queries(14) as seen:
            client.get(reverse("teams:kpi-warnings"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_a_kpi_tells_one_of_the_three(house):
    kpi, money = KpiFactory(), KpiFactory(unit="money")

    actions.choose({"deadlines": [kpi]}, by=house.secretary)
    assert WarningSign.objects.get().tells == "deadlines"
    assert LedgerEntry.objects.get(kind="kpi-warnings").body == {kpi.code: "deadlines"}

    actions.choose({"complaints": [kpi]}, by=house.secretary)
    assert WarningSign.objects.get().tells == "complaints"
    for wrong in ({"deadlines": [kpi], "complaints": [kpi]}, {"deadlines": [money]}):
        with pytest.raises(Refused):
            actions.choose(wrong, by=house.secretary)


def test_who_may_define_kpis_chooses_them(client, house):
    client.force_login(house.chair)
    assert client.get(reverse("teams:kpi-warning-signs")).status_code == 403


def test_a_team_s_page_shows_the_signs_that_last(client, house):
    series(warned(), house.product.team, 60)
    client.force_login(house.outsider)
    address = house.product.team.get_absolute_url()
    assert "Early warning" not in client.get(address).text

    alerts.raise_for()

    assert reverse("teams:kpi-team-warnings", args=[house.product.team_id]) in (
        client.get(address).text
    )
