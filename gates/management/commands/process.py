"""`manage.py process load FILE`: brings in a version of a process definition."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from gates.actions import processes
from ipd.kernel.access import Refused


class Command(BaseCommand):
    help = "Loads a process definition (TOML) as a new version; the same file twice is no change."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["load"])
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            process, is_new = processes.load(file.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file} is not UTF-8 text.") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        said = "is loaded and current" if is_new else "is loaded already; nothing changed"
        self.stdout.write(f"{process.name}, version {process.version}, {said}.")
