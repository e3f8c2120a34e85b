"""What tests of gates share."""

import pytest

from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from teams.models import Certificate
from tests.factories.academy_certification import CertificateFactory
from tests.factories.facts import Gauge
from tests.factories.people import PersonFactory
from tests.factories.rehearsals import rehearsed


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


@pytest.fixture
def source(house):
    return house.review()


@pytest.fixture
def colleagues(house):
    """The chair and the member of the rehearsal's board; of other houses, as it were."""
    return PersonFactory(name="Cora Colleague"), house.outsider


@pytest.fixture
def played(house, source, colleagues):
    chair, member = colleagues
    return rehearsed(source, by=house.lpdt, chair=chair, member=member)


@pytest.fixture
def mentor():
    return CertificateFactory(person=PersonFactory(name="Moa Mentor")).person


@pytest.fixture
def trainee(house):
    """The product's lead, whose certificate has been revoked."""
    Certificate.objects.filter(person=house.lpdt).update(
        revoked_on=today(), revoked_reason="Left the line."
    )
    return house.lpdt
