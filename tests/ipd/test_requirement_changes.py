"""Baselines keep what they hold; afterwards it moves by a request that somebody else decides."""

import pytest
from django.db import IntegrityError, transaction

from ipd.actions import requirement_changes as changes
from ipd.actions import requirements
from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice
from ipd.models import RequirementBaselineItem, RequirementStep
from tests.factories.requirements import RequirementFactory, bodies, chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(house):
    """A system requirement in baseline B1, promised by the contract."""
    rows = chain(house.product, is_contracted=True)
    changes.keep(house.product, code="B1", reason="TR1", by=house.lpdt)
    rows["SR"].refresh_from_db()
    return rows["SR"]


def ask(house, row, action="modify", **more):
    given = {"after": {"title": "Said differently", "text": ""}, "impact": "None", "pcr": ""}
    return changes.ask(
        house.product,
        action=action,
        requirement=row,
        reason="The part changed.",
        by=house.core_member,
        **(given | more),
    )


def decide(change, by, accepted=True, answer="", pcr=""):
    return changes.decide(
        change, accepted=accepted, answer=answer, pcr=pcr, by=by, seen_version=change.version
    )


def test_a_baseline_keeps_version_title_and_hash_and_the_ledger_knows(house, kept):
    item = RequirementBaselineItem.objects.get(requirement=kept)
    assert (kept.status, item.version, item.title) == ("baselined", kept.version, kept.title)
    assert item.text_hash == changes.text_hash(kept.title, kept.text)
    assert LedgerEntry.objects.filter(kind="requirement baseline").count() == 1


def test_baselines_and_steps_never_change(kept):
    for rows in (RequirementBaselineItem.objects.all(), RequirementStep.objects.all()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.delete()


def test_what_nobody_owns_cannot_be_baselined(house):
    row = RequirementFactory(product=house.product, owner=None)
    with pytest.raises(Refused, match=row.code):
        changes.keep(house.product, code="B1", reason="TR1", by=house.lpdt)


def test_a_baseline_is_kept_once_and_in_turn(house, kept):
    for code, why in (("B1", "kept already"), ("B2", "")):
        if why:
            with pytest.raises(Refused, match=why):
                changes.keep(house.product, code=code, reason="x", by=house.lpdt)
        else:
            assert changes.keep(house.product, code=code, reason="x", by=house.lpdt)


def test_after_the_baseline_words_move_by_request_only(house, kept):
    with pytest.raises(requirements.Kept, match="ask for the change"):
        requirements.edit(kept, title="Now", by=house.lpdt, seen_version=kept.version)
    row = requirements.edit(kept, value=7, by=house.lpdt, seen_version=kept.version)
    assert row.value == 7
    with pytest.raises(requirements.Kept, match="ask for the addition"):
        requirements.derive(
            kept.links_up.get().upper, level="SR", by=house.lpdt, title="One more", text=""
        )


def test_a_request_is_decided_by_somebody_else_and_carried_out(house, kept):
    _analyst, _manager, engineer = bodies(house)
    change = ask(house, kept)
    assert change.before["title"] == kept.title
    assert Notice.objects.filter(person=engineer, needs_action=True).exists()
    with pytest.raises(Refused, match="Nobody decides"):
        decide(change, house.core_member)
    decide(change, engineer)
    kept.refresh_from_db()
    assert (kept.title, kept.status) == ("Said differently", "changed")
    with pytest.raises(Refused, match="decided already"):
        decide(change, engineer)


def test_a_refused_request_says_why_and_changes_nothing(house, kept):
    change = ask(house, kept)
    with pytest.raises(Refused, match="Say why"):
        decide(change, house.lpdt, accepted=False)
    decide(change, house.lpdt, accepted=False, answer="Not worth it")
    kept.refresh_from_db()
    assert kept.status == "baselined"


def test_contracted_scope_is_dropped_by_a_change_of_the_contract_only(house, kept):
    change = ask(house, kept, "drop")
    with pytest.raises(Refused, match="PCR"):
        decide(change, house.lpdt)
    decide(change, house.lpdt, pcr="PCR-1")
    kept.refresh_from_db()
    assert kept.status == "dropped"
    ar = kept.links_down.get().lower
    ar.refresh_from_db()
    assert not ar.upward  # what hung on it alone is gold plating now


def test_an_accepted_addition_is_made_and_traced(house, kept):
    above = kept.links_up.get().upper
    after = {"title": "One more", "text": "", "level": "SR", "upper": above.code}
    change = decide(ask(house, None, "add", after=after), house.lpdt)
    assert change.requirement.title == "One more"
    change.requirement.refresh_from_db()
    assert (change.requirement.owner, change.requirement.upward) == (house.core_member, True)


def test_one_open_request_at_a_time_and_none_without_a_baseline(house, kept):
    ask(house, kept)
    with pytest.raises(Refused, match="open already"):
        ask(house, kept)
    with pytest.raises(Refused, match="No baseline keeps it"):
        ask(house, RequirementFactory(product=house.product, level="AR"))


def test_a_stale_decision_is_refused(house, kept):
    change = ask(house, kept)
    with pytest.raises(Stale):
        changes.decide(change, accepted=True, answer="", pcr="", by=house.lpdt, seen_version=99)
