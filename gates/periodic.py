"""What the clock starts. Each task is safe to run twice, late, and beside itself."""

from celery import shared_task

from gates.actions import chasing, criterion_counts, criterion_verdicts, digests, escalating, facts


@shared_task
def chase_conditions() -> int:
    """Remind, escalate and let lapse; see `gates.actions.escalating`."""
    return escalating.chase()


@shared_task
def chase_reviews() -> int:
    """Name due calendar steps and end holds; see `gates.actions.chasing`."""
    return chasing.chase()


@shared_task
def bundle_digests() -> int:
    """Queue the daily digests; see `gates.actions.digests`."""
    return digests.bundle()


@shared_task
def read_all_facts() -> int:
    """Read every open review's facts, as the day has changed; see `gates.actions.facts`."""
    return facts.refresh_all()


@shared_task
def count_criteria() -> int:
    """Count what criteria changed, and ask the owners of those that changed nothing."""
    criterion_counts.count()
    return criterion_verdicts.ask_owners()
