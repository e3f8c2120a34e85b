"""What is true of every network, and networkx as a second opinion; five thousand at once."""

import time
from datetime import UTC, datetime

import networkx
from hypothesis import given, settings
from hypothesis import strategies as st

from ipd.calculations.network import Rules, Task, Wait, schedule
from ipd.calculations.working_time import WorkingTime, minute_of

PLAIN = WorkingTime.of()
DAY = 480
START = minute_of(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))


def task(key, days):
    return Task(key=key, minutes=days * DAY, clock=PLAIN)


def computed(tasks, waits):
    found = schedule(tasks, waits, Rules(moment=START))
    assert not found.problems
    return found


@st.composite
def networks(draw):
    """Durations in days of up to 12 tasks, and finish-to-start links forward in their order."""
    days = draw(st.lists(st.integers(0, 12), min_size=1, max_size=12))
    pairs = [(a, b) for b in range(len(days)) for a in range(b)]
    links = draw(st.sets(st.sampled_from(pairs), max_size=20)) if pairs else set()
    return days, links


def of(days, links, order=None):
    tasks = [task(number, length) for number, length in enumerate(days)]
    return computed([tasks[n] for n in order] if order else tasks, [Wait(a, b) for a, b in links])


@given(networks())
@settings(deadline=None)
def test_the_finish_is_the_longest_path_as_networkx_finds_it(network):
    days, links = network
    graph = networkx.DiGraph()
    graph.add_nodes_from(["end", *range(len(days))])
    graph.add_weighted_edges_from((a, b, days[a]) for a, b in links)
    graph.add_weighted_edges_from((n, "end", length) for n, length in enumerate(days))

    found = of(days, links)

    longest = networkx.dag_longest_path_length(graph)
    assert PLAIN.between(START, found.finish) == longest * DAY
    floats = [dates.total_float for dates in found.dates.values()]
    assert min(floats) == 0
    assert all(0 <= d.free_float <= d.total_float for d in found.dates.values())


@given(networks(), st.randoms())
@settings(deadline=None)
def test_the_order_of_the_rows_does_not_matter(network, chance):
    order = list(range(len(network[0])))
    chance.shuffle(order)

    assert of(*network).dates == of(*network, order=order).dates


@given(networks(), st.data())
@settings(deadline=None)
def test_more_work_never_ends_earlier(network, data):
    days, links = network
    number = data.draw(st.integers(0, len(days) - 1))
    longer = [*days]
    longer[number] += data.draw(st.integers(1, 5))

    before, after = of(days, links), of(longer, links)

    assert after.finish >= before.finish
    assert all(after.dates[key].finish >= before.dates[key].finish for key in before.dates)


def test_five_thousand_activities_are_scheduled_at_once():
    tasks = [task(number, 1 + number % 9) for number in range(5000)]
    waits = [
        Wait(number - back, number)
        for number in range(5000)
        for back in (1 + number % 40, 50)
        if number >= back
    ]
    computed(tasks[:10], [])
    began = time.process_time()
    computed(tasks, waits)

    assert time.process_time() - began < 1  # of one core
