"""Starting, running and cancelling long work.

A package registers its work with `@job(kind=…)`; a view starts it and sends the person to the
job's page, which can be left. The work runs in the worker, reports how far it is, and stops
when its person asks. It is handed out again when its worker died, so it must be safe to begin
anew: it writes what it found in one transaction at its end.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused
from ipd.kernel.models import Job
from ipd.kernel.models.jobs import JobState

log = logging.getLogger(__name__)
SILENT_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3
RING: list[Callable[[str], None]] = []


class Cancelled(Exception):
    """The person asked to stop; the work leaves nothing behind."""


class Running:
    """What the work sees of its job."""

    def __init__(self, job: Job):
        self.job = job
        self.person = job.person

    def progress(self, percent: float, step: str = "") -> None:
        """Say how far it is, at a few moments a second at most.

        Raises Cancelled when the person asked to stop, or somebody else took the job over.
        """
        now = timezone.now()
        rows = Job.objects.filter(
            pk=self.job.pk,
            state=JobState.RUNNING,
            attempts=self.job.attempts,
            cancel_asked=False,
        )
        told = {"step": step[:200]} if step else {}
        if not rows.update(progress=max(0, min(99, int(percent))), heard_at=now, **told):
            raise Cancelled

    @contextmanager
    def beside(self) -> Iterator[Callable[..., None]]:
        """A `progress` over a connection of its own, for work that is one long transaction.

        Told over the work's own connection it would be heard only when all is over.
        """
        with ThreadPoolExecutor(max_workers=1) as teller:
            try:
                yield lambda *told: teller.submit(self.progress, *told).result()
            finally:
                teller.submit(connections.close_all).result()


Work = Callable[..., str]
WORKS: dict[str, Work] = {}


def job(*, kind: str) -> Callable[[Work], Work]:
    """Register `work(running, **arguments)`, which returns the address of its result."""

    def remember(work: Work) -> Work:
        if kind in WORKS:
            raise ValueError(f"The work {kind} is registered twice.")
        WORKS[kind] = work
        return work

    return remember


def start(*, kind: str, title: str, by, back: str = "", **arguments) -> Job:
    """Queue the work; the worker is rung after the commit, and the clock finds what it missed."""
    made = Job.objects.create(
        person=by, kind=kind, title=title[:200], back=back[:300], arguments=arguments
    )
    transaction.on_commit(partial(_ring, str(made.pk)))
    return made


def _ring(pk: str) -> None:
    """The broker is only a doorbell: without it the clock hands the job out a little later."""
    for bell in RING:
        try:
            bell(pk)
        except Exception:
            log.warning("The worker could not be rung for job %s.", pk, exc_info=settings.DEBUG)


@transaction.atomic
def cancel(asked: Job) -> Job:
    """Ask the work to stop; one that has not begun is over at once.

    Raises Refused when it is over already.
    """
    found = Job.objects.select_for_update().get(pk=asked.pk)
    if found.is_over:
        raise Refused(_("The work is over already."))
    found.cancel_asked = True
    if found.state == JobState.QUEUED:
        found.state, found.finished_at = JobState.CANCELLED, timezone.now()
    found.save(update_fields=["cancel_asked", "state", "finished_at"])
    return found


def waiting() -> list[str]:
    """Jobs nobody works on: queued ones, and those whose worker has gone silent."""
    now = timezone.now()
    left = Q(state=JobState.QUEUED, created_at__lt=now - timedelta(seconds=3))
    silent = Q(state=JobState.RUNNING, heard_at__lt=now - SILENT_AFTER)
    rows = Job.objects.filter(left | silent).order_by("created_at")
    return [str(pk) for pk in rows.values_list("pk", flat=True)[:20]]


def _claim(pk: str) -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heard_at__lt=now - SILENT_AFTER)
        found = (
            Job.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("person")
            .filter(free, pk=pk)
            .first()
        )
        if found is None:
            return None
        if found.attempts >= MOST_ATTEMPTS:
            _end(found, JobState.FAILED, error=_("The work broke off three times."))
            return None
        found.state, found.started_at, found.heard_at = JobState.RUNNING, now, now
        found.attempts += 1
        found.save(update_fields=["state", "started_at", "heard_at", "attempts"])
        return found


def run(pk: str) -> None:
    """Do the work of a job, unless somebody does; every end is written down."""
    found = _claim(pk)
    if found is None:
        return
    try:
        result = WORKS[found.kind](Running(found), **found.arguments)
    except Cancelled:
        _end(found, JobState.CANCELLED)
    except Refused as refusal:
        _end(found, JobState.FAILED, error=str(refusal))
    except Exception:
        log.exception("Job %s (%s) failed.", found.pk, found.kind)
        _end(found, JobState.FAILED, error=_("Something went wrong; the log tells what."))
    else:
        _end(found, JobState.DONE, result=result)


def _end(found: Job, state: str, *, result: str = "", error: str = "") -> None:
    """Write the end, unless the job was handed to somebody else meanwhile."""
    rows = Job.objects.filter(pk=found.pk, state=JobState.RUNNING, attempts=found.attempts)
    rows.update(
        state=state,
        finished_at=timezone.now(),
        progress=100 if state == JobState.DONE else F("progress"),
        result=result[:300],
        error=error,
    )
