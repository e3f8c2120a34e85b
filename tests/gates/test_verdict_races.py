"""Two at the same moment decide on one criterion: one of them does."""

import pytest

from gates.actions import criterion_verdicts
from gates.models import CriterionDefinition, CriterionVerdict
from ipd.kernel.access import Refused
from teams.models import Function
from tests.races import at_once, by_hands

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_criterion_is_decided_on_once(house):
    one = CriterionDefinition.objects.select_related("gate__chain__process").get(
        code="CH-13", gate__chain__process=house.product.process
    )
    head = Function.objects.get(code=one.function).head

    def judge(number):
        judgement = "keep" if number % 2 else "sunset"
        reason = "It was asked so often that we know what it gives."
        return criterion_verdicts.judge(one, judgement=judgement, reason=reason, by=head, seen=0)

    done, refused = at_once(by_hands(judge), refusals=Refused)

    assert (len(done), len(refused)) == (1, 7)
    assert CriterionVerdict.objects.count() == 1
