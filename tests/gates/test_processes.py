"""A process definition is loaded once, refused when it was changed in place, and versioned."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gates.actions import processes
from gates.models import Chain, CriterionDefinition, GateDefinition, Outcome
from ipd.kernel.access import Refused
from ipd.models import ProcessVersion
from teams.models import DecisionRight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
FILE = Path(__file__).resolve().parents[2] / "gates" / "processes" / "ipd.toml"
SOURCE = FILE.read_text()


def test_the_delivered_process_is_what_it_says(process):
    gates = GateDefinition.objects.filter(chain__process=process)

    assert gates.filter(chain__code="TR").count() == 7
    assert gates.get(code="TR1").feeds.code == "CDCP"
    assert CriterionDefinition.objects.filter(gate__chain__process=process).count() > 60
    alias = Outcome.objects.get(chain__process=process, code="PASS_WITH_RISK")
    assert alias.aliases == ["PASS_RISK"]
    assert DecisionRight.objects.filter(act="decide", chain="DCP").get().role.code == "CHAIR"


def test_the_same_file_again_changes_nothing(process, table_hashes):
    before = table_hashes()

    loaded, is_new = processes.load("# a remark\n" + SOURCE)

    assert (loaded, is_new) == (process, False)
    assert table_hashes() == before


def test_a_version_is_not_changed_in_place(table_hashes):
    before = table_hashes()

    with pytest.raises(Refused, match="Give the changed file a new version"):
        processes.load(SOURCE.replace("ready_percent = 90", "ready_percent = 80"))

    assert table_hashes() == before


def test_a_new_version_is_current_and_the_old_one_stays(process, product):
    newer, is_new = processes.load(SOURCE.replace('version = "1"', 'version = "2"'))

    assert is_new
    assert ProcessVersion.objects.get(is_current=True) == newer
    assert Chain.objects.filter(process=process).count() == 2
    product.refresh_from_db()
    assert product.process == process


BOUND = 'measure = "role_coverage", operator = ">=", threshold = 90, partly = 70'
ELEMENT = 'code = "GA", name = "General availability", unit = "date"'
STAFFING = 'code = "STAFFING", name = "People promised by the functions", unit = "count"'
AUTHORITY = 'act = "commit_money", level = 1, role = "LPDT"'
MISTAKES = [
    ("", "", "not valid TOML"),
    ('version = "1"', "version = 1", "version has to be a text"),
    ('version = "1"', "", "The file: version is missing"),
    ("passes_clean = true", "passes_clearly = true", "passes_clearly is not known"),
    ('act = "assess"', 'act = "assess", roles_of = 1', "roles_of is not known"),
    ('roles = ["PQA"]', 'roles = ["PQQ"]', "role PQQ is not among the roles"),
    ('seat = "team"', 'seat = "bench"', "seat has to be one of team, body"),
    ('tone = "risk"', 'tone = "amber"', "tone has to be one of"),
    ('weight = "must"', 'weight = "shall"', "weight has to be one of must"),
    ('phase = "PLAN"', 'phase = "PLANNING"', "phase PLANNING is not among the phases"),
    ('feeds = "PDCP"', 'feeds = "PDPC"', "feeds PDPC is not among the gates"),
    ('code = "T2-02"', 'code = "T2-01"', "T2-01 stands there twice"),
    ("quorum_numerator = 2", "quorum_numerator = 4", "the quorum has to be a share"),
    ('measure = "role_coverage"', 'measure = "roles"', "CD-12: measure has to be one of"),
    ('measure = "role_coverage", ', "", "CD-12: operator, threshold, partly without a measure"),
    (BOUND, BOUND.replace(">=", ">"), "CD-12: operator has to be one of >=, <="),
    (BOUND, BOUND.replace(' operator = ">=",', ""), "CD-12: operator has to be one of"),
    (BOUND, BOUND.replace("threshold = 90, ", ""), "CD-12: threshold is missing"),
    (BOUND, BOUND.replace("90", '"90"'), "CD-12: threshold has to be a number"),
    (BOUND, BOUND.replace("90", "true"), "CD-12: threshold has to be a number"),
    (BOUND, BOUND.replace("90", "inf"), "CD-12: threshold has to be a number"),
    (BOUND, BOUND.replace("70", "95"), "CD-12: partly has to be easier to reach"),
    (BOUND, BOUND.replace(">=", "<="), "CD-12: partly has to be easier to reach"),
    (ELEMENT, ELEMENT.replace('"date"', '"day"'), "contract_elements GA: unit has to be one of"),
    (STAFFING, STAFFING + ', measure = "luck"', "elements STAFFING: measure has to be one of"),
    (ELEMENT, ELEMENT.replace('code = "GA"', 'code = "ADCP"'), "ADCP stands there twice"),
    (AUTHORITY, AUTHORITY.replace("LPDT", "LPDX"), "role LPDX is not among the roles"),
    (AUTHORITY, AUTHORITY.replace(', role = "LPDT"', ""), "role or body_kind has to say who"),
    (AUTHORITY, AUTHORITY.replace("LPDT", "LMTL"), "authority commit_money 1 stands there twice"),
]


def test_bindings_contract_elements_and_authority_are_read(process):
    bound = CriterionDefinition.objects.get(gate__code="CDCP", code="CD-12")
    assert (bound.measure, bound.operator) == ("role_coverage", ">=")
    assert (bound.threshold, bound.partly) == (90, 70)
    assert not CriterionDefinition.objects.get(gate__code="PDCP", code="PD-01").is_bound
    availability = process.contract_elements.get(code="GA")
    assert (availability.tolerance_days, availability.tolerance_percent) == (10, 5)
    lead = process.authority_limits.get(act="commit_money", role="LPDT")
    assert (lead.limit, lead.window_days, lead.level) == (50_000, 30, 1)


def test_a_file_without_contract_elements_and_authority_is_a_process_too():
    sections = re.sub(r"^(contract_elements|authority) = \[.*?^\]$", "", SOURCE, flags=re.M | re.S)
    assert "tolerance_days" not in sections

    newer, _is_new = processes.load(sections.replace('version = "1"', 'version = "2"'))

    assert not newer.contract_elements.exists()


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES)
def test_a_mistake_in_the_file_is_named(old, new, sentence, table_hashes):
    before = table_hashes()
    assert old in SOURCE
    source = SOURCE.replace(old, new, 1) if old else "= nothing"

    with pytest.raises(Refused, match=sentence):
        processes.load(source)

    assert table_hashes() == before


def test_the_command_loads_and_says_so(tmp_path):
    out = io.StringIO()
    file = tmp_path / "other.toml"
    file.write_text(SOURCE.replace('code = "IPD"', 'code = "LIGHT"', 1))

    call_command("process", "load", file, stdout=out)
    call_command("process", "load", file, stdout=out)

    assert "is loaded and current" in out.getvalue()
    assert "nothing changed" in out.getvalue()
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("process", "load", tmp_path / "absent.toml")
