"""The kernel's work off the web worker; the broker is only a doorbell."""

from celery import shared_task

from ipd.kernel.actions import outbox


@shared_task
def relay() -> int:
    """Send what waits in the outbox; safe to run twice, and often."""
    return outbox.relay()
