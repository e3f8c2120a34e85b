"""Facts that moved: said by the action that moved them, heard by whoever keeps figures."""

from collections.abc import Callable, Iterable

from django.db import transaction

from ipd.kernel.models import Touch

# Each is given product ids and brings its own figures up to date, in one transaction with all.
FOLLOWERS: list[Callable[[set[int]], object]] = []


def touch(product_ids: Iterable[int]) -> None:
    """Say, in the transaction that changes them, that these products' facts have moved."""
    Touch.objects.bulk_create(Touch(product_id=pk) for pk in set(product_ids))


@transaction.atomic
def take(limit: int = 1000) -> set[int]:
    """The products touched since the last call; taken once, also by two clocks at a time.

    Called inside the transaction that brings their figures up to date, so that a crash
    leaves them to be taken again.
    """
    rows = Touch.objects.select_for_update(skip_locked=True).order_by("pk")[:limit]
    taken = {row.pk: row.product_id for row in rows}
    Touch.objects.filter(pk__in=taken).delete()
    return set(taken.values())


@transaction.atomic
def follow_up(limit: int = 1000) -> int:
    """Let every follower bring its figures of the touched products up to date; how many."""
    taken = take(limit)
    for follower in FOLLOWERS if taken else []:
        follower(taken)
    return len(taken)
