"""What tests of the academy's rooms share: the curriculum that the product ships."""

import pytest

from teams.actions.academy import curriculum as files
from tests.factories.academy import LearningPathFactory


@pytest.fixture
def curriculum(db):
    """All modules, items, paths, scenarios and prompts, as a new installation has them."""
    return files.load(files.SHIPPED)


@pytest.fixture
def lead(house, as_person):
    """A browser in which the academy's lead is signed in."""
    return as_person(house.academy)


@pytest.fixture
def path():
    """A path without stages."""
    return LearningPathFactory()
