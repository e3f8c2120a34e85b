"""What tests of gates share."""

import pytest

from ipd.kernel.measures import MEASURES
from tests.factories.facts import Gauge


@pytest.fixture
def measures_put_back():
    """A test may register measures of its own; afterwards the register is as it was."""
    known = dict(MEASURES)
    yield
    MEASURES.clear()
    MEASURES.update(known)


@pytest.fixture
def gauge(measures_put_back):
    """A measure of the test's own."""
    return Gauge()
