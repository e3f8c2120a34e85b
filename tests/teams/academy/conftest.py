"""What tests of the academy's rooms share: the shipped curriculum, a lead, a path, imports."""

from datetime import date

import pytest

from ipd.kernel.tables import files as folders
from ipd.kernel.tables import importing
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


@pytest.fixture
def bring_in(tmp_path):
    """A folder of these files, brought in as users do it."""

    def run(written):
        for name, text in written.items():
            (tmp_path / name).write_text(text)
        return importing.run(folders.open_folder(tmp_path), as_of=date(2026, 11, 22))

    return run
