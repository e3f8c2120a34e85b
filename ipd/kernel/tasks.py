"""The kernel's work off the web worker; the broker is only a doorbell."""

from celery import shared_task

from ipd.kernel.actions import jobs, outbox, touches


@shared_task
def relay() -> int:
    """Send what waits in the outbox; safe to run twice, and often."""
    return outbox.relay()


@shared_task
def follow_touches() -> int:
    """Bring the figures of products whose facts moved up to date; see `touches.FOLLOWERS`."""
    return touches.follow_up()


@shared_task
def work(pk: str) -> None:
    """Do one job; safe to be sent twice, since a job is claimed."""
    jobs.run(pk)


@shared_task
def hand_out() -> int:
    """Ring again for the jobs that nobody works on."""
    waiting = jobs.waiting()
    for pk in waiting:
        work.delay(pk)
    return len(waiting)


jobs.RING.append(work.delay)
