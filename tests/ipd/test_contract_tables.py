"""Files with contracts, cases and requests: what comes in, what is named as wrong, what is kept."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from ipd.kernel.tables import importing
from ipd.models import BusinessCase, ChangeRequest, Contract, ContractReading, ContractStanding
from tests.factories.plans import PlanFactory
from tests.factories.risks import SimulationFactory
from tests.kernel.company_files import with_more

pytestmark = pytest.mark.django_db
CONTRACTS = {
    "business_cases": (
        "product,version,on,gate,currency,hurdle_rate,unit_cost,price,volume,delay_cost,note,state,"
        "by,accepted_by,accepted_on\n"
        "Q1,1,2026-05-20,CDCP,EUR,12.00,100.00,250.00,4000,,First,accepted,A1,B1,2026-05-28\n"
        "Q1,2,2026-11-20,PDCP,EUR,12.00,110.00,250.00,4000,5000.00,,draft,A1,,\n"
    ),
    "case_flows": (
        "product,version,scenario,year,region,inflow,outflow\n"
        "Q1,1,base,0,,0.00,1000.00\n"
        "Q1,1,base,1,EU,1500.00,0.00\n"
        "Q1,2,base,0,,0.00,1200.00\n"
    ),
    "estimates": (
        "product,gate,on,low,likely,high,currency,method,by\n"
        "Q1,CHARTER,2026-02-02,600.00,900.00,1300.00,EUR,analogy,B1\n"
    ),
    "final_accounts": (
        "product,on,estimate,budget,actual,currency,lessons,by\n"
        "Q1,2026-11-02,900.00,1000.00,1100.00,EUR,Two test rounds,B1\n"
    ),
    "contracts": (
        "product,version,ga_on,reason,decision,signed_on,signed_by,ended_on\n"
        "Q1,1,2027-05-01,As planned,PDCP 1,2026-06-11,D1,2026-09-01\n"
        "Q1,2,2027-06-01,Later,PCR-1,2026-09-01,D1,\n"
    ),
    "contract_elements": (
        "product,version,element,promised\n"
        "Q1,1,GA,2027-05-01\n"
        "Q1,1,UNIT_COST,90\n"
        "Q1,2,GA,2027-06-01\n"
        "Q1,2,UNIT_COST,95.5\n"
        "Q1,2,DEFECTS,0\n"
    ),
    "contract_readings": (
        "product,element,on,value,source,by\nQ1,DEFECTS,2026-11-02,2,Defect list,C1\n"
    ),
    "change_requests": (
        "product,number,title,trigger,reason,segment,core_value,architecture,scope,do_nothing,"
        "stopping,alternatives,customers,case_before,case_after,p50_before,p80_before,p50_after,"
        "p80_after,requester,raised_on,state,class,needs_gate,verdict,decided_by,decided_on,"
        "decision,decision_note,contract\n"
        "Q1,1,Later,Late part,supply,no,no,no,no,,,,,1,2,,,2027-05-20,2027-06-01,A1,2026-08-20,"
        "decided,B,no,accepted,D1,2026-09-01,PCR-1,Agreed,2\n"
    ),
    "change_elements": ("product,number,element,before,after\nQ1,1,GA,2027-05-01,2027-06-01\n"),
    "change_assessments": (
        "product,number,function,opinion,effect,by,on\n"
        "Q1,1,PM,supports,,A1,2026-08-24\n"
        "Q1,1,FIN,conditions,Two months of the team,B1,2026-08-25\n"
    ),
}
files = partial(with_more, CONTRACTS)


def test_contracts_come_in_twice_without_a_change(process):
    first = importing.run(files())
    assert not first.problems, list(map(str, first.problems))
    again = importing.run(files())

    assert (again.total("added"), again.total("changed")) == (0, 0)
    current = Contract.objects.current().get()
    assert (current.version, current.ga_on) == (2, date(2027, 6, 1))
    promised = {element.code: element.promised for element in current.elements.all()}
    assert promised["GA"] == date(2027, 6, 1).toordinal()
    assert promised["UNIT_COST"] == Decimal("95.5")
    assert ContractReading.objects.get().value == 2
    change = ChangeRequest.objects.get()
    assert (change.contract, change.case_after.version) == (current, 2)
    assessments = change.assessments.values_list("function__code", "opinion", "by__code")
    assert list(assessments) == [("FIN", "conditions", "B1"), ("PM", "supports", "A1")]
    assert BusinessCase.objects.get(version=1).flows.count() == 2
    # What comes in broken is known, and asks for nothing.
    assert ContractStanding.objects.get(code="DEFECTS").asked_for == 2


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("business_cases", "accepted,A1,B1,2026-05-28", "accepted,A1,,", "a person and a day"),
        ("business_cases", "draft,A1,,", "draft,A1,B1,2026-11-21", "blank for a draft"),
        ("business_cases", "accepted,A1,B1,2026-05-28", "draft,A1,,", "one draft"),
        ("business_cases", "12.00,100.00", "120.00,100.00", "a percentage"),
        ("business_cases", "12.00,100.00", "12.00,cheap", "an amount"),
        ("case_flows", "Q1,2,base", "Q1,3,base", "a version of the product's case"),
        ("case_flows", "1500.00", "-1500.00", "not negative"),
        ("case_flows", "Q1,1,base,1", "Q1,1,best,1", "one of base"),
        ("estimates", "900.00", "1900.00", "likely"),
        ("estimates", "analogy", "guess", "one of analogy"),
        ("final_accounts", "1000.00", "0.00", "above zero"),
        ("contracts", "2026-06-11,D1,2026-09-01", "2026-06-11,D1,", "has not ended"),
        ("contracts", "2026-06-11,D1,2026-09-01", "2026-06-11,D1,2026-06-01", "not before its"),
        ("contracts", "PCR-1,2026-09-01,D1", "PCR-1,2026-09-01,", "a person and a decision"),
        ("contract_elements", "Q1,2,DEFECTS", "Q1,2,BEER", "an element of the product's process"),
        ("contract_elements", "Q1,1,GA,2027-05-01", "Q1,1,GA,5", "a date as"),
        ("contract_elements", "UNIT_COST,90", "UNIT_COST,2027-05-01", "a number with a point"),
        ("contract_elements", "Q1,1,UNIT_COST", "Q1,7,UNIT_COST", "a version of the contract"),
        ("contract_readings", "2026-11-02,2", "2199-11-02,2", "not ahead"),
        ("contract_readings", ",2,Defect", ",two,Defect", "a number with a point"),
        ("change_requests", "decided,B,no,accepted", "decided,B,no,", "accepted or rejected"),
        ("change_requests", "accepted,D1,", "accepted,A1,", "somebody else"),
        ("change_requests", "decided,B,", "decided,D,", "A, B or C"),
        ("change_requests", "Agreed,2", "Agreed,9", "a version of the product's"),
        ("change_elements", "2027-06-01", "2027-05-01", "another value"),
        ("change_elements", "Q1,1,GA", "Q1,2,GA", "a request of the product"),
        ("change_assessments", "Q1,1,PM", "Q1,2,PM", "a request of the product"),
        ("change_assessments", "Q1,1,PM", "Q1,1,FIN", "each once"),
        ("change_assessments", "Q1,1,PM", "Q1,1,BEER", "it is in none"),
        ("change_assessments", "supports", "applauds", "one of supports"),
        ("change_assessments", "supports,,A1,2026-08-24", ",,,", "no longer being assessed"),
        ("change_assessments", "A1,2026-08-24", ",2026-08-24", "opinion, person and day"),
        ("change_assessments", "A1,2026-08-24", "Z9,2026-08-24", "it is in none"),
        ("change_assessments", "Two months of the team", "", "what the change does"),
        ("change_assessments", "2026-08-24", "2026-08-19", "from the request on"),
        ("change_assessments", "2026-08-24", "2199-08-24", "and not ahead"),
        ("change_assessments", "2026-08-24", "2026-02-31", "a day that exists"),
        ("change_assessments", "2026-08-24", "31.02.2026", "year-month-day"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(process, table, old, new, said):
    report = importing.run(files(**{table: (old, new)}))

    assert not report.applied
    named = [problem for problem in report.problems if problem.file == f"{table}.csv"]
    assert any(said in str(problem) for problem in named), list(map(str, report.problems))


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("business_cases", ",First,", ",Another,"),
        ("case_flows", "1500.00", "1600.00"),
        ("contracts", "As planned", "Otherwise"),
        ("contract_elements", "UNIT_COST,90", "UNIT_COST,91"),
        ("contract_readings", "2026-11-02,2", "2026-11-02,0"),
        ("change_requests", "Late part", "Another part"),
        ("change_elements", "2027-06-01", "2027-07-01"),
        ("change_assessments", "Two months", "Three months"),
    ],
)
def test_what_is_signed_accepted_or_decided_is_kept(process, table, old, new):
    importing.run(files())

    report = importing.run(files(**{table: (old, new)}))

    assert not report.applied
    assert any(problem.file == f"{table}.csv" for problem in report.problems)


DECIDED = "decided,B,no,accepted,D1,2026-09-01,PCR-1,Agreed,2"
NOT_DECIDED = {"submitted": "submitted,B,no,,,,,,", "draft": "draft,,no,,,,,,"}


@pytest.mark.parametrize(
    ("state", "opinion", "said"),
    [
        ("submitted", "supports,,A1,2026-08-24", "blank for one function at least"),
        ("draft", "supports,,A1,2026-08-24", "a request that was submitted"),
        ("draft", ",,,", "a request that was submitted"),
    ],
)
def test_functions_are_asked_when_a_request_is_submitted(process, state, opinion, said):
    report = importing.run(
        files(
            change_requests=(DECIDED, NOT_DECIDED[state]),
            change_assessments=("supports,,A1,2026-08-24", opinion),
        )
    )
    assert any(said in str(problem) for problem in report.problems), list(map(str, report.problems))
    assert not ChangeRequest.objects.exists()


def test_a_function_that_owes_its_word_gives_it_by_file_once(process):
    submitted = (DECIDED, NOT_DECIDED["submitted"])
    owed = ("supports,,A1,2026-08-24", ",,,")
    first = importing.run(files(change_requests=submitted, change_assessments=owed))
    assert not first.problems, list(map(str, first.problems))
    change = ChangeRequest.objects.get()
    assert [one.opinion for one in change.assessments.all()] == ["conditions", ""]

    assessed = (DECIDED, NOT_DECIDED["submitted"].replace("submitted", "assessed"))
    second = importing.run(files(change_requests=assessed))
    assert not second.problems, list(map(str, second.problems))
    given = change.assessments.get(function__code="PM")
    assert (given.opinion, given.by.code, given.at.date()) == ("supports", "A1", date(2026, 8, 24))
    assert importing.run(files(change_requests=assessed)).total("changed") == 0


def test_dates_that_a_file_changes_are_typed_ones(process):
    submitted = (DECIDED, NOT_DECIDED["submitted"])
    owed = ("supports,,A1,2026-08-24", ",,,")
    importing.run(files(change_requests=submitted, change_assessments=owed))
    plan = PlanFactory(product=ChangeRequest.objects.get().product)
    what_if = SimulationFactory(plan=plan, what_if_of=SimulationFactory(plan=plan))
    ChangeRequest.objects.update(what_if=what_if)

    importing.run(files(change_requests=submitted, change_assessments=owed))
    assert ChangeRequest.objects.get().what_if == what_if
    changed = f"2027-05-20,2027-06-02,A1,2026-08-20,{NOT_DECIDED['submitted']}"
    importing.run(
        files(
            change_requests=(f"2027-05-20,2027-06-01,A1,2026-08-20,{DECIDED}", changed),
            change_assessments=owed,
        )
    )
    assert ChangeRequest.objects.get().what_if is None
