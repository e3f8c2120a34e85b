"""Several people at the same moment, each on a database connection of their own."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection

HANDS = 8


def at_once(jobs: Iterable[Callable], *, refusals: type | tuple = ()) -> tuple[list, list]:
    """What the jobs gave that got through, and the refusals of the others; in their order."""
    jobs = list(jobs)
    start = threading.Barrier(len(jobs))

    def run(job):
        try:
            connection.ensure_connection()
            start.wait(30)
            return job(), None
        except refusals as refusal:
            return None, refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        answers = list(pool.map(run, jobs))
    done = [result for result, refusal in answers if refusal is None]
    return done, [refusal for _result, refusal in answers if refusal is not None]


def by_hands(call: Callable, hands: int = HANDS) -> list[Callable]:
    """The same act by so many hands, each with its number."""
    return [partial(call, number) for number in range(hands)]
