"""The demonstration company, brought in once for all who ask it for its numbers."""

from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.db import transaction

from gates.actions import facts
from ipd.demo.simulations import simulate_all
from ipd.kernel.tables import files, importing
from teams.actions import months
from teams.actions.academy import curriculum
from tests.factories import company

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "ipd" / "demo" / "norvane"
DAY = date(2026, 11, 22)


@pytest.fixture(scope="package", autouse=True)
def norvane(django_db_setup, django_db_blocker):
    """Norvane on the day it was written for, simulated and read; taken back after the last test."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel("2026-11-22T12:00:00+00:00", tick=False),
        transaction.atomic(),
    ):
        company.process()
        curriculum.load(curriculum.SHIPPED)
        report = importing.run(files.open_folder(FOLDER), as_of=DAY)
        assert not report.problems, list(map(str, report.problems))[:20]
        simulate_all()
        facts.refresh_all()
        months.read_open()
        yield report
        transaction.set_rollback(True)
