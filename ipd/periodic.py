"""What the clock starts of the products' work. Each task is safe to run twice, and late."""

from celery import shared_task

from ipd.actions import climbing, requirement_clocks, standings


@shared_task
def read_contracts() -> int:
    """Hold every contract against its facts, as the day has changed; see `standings`."""
    return standings.renew_all()


@shared_task
def climb_trade_offs() -> int:
    """Send up what nobody decided in time; see `climbing`."""
    return climbing.chase()


@shared_task
def chase_requirements() -> int:
    """Remind of overdue steps, and take long silence for a yes; see `requirement_clocks`."""
    return requirement_clocks.chase()
