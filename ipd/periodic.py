"""What the clock starts of the products' work. Each task is safe to run twice, and late."""

from celery import shared_task

from ipd.actions import standings


@shared_task
def read_contracts() -> int:
    """Hold every contract against its facts, as the day has changed; see `standings`."""
    return standings.renew_all()
