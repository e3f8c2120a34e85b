"""Who presents, as pages show it: naming, co-signing, the rules on display."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from gates.models import Presenter
from teams.models import Team
from tests.factories import PersonFactory
from tests.factories.academy_certification import PresenterFactory
from tests.factories.company import seated
from tests.gates.helpers import decide, revealed, with_rule

pytestmark = pytest.mark.django_db
SAW = "She named the weakness herself, before anybody asked."


def url(name, row):
    return reverse(f"gates:{name}", args=[row.pk])


def test_the_lead_names_a_mentor_on_the_page(house, trainee, mentor, as_person):
    review = house.review()
    client = as_person(trainee)
    page = client.get(review.get_absolute_url()).content.decode()
    assert "without certificate" in page
    assert "name a certified mentor" in page

    address = url("review-presenter", review)
    form = client.get(address)
    assert "needs a valid certificate (LPDT-1)" in form.content.decode()
    sent = {"act": "present", "person": trainee.pk, "version": review.version}
    assert client.post(address, sent | {"mentor": "nobody@nowhere"}).status_code == 422
    assert client.post(address, sent | {"mentor": house.pqa.email}).status_code == 409
    assert client.post(address, sent | {"mentor": mentor.email}).status_code == 302

    page = client.get(review.get_absolute_url()).content.decode()
    assert f"{trainee.name}, with {mentor.name} beside" in page
    brief = as_person(house.member).get(url("review-brief", review)).content.decode()
    assert f"{trainee.name}, with {mentor.name} beside" in brief


def test_others_name_nobody(house, as_person):
    review = house.review()

    for who in (house.core_member, house.outsider, house.chair):
        assert as_person(who).get(url("review-presenter", review)).status_code == 403
    sent = {"act": "decide", "person": house.chair.pk, "version": review.version}
    refused = as_person(house.lpdt).post(url("review-presenter", review), sent)
    assert refused.status_code == 403


def test_the_mentor_cosigns_on_the_page(house, trainee, mentor, as_person):
    review = revealed(house)
    row = PresenterFactory(review=review, person=trainee, mentor=mentor)
    decision = decide(review, house, "GO")
    client, address = as_person(mentor), url("presenter-cosignature", row)
    assert address in client.get(review.get_absolute_url()).content.decode()
    assert address in client.get(decision.get_absolute_url()).content.decode()
    assert as_person(trainee).get(address).status_code == 403

    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": SAW}).status_code == 302

    record = as_person(house.member).get(decision.get_absolute_url()).content.decode()
    assert SAW in record
    assert address not in client.get(review.get_absolute_url()).content.decode()


def test_a_cosignature_of_a_hidden_product_does_not_exist(house, mentor, as_person):
    review = house.review(product=house.confidential_product)
    row = PresenterFactory(review=review, person=PersonFactory(), mentor=mentor)

    assert as_person(mentor).get(url("presenter-cosignature", row)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_its_size(
    house, as_person, no_lazy_fetch, django_assert_max_num_queries, count
):
    with_rule("run_room")
    review = house.review()
    for number in range(count):
        seated(house.board, "SECRETARY", f"F{number}")
    client = as_person(house.secretary)

    with django_assert_max_num_queries(12):
        assert client.get(url("review-presenter", review)).status_code == 200


def test_the_process_page_says_which_acts_ask_for_a_certificate(house, as_person):
    page = as_person(house.outsider).get(reverse("gates:process")).content.decode()

    assert "certificate LPDT-1" in page


def test_the_team_s_rights_say_it_too(house, as_person):
    team = Team.objects.get(pk=house.product.team_id)

    page = as_person(house.core_member).get(team.get_absolute_url()).content.decode()

    assert "LPDT-1" in page


def test_names_are_unique(house, mentor):
    review = house.review()
    PresenterFactory(review=review)

    with pytest.raises(IntegrityError), transaction.atomic():
        Presenter.objects.create(review=review, person=mentor)
