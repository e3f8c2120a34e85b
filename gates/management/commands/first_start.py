"""`manage.py first_start`: process, curriculum, administrator and, unless --empty, demonstration.

All of it in one transaction, so a start that is cut short is simply made again; a database with
people in it is left alone, but for the curriculum where it is older than the academy.
"""

import secrets
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gates.actions import facts, processes
from ipd.demo.sign_ins import PASSWORD
from ipd.demo.simulations import simulate_all
from ipd.kernel.tables import files, importing
from teams.actions import alerts, months
from teams.actions.academy import curriculum
from teams.models import LearningModule, Person

ROOT = Path(__file__).resolve().parents[3]
PROCESS = ROOT / "gates" / "processes" / "ipd.toml"
DEMONSTRATION = ROOT / "ipd" / "demo" / "norvane"


class Command(BaseCommand):
    help = "Fills an empty database: process, curriculum, administrator, demonstration company."

    def add_arguments(self, parser):
        parser.add_argument("--empty", action="store_true", help="without the demonstration")

    @transaction.atomic
    def handle(self, *, empty, **options):
        is_here = Person.objects.exists()
        if not LearningModule.objects.exists():
            files = curriculum.load(curriculum.SHIPPED).changed
            self.stdout.write(f"Curriculum: {len(files)} files")
        if is_here:
            self.stdout.write("Here already.")
            return
        process, _new = processes.load(PROCESS.read_text(encoding="utf-8"))
        self.stdout.write(f"Process: {process.name}, version {process.version}")
        administrator, password = self.make_administrator(empty=empty)
        if not empty:
            self.load_demonstration(administrator)
        self.stdout.write(f"Administrator: {administrator.email}, password {password}")
        self.stdout.write("Write the password down: it is shown this once.")

    def make_administrator(self, *, empty):
        password = secrets.token_urlsafe(12)
        company = "company" if empty else DEMONSTRATION.name
        administrator = Person.objects.create_user(
            f"admin@{company}.example",
            password,
            code="ADMIN",
            name="Administrator",
            is_administrator=True,
        )
        return administrator, password

    def load_demonstration(self, administrator):
        report = importing.run(files.open_folder(DEMONSTRATION), by=administrator)
        if report.problems:
            raise CommandError("\n".join(str(problem) for problem in report.problems))
        simulate_all()
        facts.refresh_all()
        months.read_open()
        alerts.raise_for()
        people = Person.objects.exclude(pk=administrator.pk)
        people.update(password=make_password(PASSWORD))
        self.stdout.write(
            f"Demonstration company Norvane: {report.total('added')} rows, {len(people)} people, "
            f"password {PASSWORD} for all of them"
        )
