"""The first start fills an empty database once; the commands beside it say what they did."""

import io
import json
import re
from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command

from ipd.demo.sign_ins import PASSWORD, SIGN_INS
from ipd.kernel.models import LedgerEntry
from ipd.models import ProcessVersion, Product
from teams.models import LearningModule, Person
from tests.factories import PersonFactory
from tests.kernel.company_files import TABLES

pytestmark = pytest.mark.django_db


def said(*command, **options) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out, stderr=out, **options)
    return out.getvalue()


def begin() -> str:
    return said("first_start")


@pytest.fixture
def started(once):
    """What the first start said; it is made once."""
    return once(begin)


def test_the_first_start_brings_process_administrator_and_demonstration(started):
    administrator = Person.objects.get(code="ADMIN")
    password = re.search(r"Administrator: .*, password (.*)", started)[1]
    assert administrator.email == "admin@norvane.example"
    assert administrator.check_password(password)
    assert Product.objects.count() == 12
    for email, password, _who in SIGN_INS:
        assert check_password(password, Person.objects.get(email=email).password)
    validate_password(PASSWORD)


def test_a_second_start_leaves_all_as_it_is(started, table_hashes):
    before = table_hashes()

    assert said("first_start") == "Here already.\n"
    assert table_hashes() == before


def test_a_database_older_than_the_academy_gets_the_curriculum():
    PersonFactory()

    text = said("first_start")

    assert text.startswith("Curriculum: ")
    assert text.endswith("Here already.\n")
    assert LearningModule.objects.count() == 12


def test_an_empty_start_has_a_process_a_curriculum_and_an_administrator_only():
    said("first_start", empty=True)

    assert LearningModule.objects.exists()

    assert Person.objects.get().is_administrator
    assert ProcessVersion.objects.filter(is_current=True).exists()
    assert not Product.objects.exists()


@pytest.fixture
def company(process, tmp_path):
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text)
    (tmp_path / "README.md").write_text("About this folder.")
    return tmp_path


def test_the_import_command_shows_differences_and_counts(company):
    assert "added, 3 changed, 0 unchanged (dry run" in said("import", company, dry_run=True)
    assert not Product.objects.exists()
    said("import", company)
    (company / "people.csv").write_text(TABLES["people"].replace("Team leader", "Leader"))

    text = said("import", company, as_of=date(2026, 11, 22))

    assert "people A1, job_title: Team leader → Leader\n" in text
    assert text.splitlines()[-1].startswith("0 added, 1 changed, ")


def test_the_import_command_names_every_problem(company):
    (company / "people.csv").write_text(TABLES["people"].replace("ZRH", "ZZZ"))
    (company / "notes.csv").write_text("x")
    out = io.StringIO()

    with pytest.raises(CommandError, match="3 problems; nothing was imported"):
        call_command("import", company, stderr=out)

    assert "people.csv, row 2, column site, “ZZZ”" in out.getvalue()
    assert "notes.csv: a file named after a table" in out.getvalue()


def test_the_import_command_refuses_a_folder_that_is_none(tmp_path):
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(CommandError, match=r"no CSV or XLSX files|There is no folder"):
            call_command("import", folder)
    (tmp_path / "folder.toml").write_text('as_of = "yesterday"')
    with pytest.raises(CommandError, match="as_of has to be a date"):
        call_command("import", tmp_path)


def test_the_ledger_is_verified_against_a_checkpoint(company, tmp_path):
    said("import", company)
    checkpoint = tmp_path / "checkpoint.json"
    checkpoint.write_text(said("ledger", "checkpoint"))
    assert json.loads(checkpoint.read_text())["sequence"] == LedgerEntry.objects.count()

    assert "The ledger holds" in said("ledger", "verify", against=checkpoint)

    checkpoint.write_text('{"sequence": 1, "hash": "no"}')
    with pytest.raises(CommandError, match="is not in the chain"):
        call_command("ledger", "verify", against=checkpoint)
    checkpoint.write_text("no")
    with pytest.raises(CommandError, match="is no checkpoint"):
        call_command("ledger", "verify", against=checkpoint)
