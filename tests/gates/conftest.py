"""What tests of gates share."""

import pytest

from ipd.kernel.measures import MEASURES


@pytest.fixture
def measures_put_back():
    """A test may register measures of its own; afterwards the register is as it was."""
    known = dict(MEASURES)
    yield
    MEASURES.clear()
    MEASURES.update(known)
