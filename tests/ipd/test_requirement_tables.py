"""Requirements come in by file: what is wrong is named with its row, what is right is traced."""

import pytest

from ipd.kernel.tables import files, importing
from ipd.models import Requirement, RequirementBaselineItem
from tests.factories.requirements import chain

pytestmark = pytest.mark.django_db
HEAD = "code,level,product,title,kind,status,owner,requester,raised_on,value,urgency"


def bring_in(**tables):
    found = {f"{name}.csv": ("\n".join(rows) + "\n").encode() for name, rows in tables.items()}
    return importing.run(files.Folder(found))


def row(house, code, level, status, **more):
    owner = more.get("owner", house.lpdt.code)
    product = more.get("product", house.product.code)
    asked = more.get("requester", house.lpdt.code)
    return (
        f"{code},{level},{product},T {code},functional,{status},{owner},{asked},2026-11-02,5,normal"
    )


def test_rows_links_and_verifications_come_in_and_are_traced(house):
    rows = [
        row(house, "I1", "IR", "distributed"),
        row(house, "S1", "SR", "draft"),
        row(house, "A1", "ar", "draft"),
    ]
    report = bring_in(
        requirements=[HEAD, *rows],
        requirement_links=["lower,kind,upper", "S1,derives,I1", "A1,satisfies,S1"],
        verifications=[
            "requirement,code,title,method,result,run_on",
            "S1,T1,x,test,passed,2026-11-03",
        ],
    )
    assert not report.problems, list(map(str, report.problems))
    found = Requirement.objects.get(code="S1")
    assert (found.upward, found.downward, found.is_tested) == (True, True, True)
    assert found.line == house.line


def test_a_row_may_be_merged_into_one_that_comes_after_it(house):
    head = f"{HEAD},merged_into"
    rows = [row(house, "R1", "RR", "merged") + ",R2", row(house, "R2", "RR", "accepted") + ","]
    assert not bring_in(requirements=[head, *rows]).problems
    assert Requirement.objects.get(code="R1").merged_into.code == "R2"


@pytest.mark.parametrize(
    ("level", "status", "more", "column"),
    [
        ("SR", "proposed", {}, "status"),
        ("SR", "baselined", {"owner": ""}, "owner"),
        ("RR", "new", {"requester": ""}, "customer"),
        ("RR", "rejected", {}, "reject_reason"),
        ("RR", "merged", {}, "merged_into"),
        ("XX", "draft", {}, "level"),
        ("SR", "draft", {"product": ""}, "product"),
        ("SR", "draft", {"product": "NOWHERE"}, "product"),
    ],
)
def test_a_bad_row_is_named_with_its_column(house, level, status, more, column):
    head = f"{HEAD},customer,reject_reason,merged_into"
    report = bring_in(requirements=[head, row(house, "X1", level, status, **more) + ",,,"])
    assert report.problems
    assert column in " ".join(map(str, report.problems))
    assert not Requirement.objects.exists()


def test_a_link_that_leads_up_or_to_itself_is_named(house):
    rows = chain(house.product)
    up = f"{rows['IR'].code},derives,{rows['SR'].code}"
    self = f"{rows['SR'].code},verifies,{rows['SR'].code}"
    report = bring_in(requirement_links=["lower,kind,upper", up, self])
    told = " ".join(map(str, report.problems))
    assert "cannot come from" in told
    assert "another requirement than itself" in told


def test_a_level_never_changes_by_a_file_either(house):
    made = chain(house.product)["SR"]
    report = bring_in(requirements=[HEAD, row(house, made.code, "AR", "draft")])
    assert "a level never changes" in " ".join(map(str, report.problems))


def test_a_baseline_comes_in_with_its_items_once(house):
    made = chain(house.product)["SR"]
    code = house.product.code
    tables = {
        "requirement_baselines": ["product,code,kept_on", f"{code},B1,2026-01-05"],
        "requirement_baseline_items": [
            "product,baseline,requirement,version",
            f"{code},B1,{made.code},1",
        ],
    }
    assert not bring_in(**tables).problems
    assert RequirementBaselineItem.objects.get().title == made.title
    assert bring_in(**tables).total("unchanged") == 2
    tables["requirement_baseline_items"][1] = f"{code},B1,{made.code},2"
    assert "never edited" in " ".join(map(str, bring_in(**tables).problems))


def test_nobody_decides_a_change_they_asked_for_in_a_file(house):
    made = chain(house.product)["SR"]
    who = house.lpdt.code
    head = "code,product,action,requirement,reason,state,asked_by,asked_on,decided_by,decided_on"
    line = (
        f"C1,{house.product.code},modify,{made.code},x,accepted,{who},2026-01-05,{who},2026-01-06"
    )
    report = bring_in(requirement_changes=[head, line])
    assert "somebody else than who asked" in " ".join(map(str, report.problems))
