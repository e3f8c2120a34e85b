"""What the clock starts of what teams are measured by. Each task is safe to run twice, and late."""

from celery import shared_task

from teams.actions import alerts, months, reminders
from teams.actions.academy import (
    certificates,
    cohorts,
    mentoring_sessions,
    module_reminders,
    peer_reviews,
    plans,
)


@shared_task
def read_open_months() -> int:
    """Read the computed KPIs of the open months again; see `months`."""
    return months.read_open()


@shared_task
def close_months() -> int:
    """Close the months whose day has come; see `months.close_due`."""
    return months.close_due()


@shared_task
def remind_of_readings() -> int:
    """Remind of readings that are missing; see `reminders`."""
    return reminders.remind()


@shared_task
def raise_kpi_alerts() -> int:
    """Raise the signs of teams' KPIs and clear those that are gone; see `alerts`."""
    return alerts.raise_for()


@shared_task
def remind_of_certificates() -> int:
    """Tell holders that their certificates end, or have lapsed; see `certificates.remind`."""
    return certificates.remind()


@shared_task
def remind_pairs_to_meet() -> int:
    """Remind mentors and learners that did not meet; see `mentoring_sessions.remind`."""
    return mentoring_sessions.remind()


@shared_task
def close_peer_reviews() -> int:
    """Close reviews by colleagues whose day has passed; see `peer_reviews.close_due`."""
    return peer_reviews.close_due()


@shared_task
def start_cohorts() -> int:
    """Start the cohorts whose first day has come; see `academy.cohorts`."""
    return cohorts.start_due()


@shared_task
def remind_of_plan_checks() -> int:
    """Remind learners to look at the goals of their plans once a quarter; see `plans.remind`."""
    return plans.remind()


@shared_task
def remind_of_modules() -> int:
    """Remind of modules that nobody has reviewed for long; see `module_reminders`."""
    return module_reminders.remind()
