"""Importing: all or nothing, twice is once, and differences are shown before they are applied."""

from datetime import date
from decimal import Decimal

import pytest

from gates.models import Condition, Decision, Review, ReviewCriterion, Vote, Waiver
from gates.models.reviews import Stage
from ipd.kernel.access import Stale
from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry
from ipd.kernel.tables import importing
from ipd.kernel.tables.columns import Text
from ipd.kernel.tables.register import tables
from ipd.kernel.tables.table import ModelTable
from ipd.models import BudgetMovement, LineBody, PortfolioRow, Product
from teams.models import Person, Seat
from tests.kernel.company_files import TABLES, broken, folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
LONG_TEXT = 20_000  # characters of a text that the database does not limit
TODAY = date(2026, 11, 22)


def run(files, **options):
    return importing.run(files, as_of=TODAY, **options)


def said(report):
    return [str(problem) for problem in report.problems]


def test_every_table_comes_in():
    report = run(folder())

    assert said(report) == []
    assert report.applied
    assert report.total("added") == sum(text.count("\n") - 1 for text in TABLES.values()) - 3
    assert Product.objects.get(code="Q1").phase.code == "PLAN"
    assert Seat.objects.get(person=None).allocation_percent == 20
    assert BudgetMovement.objects.get().amount == Decimal("250000.50")
    bodies = {(b.line.code, b.kind): b.team.code for b in LineBody.objects.exclude(line=None)}
    assert bodies == {("PWR", "IPMT"): "IPMT-PWR", ("PWR", "TRP"): "TRP-PWR"}
    assert Person.objects.get(code="A1").has_usable_password() is False


def test_held_reviews_come_in_decided_and_open_ones_with_their_criteria():
    run(folder())

    merged = Review.objects.get(gate__code="TR2")
    assert (merged.label, merged.stage, merged.outcome.code) == (
        "TR2+3",
        Stage.DECIDED,
        "PASS_WITH_RISK",
    )
    assert {c.code[:2] for c in merged.criteria.all()} == {"T2", "T3"}
    assert all(d.is_imported and d.ledger_sequence is None for d in Decision.objects.all())
    planned = Review.objects.get(gate__code="PDCP")
    assert (planned.baseline_on, planned.planned_on) == (date(2026, 12, 3), date(2026, 12, 10))
    owner = planned.criteria.filter(function__code="SE").first().owner
    assert owner.code == "C1"
    assert planned.readiness_percent > 0
    condition = Condition.objects.get(number=2)
    assert (condition.extensions, condition.original_due_on) == (1, date(2026, 10, 30))
    assert [event.what for event in Condition.objects.get(number=1).events.all()] == [
        "submitted",
        "verified",
    ]
    assert Waiver.objects.get().is_signed
    assert Vote.objects.get(outcome=None).reason == "I know the supplier"


def test_the_portfolio_is_current_after_an_import():
    run(folder())

    row = PortfolioRow.objects.get(product__code="Q1")
    assert (row.next_gate, row.open_conditions) == ("PDCP", 1)


def test_the_same_folder_twice_changes_nothing(table_hashes):
    run(folder())
    before = table_hashes()

    report = run(folder())

    assert said(report) == []
    assert (report.total("added"), report.total("changed")) == (0, 0)
    assert report.total("unchanged") > 30
    assert table_hashes() == before


def test_a_dry_run_finds_the_same_and_writes_nothing(table_hashes):
    before = table_hashes()

    report = run(folder(), dry_run=True)

    assert report.total("added") > 30
    assert not report.applied
    assert table_hashes() == before


def test_a_changed_cell_is_a_difference():
    run(folder())

    report = run(broken("people", "Team leader", "Leader of team one"))

    [change] = [change for tally in report.tallies for change in tally.changes]
    assert change.key == "A1"
    assert change.fields == [("job_title", "Team leader", "Leader of team one")]
    assert Person.objects.get(code="A1").job_title == "Leader of team one"


def test_one_bad_row_keeps_everything_out(table_hashes):
    before = table_hashes()

    report = run(broken("seats", "2026-01-05", "2026-02-31"))

    assert report.problems.count == 1
    assert table_hashes() == before


def test_all_problems_are_told_at_once():
    report = run(
        folder(
            {
                "people.csv": TABLES["people"].replace("ZRH", "NOWHERE"),
                "seats.csv": TABLES["seats"].replace("100", "101"),
                "sites.csv": TABLES["sites"].replace("Europe/Zurich", "Europe/Zurch"),
            }
        )
    )

    assert {problem.file for problem in report.problems} == {"people.csv", "seats.csv", "sites.csv"}
    assert report.problems.count == 4


def test_an_import_is_entered_in_the_ledger(administrator):
    run(folder(), by=administrator)

    entry = LedgerEntry.objects.get(kind="import")
    assert entry.actor == administrator
    assert entry.body["files"] == folder().hash
    assert entry.body["tables"]["people"] == [4, 0, 0]
    assert ledger.verify() == []


def test_an_import_without_changes_is_not_entered():
    run(folder())
    run(folder())

    assert LedgerEntry.objects.filter(kind="import").count() == 1


def test_a_planned_review_is_decided_by_a_later_file():
    run(folder())
    rows = TABLES["reviews"].replace(
        "2026-12-10,,,,,,,", "2026-12-10,2026-11-20,GO,D1,Agreed,,,2027-03-04"
    )

    report = run(folder({"reviews.csv": rows}))

    assert said(report) == []
    review = Review.objects.get(gate__code="PDCP")
    assert review.stage == Stage.DECIDED
    assert review.decisions.get().rationale == "Agreed"


@pytest.mark.parametrize(
    ("table", "old", "new", "why"),
    [
        ("votes", "GO_COND", "GO", "Votes are never edited."),
        ("scores", "CD-01,7", "CD-01,8", "Scores are never edited."),
        ("dissents", "too wide", "too narrow", "Dissents are never edited."),
        ("movements", "250000.50", "250000.51", "Movements are never edited"),
        ("waivers", "in a week", "in a month", "Waivers are never edited."),
        ("evidence", "2026-11-10", "2026-11-11", "Evidence is never edited"),
        ("reviews", "Worth a team", "Not worth it", "Decisions are never edited"),
        ("reviews", "2026-06-11,GO_COND", "2026-06-11,GO", "Decisions are never edited"),
        ("conditions", "2026-09-22", "2026-09-23", "settled condition is not opened"),
    ],
)
def test_what_is_never_edited_is_named(table, old, new, why, table_hashes):
    run(folder())
    before = table_hashes()

    report = run(broken(table, old, new))

    assert any(why in line for line in said(report)), said(report)
    assert table_hashes() == before


def test_votes_do_not_come_in_after_the_decision():
    run(folder())

    report = run(folder({"votes.csv": TABLES["votes"] + "Q1,CDCP,2,2,B1,GO,\n"}))

    assert ["it is closed now" in line for line in said(report)] == [True]


def test_a_confirmation_holds_only_for_what_was_seen():
    run(folder())
    files = broken("people", "Team leader", "Leader")
    seen = run(files, dry_run=True).seen
    Person.objects.filter(code="A1").update(job_title="Something else")

    with pytest.raises(Stale):
        run(files, agreed=seen)

    assert Person.objects.get(code="A1").job_title == "Something else"


def test_dates_move_by_whole_weeks_only_for_a_demonstration():
    files = folder()
    files.name, files.as_of = "Trial", date(2026, 11, 22)

    report = importing.run(files, as_of=date(2026, 12, 10))

    assert report.shift_days == 14
    assert Review.objects.get(gate__code="PDCP").planned_on == date(2026, 12, 24)
    assert importing.run(files).is_change is False, "it moves as it did the first time"


def test_a_part_of_the_tables_refers_to_what_is_stored():
    run(folder())
    rows = TABLES["reviews"].splitlines()
    later = f"{rows[0]}\n{rows[4]}\nQ1,TR4,1,2027-02-01,,,,,,,,\n"

    report = run(folder({"reviews.csv": later}, only=()))

    assert said(report) == []
    assert (report.total("added"), report.total("unchanged")) == (1, 1)
    assert Review.objects.get(gate__code="TR4").body.code == "TRP-PWR"


def test_a_rule_of_the_database_is_told_in_words():
    run(folder())
    people = TABLES["people"].replace("ada@", "tmp@").replace("bo@", "ada@").replace("tmp@", "bo@")

    report = run(folder({"people.csv": people}))

    assert "rows that keep the rule" in said(report)[0]
    assert Person.objects.get(code="A1").email == "ada@firm.example"


def test_no_column_takes_more_than_its_field():
    for table in tables().values():
        for column in table.columns:
            if isinstance(table, ModelTable) and isinstance(column, Text):
                field = getattr(table.model, column.field).field
                longest = field.max_length or LONG_TEXT
                assert field.is_relation or column.longest <= longest, column


def test_a_new_title_of_evidence_is_a_version():
    run(folder())
    later = TABLES["evidence"].replace("/forecast", "/forecast-2")

    run(folder({"evidence.csv": later}))

    criterion = ReviewCriterion.objects.get(review__gate__code="PDCP", code="PD-01")
    assert [item.version for item in criterion.evidence.order_by("version")] == [1, 2]
