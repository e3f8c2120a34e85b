"""Addresses that nothing stands at."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/academy/modules/%00/", "/academy/cohorts/A%00B/"])
def test_an_address_with_a_nul_is_nowhere(address, outsider, as_person):
    assert as_person(outsider).get(address).status_code == 404
