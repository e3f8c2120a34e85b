"""`manage.py generate --scale group`: a large company, to measure pages with."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gates.actions import portfolio, processes
from gates.management.generating import (
    academy,
    academy_work,
    certification,
    contracts,
    facts,
    health,
    kpis,
    money,
    people,
    plans,
    requirements,
    reviews,
    risks,
    supply,
)
from ipd.models import ProcessVersion, Product, ProductLine

SCALES = {
    "small": {
        "people": 1_000,
        "lines": 3,
        "products": 50,
        "requirements": 5_000,
        "activities": 100,
        "parts": 5_000,
    },
    "group": {
        "people": 100_000,
        "lines": 50,
        "products": 5_000,
        "requirements": 100_000,
        "activities": 100,
        "parts": 100_000,
    },
}
PROCESS = Path(__file__).resolve().parents[2] / "processes" / "ipd.toml"
NAME = "generated"


class Command(BaseCommand):
    help = "Adds a generated company (people, products, reviews, votes) for measuring."

    def add_arguments(self, parser):
        parser.add_argument("--scale", choices=SCALES, default="small")

    def handle(self, *, scale, **options):
        if ProductLine.objects.filter(code="G001").exists():
            raise CommandError("A generated company is in this database already.")
        began = time.monotonic()
        with transaction.atomic():
            numbers = {**SCALES[scale], "process": self.process().pk}
            for step in [
                *people.STEPS,
                *reviews.STEPS,
                *facts.STEPS,
                *money.STEPS,
                *contracts.STEPS,
                *requirements.STEPS,
                *plans.STEPS,
                *risks.STEPS,
                *supply.STEPS,
                *health.STEPS,
                *kpis.STEPS,
                *academy.STEPS,
                *academy_work.STEPS,
                *certification.STEPS,
            ]:
                self.tell(step.run(numbers), step.model._meta.verbose_name_plural, began)
            ids = Product.objects.filter(process=numbers["process"]).values_list("pk", flat=True)
            portfolio.refresh(ids)
            self.tell(len(ids), "portfolio rows", began)

    def process(self) -> ProcessVersion:
        """A version of its own, since it gets more criteria; the current one stays current."""
        current = ProcessVersion.objects.filter(is_current=True)
        before = list(current.values_list("pk", flat=True))
        source = PROCESS.read_text().replace('version = "1"', f'version = "{NAME}"', 1)
        made, _new = processes.load(source)
        if before:
            ProcessVersion.objects.filter(pk=made.pk).update(is_current=False)
            ProcessVersion.objects.filter(pk__in=before).update(is_current=True)
        return made

    def tell(self, count: int, what: str, began: float) -> None:
        self.stdout.write(f"{time.monotonic() - began:7.1f} s  {count:>9,} {what}")
