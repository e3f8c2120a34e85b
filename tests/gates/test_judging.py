"""Computed criteria: nobody types a state in, the owner may state a worse one with a reason."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from gates.actions import criteria, facts
from gates.actions.blocking import red_musts
from gates.models import ReviewCriterion
from gates.models.reviews import Stage
from ipd.kernel.access import Refused, Stale
from tests.factories.facts import bind, fact
from tests.races import at_once

pytestmark = pytest.mark.django_db
WHY = "Seventeen of them are traced to a design that is about to change."


@pytest.fixture
def criterion(house, gauge):
    criterion = bind(house.review(), "PD-03", gauge)
    fact(criterion, figure=97)
    return criterion


def judge(criterion, by, state, comment=WHY):
    return criteria.judge(
        criterion, state=state, comment=comment, by=by, seen_version=criterion.version
    )


def test_nobody_types_the_state_in(criterion, house):
    with pytest.raises(Refused, match="It is computed"):
        criteria.assess(
            criterion, state="met", comment="", by=house.lpdt, seen_version=criterion.version
        )


def test_a_judged_criterion_is_not_judged_beside_a_figure(house):
    criterion = house.review().criteria.get(code="PD-01")

    with pytest.raises(Refused, match="not computed"):
        judge(criterion, house.lpdt, "partly")


@pytest.mark.parametrize("state", ["partly", "not_met"])
def test_the_owner_states_something_worse(criterion, house, state):
    judge(criterion, house.core_member, state)

    criterion.refresh_from_db()
    assert (criterion.state, criterion.judged, criterion.comment) == (state, state, WHY)
    assert criterion.assessed_by == house.core_member
    assert criterion.fact.state == "met"


@pytest.mark.parametrize(
    ("figure", "better"), [("partly", "met"), ("partly", "partly"), ("not_met", "partly")]
)
def test_never_something_better(criterion, house, figure, better):
    type(criterion.fact).objects.update(state=figure)
    criterion = ReviewCriterion.objects.get(pk=criterion.pk)

    with pytest.raises(Refused, match="only something worse"):
        judge(criterion, house.core_member, better)


def test_better_than_no_data_goes_by_waiver_only(criterion, house):
    type(criterion.fact).objects.update(state="no_data", figure=None)
    criterion = ReviewCriterion.objects.get(pk=criterion.pk)

    for state in ("met", "partly"):
        with pytest.raises(Refused, match="only something worse"):
            judge(criterion, house.core_member, state)
    judge(criterion, house.core_member, "not_met")


@pytest.mark.parametrize("comment", ["", "  "])
def test_a_worse_state_gives_its_reason(criterion, house, comment):
    with pytest.raises(Refused, match="Say in a sentence"):
        judge(criterion, house.core_member, "partly", comment)


def test_a_judgement_is_taken_back(criterion, house):
    criterion = judge(criterion, house.core_member, "partly")

    judge(criterion, house.core_member, "", "The design is fixed.")

    criterion.refresh_from_db()
    assert (criterion.state, criterion.judged) == ("met", "")
    assert criterion.comment == "The design is fixed."


def test_the_worse_of_figure_and_judgement_holds(criterion, house, gauge):
    judge(criterion, house.core_member, "partly")
    seen = []
    for figure in (99, 50, 92, 99):
        gauge.set(house.product, figure)
        facts.refresh([house.product.pk])
        criterion.refresh_from_db()
        seen.append(criterion.state)

    assert seen == ["partly", "not_met", "partly", "partly"]


def test_what_was_judged_by_an_old_figure_is_stale(criterion, house, gauge):
    seen = criterion.version
    gauge.set(house.product, 91)
    facts.refresh([house.product.pk])

    with pytest.raises(Stale, match="It moved meanwhile: Partly"):
        criteria.judge(
            criterion, state="not_met", comment=WHY, by=house.core_member, seen_version=seen
        )


@pytest.mark.parametrize("stage", [Stage.FIRST_VOTE, Stage.REVEALED])
def test_in_the_room_nobody_judges(house, gauge, stage):
    criterion = bind(house.review(stage=stage), "PD-03", gauge)
    fact(criterion)

    with pytest.raises(Refused, match="The meeting has begun"):
        judge(criterion, house.core_member, "partly")


def test_a_red_fact_blocks_a_go_and_missing_data_does_too(house, gauge):
    review = house.review()
    criterion = bind(review, "PD-03", gauge)

    assert red_musts(review) == ["PD-03 is a must and no data."]
    gauge.set(house.product, 10)
    facts.refresh([house.product.pk])
    assert red_musts(review) == ["PD-03 is a must and not met."]
    gauge.set(house.product, 95)
    facts.refresh([house.product.pk])
    assert red_musts(review) == []
    assert not criterion.assessed_by


@pytest.mark.parametrize(
    "wrong",
    [
        {"judged": "met", "comment": WHY},
        {"judged": "partly", "comment": ""},
        {"threshold": None},
        {"operator": ""},
    ],
    ids=str,
)
def test_the_database_keeps_it_so(criterion, wrong):
    rows = ReviewCriterion.objects.filter(pk=criterion.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_judgements_at_once_one_is_stale(house, gauge):
    criterion = bind(house.review(), "PD-03", gauge)
    fact(criterion)

    judgements = [
        partial(judge, criterion, house.core_member, state) for state in ("partly", "not_met")
    ]
    done, stale = at_once(judgements, refusals=Stale)

    assert (len(done), len(stale)) == (1, 1)


# By the page -------------------------------------------------------------------------------


@pytest.fixture
def url(criterion):
    return reverse("gates:criterion", args=[criterion.pk])


def sent(criterion, **fields):
    return {"state": "", "comment": "", "version": criterion.version} | fields


def test_the_page_offers_only_what_is_worse(criterion, url, house, as_person):
    response = as_person(house.core_member).get(url)

    assertContains(response, "As the figure says")
    assertContains(response, 'value="not_met"')
    assertNotContains(response, 'name="state" value="met"')


def test_the_owner_judges_by_the_page(criterion, url, house, as_person):
    client = as_person(house.core_member)

    assert client.post(url, sent(criterion, state="partly")).status_code == 422
    assert client.post(url, sent(criterion, state="met", comment=WHY)).status_code == 422
    assert client.post(url, sent(criterion, state="partly", comment=WHY)).status_code == 302
    assert client.post(url, sent(criterion, state="not_met", comment=WHY)).status_code == 409

    assertContains(client.get(url), WHY)


def test_deciders_and_strangers_do_not_judge(criterion, url, house, as_person):
    for person in (house.chair, house.member, house.secretary, house.outsider):
        form = sent(criterion, state="partly", comment=WHY)
        assert as_person(person).post(url, form).status_code == 403
