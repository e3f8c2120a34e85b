"""Generated contracts are ones that the rules of the database accept."""

import pytest

from gates.management.commands.generate import SCALES
from gates.management.generating import contracts, people
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from ipd.models import ChangeRequest, Contract, ContractStanding, Product

pytestmark = pytest.mark.django_db


def test_generated_products_have_cases_and_contracts(process):
    numbers = {**SCALES["small"], "process": process.pk}
    for step in [*people.STEPS, *contracts.STEPS]:
        step.run(numbers)

    ids = list(Product.objects.filter(code__startswith="G").values_list("pk", flat=True))
    current = Contract.objects.current().filter(product__in=ids)
    assert current.count() == len(ids) == 50
    elements = current.first().elements.count()
    assert elements == process.contract_elements.count()
    assert ContractStanding.objects.filter(product__in=ids).count() == 50 * elements
    assert ChangeRequest.objects.filter(product__in=ids, contract__in=current).count() == 50
    assert len(MEASURES["case_npv"].compute(ids, today(), today())) == 50
