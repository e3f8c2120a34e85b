"""`manage.py import FOLDER`: brings a company's tables in, all or nothing."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ipd.kernel.access import Refused
from ipd.kernel.tables import files, importing


class Command(BaseCommand):
    help = "Imports the CSV and XLSX tables of a folder; the same folder twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would change")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            help="for demonstrations: the day theirs is moved to, by whole weeks (today)",
        )

    def handle(self, *, folder, dry_run, as_of, **options):
        try:
            report = importing.run(files.open_folder(folder), as_of=as_of, dry_run=dry_run)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if report.problems:
            for problem in report.problems:
                self.stderr.write(str(problem))
            if report.problems.not_shown:
                self.stderr.write(f"… and {report.problems.not_shown} more.")
            raise CommandError(f"{report.problems.count} problems; nothing was imported.")
        self.tell(report, dry_run)

    def tell(self, report, dry_run):
        for tally in report.tallies:
            for change in tally.changes:
                for name, old, new in change.fields:
                    self.stdout.write(f"{tally.table.name} {change.key}, {name}: {old} → {new}")
        for tally in report.tallies:
            self.stdout.write(
                f"{tally.table.name:16}{tally.added:6} added{tally.changed:6} changed"
                f"{tally.unchanged:6} unchanged"
            )
        added, changed = report.total("added"), report.total("changed")
        said = f"{added} added, {changed} changed, {report.total('unchanged')} unchanged"
        self.stdout.write(said + (" (dry run: nothing was written)." if dry_run else "."))
