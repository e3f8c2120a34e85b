"""Shares are proposed, co-signed and approved by two roles; a frozen round never changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice
from teams.actions import bonus_approvals, bonus_findings, bonus_shares, bonuses
from teams.models import BonusApproval, BonusFigure, BonusKpi, BonusMember, BonusTeam, Role
from teams.queries import bonus_seals
from tests.factories.kpis import KpiFactory
from tests.teams.bonus_rounds import approve, cosigned, frozen, opened, proposed
from tests.teams.test_bonuses import SHARES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


# Shares -------------------------------------------------------------------------------------


def test_proposed_shares_are_the_example_s_to_the_cent(made):
    proposed(made)
    shares = [BonusMember.objects.get(pk=made.members[seat].pk).share for seat in made.members]

    assert [str(share) for share in shares] == SHARES.split()
    assert sum(shares) == made.p10.entitlement


def test_a_proposal_names_everybody_and_stays_in_its_range(made):
    opened(made)
    row, said = made.p10, made.contributions()
    given = {"note": "", "by": made.house.lpdt, "seen_version": row.version}
    with pytest.raises(Stale, match="others by now"):
        bonus_shares.propose(row, contributions={}, **given)
    for wrong in ("0.79", "1.21"):
        with pytest.raises(Refused, match="between"):
            bonus_shares.propose(
                row, contributions=said | {made.members["SE"].pk: Decimal(wrong)}, **given
            )
    bonus_shares.propose(row, contributions=said, **given)
    with pytest.raises(Stale):
        bonus_shares.propose(row, contributions=said, **given)


def test_heads_sign_for_their_own_and_again_when_that_changes(made):
    proposed(made)
    row, heads = made.p10, dict(made.heads())
    assert len(bonus_seals.unsigned(row)) == len(heads) == 7
    for function, head in heads.items():
        assert Notice.objects.filter(person=head, link=row.get_absolute_url()).exists()
        bonus_shares.cosign(row, function=function, by=head, seen_version=row.version)
    assert bonus_seals.unsigned(row) == []
    function, head = next(iter(heads.items()))
    with pytest.raises(Refused, match="has signed"):
        bonus_shares.cosign(row, function=function, by=head, seen_version=row.version)
    said = made.contributions() | {made.members["SE"].pk: Decimal("1.00")}
    row = bonus_shares.propose(
        row, contributions=said, note="", by=made.house.lpdt, seen_version=row.version
    )
    assert [function.code for function in bonus_seals.unsigned(row)] == ["SE"]


def test_the_author_does_not_co_sign(made):
    proposed(made)
    row, function = made.p10, made.heads()[0][0]
    with pytest.raises(Refused, match="Whoever proposes"):
        bonus_shares.cosign(row, function=function, by=made.house.lpdt, seen_version=row.version)


# Approval -----------------------------------------------------------------------------------


def test_two_people_in_two_roles_freeze_it(made):
    cosigned(made)
    board = made.board
    approve(made, board.member)
    assert made.round.state == "open"
    with pytest.raises(Refused, match="You have signed"):
        approve(made, board.member)
    with pytest.raises(Refused, match="of another role"):
        approve(made, board.other)
    approve(made, board.chair)

    row = made.fresh()
    assert (row.state, row.appeals_until) == ("frozen", date(2026, 12, 6))
    assert row.seal == bonus_seals.of_round(row)
    entry = LedgerEntry.objects.latest("sequence")
    assert (entry.kind, entry.body["seal"]) == ("bonus round frozen", row.seal)
    assert entry.body["roles"] == ["CHAIR", "MEMBER"]
    told = Notice.objects.filter(dedupe_key=f"bonus:{row.pk}:frozen")
    assert told.count() == len(made.members)


def test_nobody_approves_what_they_proposed_or_get(made):
    cosigned(made)
    for person in (made.house.lpdt, made.house.pqa):
        with pytest.raises(Refused, match="proposes or receives"):
            approve(made, person)
        with pytest.raises(IntegrityError, match="does not approve"), transaction.atomic():
            BonusApproval.objects.create(
                round=made.round, role=Role.objects.first(), by=person, seal="x"
            )


def test_a_change_between_the_signatures_makes_the_first_one_lapse(made):
    cosigned(made)
    approve(made, made.board.chair)
    bonus_findings.state(made.p10, kind="breach", text="Found late.", by=made.board.secretary)
    approve(made, made.board.member)

    assert made.fresh().state == "open"
    approve(made, made.board.chair)
    assert made.fresh().state == "frozen"


def test_it_waits_for_proposals_and_co_signatures(made):
    opened(made)
    with pytest.raises(Refused, match="waits for the lead's proposal"):
        approve(made, made.board.chair)
    proposed_row = made.p10
    bonus_shares.propose(
        proposed_row,
        contributions=made.contributions(),
        note="",
        by=made.house.lpdt,
        seen_version=proposed_row.version,
    )
    with pytest.raises(Refused, match="waits for FIN, MFG, "):
        approve(made, made.board.chair)


def test_a_frozen_round_never_changes(made):
    frozen(made)
    row = made.fresh()
    member = BonusMember.objects.filter(team=made.p10).first()
    for forbidden in (
        lambda: type(row).objects.filter(pk=row.pk).update(fund=1),
        lambda: BonusMember.objects.filter(pk=member.pk).update(share=1),
        lambda: member.delete(),
        lambda: BonusTeam.objects.filter(round=row).update(entitlement=1),
        lambda: BonusKpi.objects.create(
            round=row, kpi=KpiFactory(), weight=9, floor=1, target=2, stretch=3
        ),
        lambda: BonusFigure.objects.filter(team=made.p10).delete(),
        lambda: row.approvals.all().delete(),
        lambda: row.approvals.update(seal="other"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            forbidden()
    for act in (bonuses.read_again, bonus_approvals.approve):
        with pytest.raises(Refused, match="frozen"):
            act(row, by=made.board.secretary, seen_version=row.version)
    with pytest.raises(Refused, match="frozen"):
        bonus_findings.state(made.p10, kind="field", text="Late.", by=made.board.secretary)
