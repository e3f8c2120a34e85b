"""Business cases: entered in a sheet, accepted by a second person, then kept."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from pytest_django.asserts import assertContains

from ipd.actions import cases
from ipd.forms.flow_grids import FlowGrid
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.models import LedgerEntry
from ipd.models import BusinessCase
from ipd.models.cases import Scenario
from ipd.queries import cases as queries
from tests.factories.contracts import CaseFactory, ChangeFactory, ContractFactory
from tests.factories.people import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def controller(house):
    """Finance of the product's team: may change the case, as the lead may."""
    return SeatFactory(team=house.product.team, role__code="FIN", person__name="Cora").person


def url(house, name):
    return reverse(f"ipd:{name}", args=[house.product.pk])


def of(case, name):
    return reverse(f"ipd:{name}", args=[case.pk])


def facts(**more):
    given = {"on": today().isoformat(), "gate": "PDCP", "hurdle_rate": "12", "version": "1"}
    return given | {"years": "8", **more}


def test_the_next_version_begins_as_a_copy(house, as_person):
    CaseFactory(product=house.product)

    answer = as_person(house.lpdt).post(url(house, "case-new"))

    draft = BusinessCase.objects.get(product=house.product, state="draft")
    assert answer["Location"] == of(draft, "case-edit")
    assert (draft.version, draft.by, draft.unit_cost) == (2, house.lpdt, 1000)
    [figures] = queries.figures([draft])
    assert round(figures.npv() / 1_000_000, 2) == Decimal("3.28")
    assert as_person(house.lpdt).post(url(house, "case-new")).status_code == 409


def test_the_sheet_is_entered(house, as_person):
    draft = cases.begin(house.product, by=house.lpdt)
    cells = {"flow-base-0-out-0": "1600000", "flow-base-0-in-1": "2 000 000.50"}

    answer = as_person(house.lpdt).post(of(draft, "case-edit"), facts(**cells, delay_cost="10"))

    assert answer.status_code == 302
    [figures] = queries.figures([BusinessCase.objects.get(pk=draft.pk)])
    assert figures.base.net == [Decimal(-1_600_000), Decimal("2000000.50")]
    assert figures.is_delay_computed


def test_the_sheet_is_pasted_from_a_spreadsheet(house, as_person):
    draft = cases.begin(house.product, by=house.lpdt)
    pasted = "Base, spent\t1,000\t500\nBase, earned\t\t0\t4000\nDownside\t1000\t600\n\t0\t0\t3000"

    answer = as_person(house.lpdt).post(of(draft, "case-edit"), facts(pasted=pasted))

    assert answer.status_code == 302
    [figures] = queries.figures([draft])
    assert figures.base.net == [-1000, -500, 4000]
    assert figures.scenarios[Scenario.DOWNSIDE].net == [-1000, -600, 3000]


def test_a_cell_that_is_no_amount_is_named(house, as_person):
    draft = cases.begin(house.product, by=house.lpdt)

    answer = as_person(house.lpdt).post(
        of(draft, "case-edit"), facts(**{"flow-base-0-in-3": "about 5"})
    )

    assertContains(answer, "“Base, earned”, year 3: “about 5” is no amount", status_code=422)
    assert not draft.flows.exists()


def test_regions_get_their_own_rows_and_sum_up(house, as_person):
    draft = cases.begin(house.product, by=house.lpdt)
    client = as_person(house.lpdt)
    client.post(
        of(draft, "case-edit"),
        facts(**{"region": ["Europe", "Asia"], "flow-base-1-in-1": "10", "flow-base-2-in-1": "30"}),
    )

    [figures] = queries.figures([draft])
    assert figures.base.inflows == [0, 40]
    assert queries.contribution(draft) == [("Asia", 30), ("Europe", 10)]
    assertContains(client.get(of(draft, "case-edit")), "Base, earned, Asia")


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("1\n" * 20, "20 lines for 8 rows"),
        ("\t".join("1" * 12), "more cells than the sheet"),
        ("9" * 17, "no amount"),
        ("5\t1e5", "no amount"),
    ],
)
def test_what_is_pasted_wrongly_is_named(pasted, said):
    data = QueryDict(mutable=True)
    data.update({"pasted": pasted, "years": "8"})

    grid = FlowGrid.sent(data)

    assert not grid.is_valid
    assert any(said in problem for problem in grid.wrong)


def test_the_sheet_comes_back_as_it_was_kept(house):
    case = CaseFactory(product=house.product)

    grid = FlowGrid.stored(case.flows.all())
    data = QueryDict(mutable=True)
    data["years"] = str(grid.years)
    for row in grid.rows:
        for cell in row.cells:
            data[cell.name] = cell.text

    kept = {(f.scenario, f.year): (f.inflow, f.outflow) for f in case.flows.all()}
    again = {
        (row.scenario, row.year): (row.inflow, row.outflow) for row in FlowGrid.sent(data).flows()
    }
    assert again == kept


def test_a_second_person_accepts(house, controller, as_person):
    CaseFactory(product=house.product)
    draft = cases.begin(house.product, by=house.lpdt)
    said = {"version": draft.revision}

    assert as_person(house.lpdt).post(of(draft, "case-acceptance"), said).status_code == 409
    assert as_person(controller).post(of(draft, "case-acceptance"), said).status_code == 302

    draft.refresh_from_db()
    assert (draft.state, draft.accepted_by) == ("accepted", controller)
    assert LedgerEntry.objects.get(kind="business case accepted").actor == controller


def test_a_case_without_flows_is_not_accepted(house, controller):
    draft = cases.begin(house.product, by=house.lpdt)

    with pytest.raises(Refused, match="no flows"):
        cases.accept(draft, by=controller, seen_revision=1)


def test_what_is_accepted_is_kept(house, as_person):
    case = CaseFactory(product=house.product)
    client = as_person(house.lpdt)

    assert client.get(of(case, "case-edit")).status_code == 404
    assert client.post(of(case, "case-edit"), facts()).status_code == 409
    for attempt in (
        lambda: BusinessCase.objects.filter(pk=case.pk).update(note="Another"),
        lambda: case.flows.update(inflow=1),
        lambda: case.flows.first().delete(),
    ):
        with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
            attempt()


def test_two_who_write_a_draft_do_not_overwrite_each_other(house):
    draft = cases.begin(house.product, by=house.lpdt)
    cases.write(draft, facts={"note": "One"}, rows=[], by=house.lpdt, seen_revision=1)

    with pytest.raises(Stale):
        cases.write(draft, facts={"note": "Two"}, rows=[], by=house.lpdt, seen_revision=1)


def test_a_draft_is_given_up_unless_a_request_is_built_on_it(house):
    ContractFactory(product=house.product)
    draft = cases.begin(house.product, by=house.lpdt)
    change = ChangeFactory(product=house.product, case_after=draft)

    with pytest.raises(Refused, match="PCR-1 is built on"):
        cases.discard(draft, by=house.lpdt, seen_revision=1)
    change.delete()
    cases.discard(draft, by=house.lpdt, seen_revision=1)
    assert not BusinessCase.objects.filter(product=house.product).exists()
