"""`manage.py ledger verify` proves the chain; `ledger checkpoint` writes its end down."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ipd.kernel.actions import ledger
from ipd.kernel.models import LedgerEntry


class Command(BaseCommand):
    help = "Verifies the ledger, against a checkpoint kept elsewhere too, or writes one."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["verify", "checkpoint"])
        parser.add_argument("--against", type=Path, help="a checkpoint written earlier")

    def handle(self, *, act, against, **options):
        if act == "checkpoint":
            self.stdout.write(json.dumps(self.checkpoint()))
            return
        wrong = ledger.verify(read(against) if against else None)
        if wrong:
            raise CommandError("\n".join(wrong))
        count = LedgerEntry.objects.count()
        self.stdout.write(f"The ledger holds: {count} entries, none changed, none missing.")

    def checkpoint(self):
        last = LedgerEntry.objects.order_by("-sequence").first()
        if last is None:
            raise CommandError("The ledger is empty.")
        return {"sequence": last.sequence, "hash": last.hash, "at": last.at.isoformat()}


def read(path):
    """A checkpoint's sequence and hash; refuses a file that is none."""
    try:
        checkpoint = json.loads(path.read_text())
        return {"sequence": int(checkpoint["sequence"]), "hash": str(checkpoint["hash"])}
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is no checkpoint of a ledger.") from error
