"""Several at the same moment: each role signs once, and the reserve is spent once."""

from decimal import Decimal
from functools import partial

import pytest
import time_machine

from ipd.kernel.access import Refused
from teams.actions import bonus_appeals, bonus_approvals
from teams.models import BonusAnswer, BonusApproval
from teams.queries.bonus_appeals import left_in_reserve
from tests.factories.bonuses import example
from tests.races import at_once
from tests.teams.bonus_rounds import cosigned, frozen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


def test_three_sign_at_once_and_two_roles_count(house):
    made = cosigned(example(house))
    board, row = made.board, made.fresh()
    sign = partial(bonus_approvals.approve, row, seen_version=row.version)
    people = (board.chair, board.member, board.other)
    _done, refusals = at_once([partial(sign, by=one) for one in people], refusals=Refused)

    # Frozen in the end, whoever came first: two of one role never do, the chair is one of them.
    assert made.fresh().state == "frozen"
    signed = BonusApproval.objects.filter(round=row)
    assert sorted(signed.values_list("role__code", flat=True)) == ["CHAIR", "MEMBER"]
    assert len(refusals) == 1


def test_a_reserve_is_not_granted_twice(house):
    made = frozen(example(house))
    asked = [
        bonus_appeals.appeal(made.p10, text="Too little.", by=made.members[seat].person)
        for seat in ("SE", "FIN")
    ]
    grant = partial(
        bonus_appeals.answer,
        upheld=True,
        text="Right.",
        amount=Decimal(300_000),
        by=made.board.chair,
    )
    done, refusals = at_once([partial(grant, one) for one in asked], refusals=Refused)

    assert (len(done), len(refusals)) == (1, 1)
    assert BonusAnswer.objects.count() == 1
    assert left_in_reserve(made.fresh()) == Decimal("61610.61")
