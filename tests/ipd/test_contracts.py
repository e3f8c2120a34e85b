"""The contract: drafted by the team, signed by a gate's decision, and kept from then on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.models import Review
from ipd.actions import contracts, standings
from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import touches
from ipd.kernel.days import add_working_days, today
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import LedgerEntry, Notice, Touch
from ipd.models import Contract, ContractStanding
from ipd.queries import contracts as queries
from tests.factories.contracts import CaseFactory, ContractFactory, ordinal
from tests.gates.helpers import decide, revealed

pytestmark = pytest.mark.django_db


def url(house, noun="", *more):
    return reverse(f"ipd:contract{noun}", args=[house.product.pk, *more])


def standing(house, code):
    return ContractStanding.objects.get(product=house.product, code=code)


def measure(key, product):
    return (
        MEASURES[key].compute([product.pk], today() - timedelta(days=365), today()).get(product.pk)
    )


# Drafting ---------------------------------------------------------------------------------


def test_a_draft_proposes_what_the_case_says(house, as_person):
    CaseFactory(product=house.product)

    assert as_person(house.lpdt).post(url(house, "-draft")).status_code == 302

    draft = Contract.objects.get(product=house.product)
    promised = {element.code: element.promised for element in draft.elements.all()}
    assert (draft.is_draft, draft.version, draft.drafted_by) == (True, 1, house.lpdt)
    assert round(promised["NPV"] / 1_000_000, 2) == Decimal("3.28")
    assert (promised["UNIT_COST"], promised["MARGIN"]) == (1000, 50)


def test_there_is_one_draft_and_none_beside_a_contract(house):
    contracts.begin(house.product, by=house.lpdt)

    with pytest.raises(Refused, match="draft already"):
        contracts.begin(house.product, by=house.lpdt)
    contracts.sign(house.product, decision="PDCP", by=house.chair)
    with pytest.raises(Refused, match="change request"):
        contracts.begin(house.product, by=house.lpdt)


def test_the_draft_is_edited_on_its_page(house, as_person):
    promised = {"NPV": Decimal("3283979.8144"), "MARGIN": Decimal("57.5269")}
    draft = ContractFactory(product=house.product, draft=True, promised=promised)
    client, day = as_person(house.lpdt), add_working_days(today(), 200)
    page = client.get(url(house, "-draft"))
    data = {name: field.value() for name, field in _fields(page.context["form"])}
    data |= {"promised-GA": day.isoformat(), "promised-RD_COST": "9600000"}

    assert client.post(url(house, "-draft"), data).status_code == 302

    draft.refresh_from_db()
    assert (draft.ga_on, draft.revision) == (day, 2)
    assert draft.elements.get(code="RD_COST").promised == 9_600_000


def _fields(form):
    return [(field.html_name, field) for field in form]


def test_a_promise_that_is_no_figure_is_shown_again(house, as_person):
    ContractFactory(product=house.product, draft=True)
    client = as_person(house.lpdt)
    page = client.get(url(house, "-draft"))
    data = {name: field.value() for name, field in _fields(page.context["form"])}

    answer = client.post(url(house, "-draft"), data | {"promised-RD_COST": "much"})

    assertContains(answer, "Enter a number", status_code=422)


def test_two_who_write_a_draft_do_not_overwrite_each_other(house):
    draft = ContractFactory(product=house.product, draft=True)
    given = {"promised": {"SCOPE": Decimal(41)}, "reason": "", "by": house.lpdt}
    contracts.propose(draft, **given, seen_revision=1)

    with pytest.raises(Stale):
        contracts.propose(draft, **given, seen_revision=1)


def test_a_draft_can_be_given_up(house, as_person):
    draft = ContractFactory(product=house.product, draft=True)

    as_person(house.lpdt).post(url(house, "-draft-removal"), {"version": draft.revision})

    assert not Contract.objects.filter(product=house.product).exists()


# Signing ----------------------------------------------------------------------------------


def test_the_go_of_the_gate_signs_the_draft(house):
    draft = ContractFactory(product=house.product, draft=True)
    review = revealed(house)

    decide(review, house, "GO")

    draft.refresh_from_db()
    house.product.refresh_from_db()
    assert (draft.is_current, draft.signed_by, draft.signed_on) == (True, house.chair, today())
    assert draft.decision.startswith("PDCP, decision")
    assert house.product.ga_on == draft.ga_on
    assert queries.ga_dates([house.product.pk]) == {house.product.pk: draft.ga_on}
    entry = LedgerEntry.objects.get(kind="contract signed")
    assert entry.body["promised"]["SCOPE"] == "40.0000"
    assert Notice.objects.filter(person=house.core_member, text__contains="is signed").exists()
    assert measure("contract_signed", house.product).numerator == 1


def test_another_outcome_signs_nothing(house):
    draft = ContractFactory(product=house.product, draft=True)
    review = revealed(house)

    decide(
        review,
        house,
        "REDIRECT",
        reason_code=review.gate.chain.process.reason_codes.first(),
        changes_asked="A second source.",
        override_rationale="The supply risk that came up today outweighs the case presented.",
    )

    draft.refresh_from_db()
    assert draft.is_draft


def test_until_the_first_is_signed_the_draft_s_date_is_held_against_the_plan(house):
    draft = ContractFactory(product=house.product, draft=True)
    assert queries.ga_dates([house.product.pk]) == {house.product.pk: draft.ga_on}


def test_without_a_draft_a_go_signs_nothing(house):
    decide(revealed(house), house, "GO")

    assert not Contract.objects.exists()


def test_a_stop_ends_the_contract(house):
    contract = ContractFactory(product=house.product)
    contracts.end(house.product, decision="IDCP", by=house.chair)

    contract.refresh_from_db()
    assert (contract.is_current, contract.ended_on) == (False, today())
    assert queries.ga_dates([house.product.pk]) == {}
    assert LedgerEntry.objects.filter(kind="contract ended").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda contract: Contract.objects.filter(pk=contract.pk).update(reason="Another"),
        lambda contract: Contract.objects.filter(pk=contract.pk).update(ga_on=date(2030, 1, 1)),
        lambda contract: contract.delete(),
        lambda contract: contract.elements.update(promised=1),
        lambda contract: contract.elements.first().delete(),
    ],
)
def test_what_is_signed_is_kept_by_the_database(house, change):
    contract = ContractFactory(product=house.product)

    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        change(contract)


# Standing ---------------------------------------------------------------------------------


def test_a_promise_is_held_against_what_the_measure_reads(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 990})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk])

    unit = standing(house, "UNIT_COST")
    assert (unit.value, unit.standing) == (1000, "inside")
    assert standing(house, "DEFECTS").standing == "unknown"


@pytest.mark.parametrize(
    ("promised", "found"), [(1000, "inside"), (980, "warning"), (970, "broken"), (1100, "inside")]
)
def test_three_percent_of_unit_cost_are_the_team_s(house, promised, found):
    ContractFactory(product=house.product, promised={"UNIT_COST": promised})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk], ask=False)

    assert standing(house, "UNIT_COST").standing == found


@pytest.mark.parametrize(
    ("days_late", "found"),
    [
        (0, "inside"),
        (5, "inside"),
        (6, "warning"),
        (10, "warning"),
        (11, "broken"),
        (-20, "inside"),
    ],
)
def test_ten_working_days_are_the_team_s(house, days_late, found):
    contract = ContractFactory(product=house.product, ga_on=add_working_days(today(), 100))
    late = add_working_days(contract.ga_on, days_late) if days_late else contract.ga_on

    element = contract.elements.get(code="GA")

    assert element.missed(ordinal(late)) == days_late
    assert element.judge(ordinal(late), today()) == found


def test_far_away_five_percent_of_the_way_are_wider_than_ten_days(house):
    contract = ContractFactory(product=house.product, ga_on=add_working_days(today(), 300))

    assert contract.elements.get(code="GA").tolerance(today()).allowed == 15


def test_a_broken_promise_asks_for_an_unplanned_gate_once(house):
    contract = ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk])
    standings.renew([house.product.pk])

    review = Review.objects.get(product=house.product, gate__unplanned=True)
    assert "Unit cost" in review.reason
    assert "900" not in review.reason
    assert standing(house, "UNIT_COST").asked_for == contract.version
    told = Notice.objects.filter(text__contains="broken").values_list("person__name", flat=True)
    assert sorted(told) == ["Charlotte Chair", "Lena Lead"]


def test_after_the_gate_it_does_not_ask_again_for_the_same_version(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    CaseFactory(product=house.product)
    standings.renew([house.product.pk])
    Review.objects.filter(gate__unplanned=True).update(stage="withdrawn")

    standings.renew([house.product.pk])

    assert not Review.objects.open().filter(gate__unplanned=True).exists()


def test_what_comes_in_broken_asks_for_nothing(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    CaseFactory(product=house.product)

    standings.renew([house.product.pk], ask=False)
    standings.renew([house.product.pk])

    assert not Review.objects.filter(gate__unplanned=True).exists()
    assert standing(house, "UNIT_COST").standing == "broken"


def test_a_touched_product_is_read_and_who_follows_the_standing_is_touched(house):
    ContractFactory(product=house.product)
    CaseFactory(product=house.product)
    Touch.objects.all().delete()
    touches.touch([house.product.pk])

    touches.follow_up()

    assert standing(house, "NPV").standing == "inside"
    assert Touch.objects.filter(product_id=house.product.pk).exists()
    touches.follow_up()
    assert not Touch.objects.exists()


def test_how_much_of_the_contract_holds(house):
    ContractFactory(product=house.product, promised={"UNIT_COST": 900, "MARGIN": 50})
    CaseFactory(product=house.product)
    standings.renew([house.product.pk], ask=False)

    reading = measure("contract_within_tolerance", house.product)

    assert (reading.numerator, reading.denominator) == (3, 4)
    deviation = MEASURES["unit_cost_deviation"].figure(
        measure("unit_cost_deviation", house.product)
    )
    assert round(deviation, 2) == Decimal("11.11")


# Readings ---------------------------------------------------------------------------------


def readings_of(house, code):
    element = Contract.objects.current().get(product=house.product).elements.get(code=code)
    return reverse("ipd:contract-reading", args=[element.pk])


def enter(client, house, code="DEFECTS", **fields):
    given = {"value": "2", "on": today().isoformat(), "source": "Defect list"}
    return client.post(readings_of(house, code), given | fields)


def test_a_reading_is_judged_at_once(house, as_person):
    ContractFactory(product=house.product)

    assert enter(as_person(house.pqa), house).status_code == 302

    assert standing(house, "DEFECTS").standing == "broken"
    assert Review.objects.filter(product=house.product, gate__unplanned=True).exists()
    page = as_person(house.pqa).get(readings_of(house, "DEFECTS"))
    assertContains(page, "Defect list")


def test_a_later_reading_counts_and_none_is_changed(house, as_person):
    ContractFactory(product=house.product)
    client = as_person(house.pqa)
    enter(client, house, on=(today() - timedelta(days=30)).isoformat())
    enter(client, house, value="0")

    assert standing(house, "DEFECTS").standing == "inside"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        house.product.contract_readings.update(value=0)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"on": (date.today() + timedelta(days=400)).isoformat()}, 422),  # noqa: DTZ011
        ({"source": ""}, 422),
        ({"value": "many"}, 422),
        ({"code": "UNIT_COST"}, 403),
    ],
)
def test_readings_that_are_refused(house, as_person, fields, status):
    ContractFactory(product=house.product)
    code = fields.pop("code", "DEFECTS")

    who = house.core_member if status == 403 else house.pqa
    assert enter(as_person(who), house, code, **fields).status_code == status
    assert not house.product.contract_readings.exists()


def test_nobody_enters_what_is_measured(house, as_person):
    ContractFactory(product=house.product)
    CaseFactory(product=house.product)

    answer = enter(as_person(house.lpdt), house, "UNIT_COST")

    assertContains(answer, "nobody enters it", status_code=409)


# The page ---------------------------------------------------------------------------------


def test_the_page_shows_variance_against_both_versions(house, as_person):
    first = ContractFactory(product=house.product, promised={"UNIT_COST": 900})
    Contract.objects.filter(pk=first.pk).update(is_current=False, ended_on=today())
    ContractFactory(product=house.product, promised={"UNIT_COST": 1010})
    CaseFactory(product=house.product)
    standings.renew([house.product.pk], ask=False)

    page = as_person(house.lpdt).get(url(house))

    assertContains(page, "10 EUR (1.0 %) better")
    assertContains(page, "100 EUR (11.1 %) worse")
    assertContains(page, "Version 2")


def test_without_the_grant_no_amount_is_shown(house, as_person):
    ContractFactory(product=house.product, promised={"RD_COST": 31_337_773, "UNIT_COST": 31_337})
    CaseFactory(product=house.product, unit_cost=Decimal("31338"))
    standings.renew([house.product.pk], ask=False)

    for who in (house.core_member, house.outsider):
        page = as_person(who).get(url(house))
        assertContains(page, "restricted")
        assertNotContains(page, "31,33")
        assertNotContains(page, "3133")
        [version] = house.product.contracts.all()
        page = as_person(who).get(reverse("ipd:contract-version", args=[version.pk]))
        assertNotContains(page, "31,33")


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_costs_the_same_however_many_versions(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, versions
):
    for _number in range(versions):
        Contract.objects.current().update(is_current=False, ended_on=today())
        ContractFactory(product=house.product)
    CaseFactory(product=house.product)
    standings.renew([house.product.pk], ask=False)
    client = as_person(house.lpdt)
    client.get(url(house))

    with django_assert_max_num_queries(12):
        assert client.get(url(house)).status_code == 200


@pytest.mark.parametrize(
    ("noun", "who", "status"),
    [
        ("-draft", "core_member", 403),
        ("-draft", "chair", 403),
        ("-draft-removal", "pqa", 403),
        ("-gate", "core_member", 403),
        ("-gate", "outsider", 403),
        ("-draft-removal", "lpdt", 404),
    ],
)
def test_only_the_right_person_acts(house, as_person, noun, who, status):
    answer = as_person(getattr(house, who)).post(url(house, noun), {"reason": "x"})

    assert answer.status_code == status


def test_the_lead_asks_for_a_gate_and_only_one_is_open(house, as_person):
    client = as_person(house.lpdt)
    said = {"reason": "The supplier stops."}

    assert client.post(url(house, "-gate"), said).status_code == 302
    assert Review.objects.get(gate__unplanned=True).reason == "The supplier stops."
    assert client.post(url(house, "-gate"), said).status_code == 409


def test_a_confidential_contract_is_not_there(house, as_person):
    contract = ContractFactory(product=house.confidential_product)
    client = as_person(house.chair)

    assert client.get(contract.get_absolute_url()).status_code == 404
    assert client.get(reverse("ipd:contract-version", args=[contract.pk])).status_code == 404
