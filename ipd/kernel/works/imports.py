"""A confirmed import, off the web worker: the files are kept until it is over."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions.jobs import Running, job
from ipd.kernel.models import LedgerEntry
from ipd.kernel.tables import importing, uploads


@job(kind=importing.KIND)
def bring_in(running: Running, *, files: str, seen: str) -> str:
    """Apply exactly what the person saw before they confirmed; the address of all imports.

    Handed out again after its worker died, it finds the import in the ledger when that was
    done already.
    """
    if not _is_done(running, files):
        try:
            _apply(running, files, seen)
        except Refused:
            uploads.drop(files)
            raise
    uploads.drop(files)
    return reverse("kernel:administration")


def _is_done(running: Running, files: str) -> bool:
    since = {"at__gte": running.job.created_at, "actor": running.person}
    return LedgerEntry.objects.filter(kind=importing.KIND, body__files=files, **since).exists()


def _apply(running: Running, files: str, seen: str) -> None:
    with running.beside() as progress:
        report = importing.run(
            uploads.take(files), by=running.person, agreed=seen, progress=progress
        )
    if report.problems:
        raise Stale(_("The data changed meanwhile: choose the files again to see what is new."))
