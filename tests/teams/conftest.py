"""What tests of the bonus share: the day they play on, and the worked example."""

import pytest
import time_machine

from tests.factories.bonuses import example


@pytest.fixture
def in_november():
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def made(house):
    return example(house)
