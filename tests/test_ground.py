"""What tests stand on is the same for each of them, whatever the one before has done."""

from functools import partial

import pytest
from django.db import transaction

from tests.factories import PersonFactory, company

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def build():
    """Of this test alone, so that nothing has been built by it before."""
    return partial(company.build)


def test_what_was_built_once_comes_back_as_it_was(once, build, table_hashes):
    seen = []
    for _time in range(2):
        with transaction.atomic():
            house = once(build)
            house.product.refresh_from_db()
            seen.append((table_hashes(), house))
            transaction.set_rollback(True)

    (first, built), (second, brought) = seen
    assert first == second
    assert built == brought
    assert built.chair is not brought.chair


def test_on_what_a_test_has_written_it_is_built_anew(once, build):
    with transaction.atomic():
        before = once(build)
        transaction.set_rollback(True)
    with transaction.atomic():
        PersonFactory()
        house = once(build)
        assert house.chair != before.chair
        house.chair.refresh_from_db()
        transaction.set_rollback(True)


def test_after_real_transactions_all_is_as_it_was(django_db_setup, table_hashes):
    before = table_hashes()
    house = company.build()
    house.review(stage="decided")
    assert table_hashes() != before

    django_db_setup.restore()

    assert table_hashes() == before
