"""A promise outside is backed by a committed initial requirement, or shown as not backed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ipd.actions import promises
from ipd.kernel.access import Refused, Stale
from ipd.kernel.days import today
from ipd.kernel.measures import MEASURES
from ipd.kernel.models import Notice
from ipd.models import CustomerPromise, Requirement
from tests.factories import PersonFactory, ProductFactory
from tests.factories.trade_offs import promise
from tests.ipd.counting import PAGE, grown


def requirement(product, owner, *, status="committed", level="IR", code="X-IR-1"):
    committed = "R1" if status == "committed" else ""
    return Requirement.objects.create(
        level=level,
        line=product.line,
        product=product,
        code=code,
        title="Faster",
        status=status,
        owner=owner,
        committed_release=committed,
    )


def test_an_unbacked_promise_is_told_to_the_lead(house):
    made = promise(house.product, by=house.core_member)
    assert not made.is_backed
    assert Notice.objects.filter(person=house.lpdt, link=made.get_absolute_url()).count() == 1


def test_a_committed_requirement_backs_it_and_nothing_less(house):
    made = promise(house.product, by=house.core_member)
    wanted = requirement(house.product, house.lpdt, status="distributed")
    made = promises.back(made, requirement=wanted, seen_version=1)
    assert list(CustomerPromise.objects.unbacked()) == [made]
    assert not made.is_backed
    Requirement.objects.filter(pk=wanted.pk).update(status="committed", committed_release="R1")
    assert not CustomerPromise.objects.unbacked().exists()
    assert CustomerPromise.objects.select_related("requirement").get().is_backed


def test_what_cannot_back_it_is_refused(house):
    foreign = requirement(ProductFactory(), house.lpdt, code="Y-IR-1")
    built = requirement(house.product, house.lpdt, status="draft", level="SR", code="X-SR-1")
    for wanted in (foreign, built):
        with pytest.raises(Refused, match="cannot back it"):
            promise(house.product, by=house.core_member, requirement=wanted)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"promised_on": date(2099, 1, 1)}, "today or earlier"),
        ({"due_on": date(2020, 1, 1)}, "before it was promised"),
    ],
)
def test_days_that_cannot_be_are_refused(house, fields, why):
    with pytest.raises(Refused, match=why):
        promise(house.product, by=house.core_member, **fields)


def test_the_same_promise_twice_is_refused(house):
    promise(house.product, by=house.core_member)
    with pytest.raises(Refused, match="already"):
        promise(house.product, by=house.lpdt)
    assert CustomerPromise.objects.count() == 1


def test_it_ends_once_with_a_word_for_the_customer(house):
    made = promise(house.product, by=house.core_member)
    end = {"by": house.lpdt, "seen_version": 1}
    with pytest.raises(Refused, match="customer was told"):
        promises.close(made, state="broken", note="", **end)
    closed = promises.close(made, state="broken", note="Told in June", **end)
    assert (closed.state, closed.closed_on) == ("broken", today())
    assert Notice.objects.filter(person=house.core_member).count() == 1
    with pytest.raises(Stale):
        promises.close(made, state="kept", note="", **end)
    with pytest.raises(Refused, match="over"):
        promises.close(made, state="kept", note="", by=house.lpdt, seen_version=2)


def test_open_ones_without_backing_are_measured(house):
    backing = requirement(house.product, house.lpdt)
    promise(house.product, by=house.lpdt, text="One", requirement=backing)
    promise(house.product, by=house.lpdt, text="Two")
    gone = promise(house.product, by=house.lpdt, text="Three")
    promises.close(gone, state="kept", note="", by=house.lpdt, seen_version=1)
    measure = MEASURES["unbacked_promises"]
    found = measure.compute([house.product.pk, ProductFactory().pk], today(), today())
    assert {pk: (r.numerator, r.n) for pk, r in found.items()} == {house.product.pk: (1, 2)}


def test_registers_cost_the_same_with_one_and_with_three(house, as_person):
    client = as_person(house.lpdt)

    def more(number):
        promise(house.product, by=house.lpdt, text=f"Promise {number}")

    assert grown(client, reverse("ipd:promise-register"), more) <= PAGE
    CustomerPromise.objects.all().delete()
    assert grown(client, reverse("ipd:promises", args=[house.product.pk]), more) <= PAGE


def test_the_register_shows_what_one_may_see(house, as_person):
    promise(house.confidential_product, by=PersonFactory(), text="Secret thing")
    promise(house.product, by=house.lpdt, due_on=today() + timedelta(days=9))
    page = as_person(house.outsider).get(reverse("ipd:promise-register"))
    assert "Ready in May" in page.text
    assert "Secret thing" not in page.text
    assert "Not backed" in page.text


def test_a_browser_writes_backs_and_closes(house, as_person):
    client = as_person(house.core_member)
    url = reverse("ipd:promise-new", args=[house.product.pk])
    typed = {"customer": "Telvanta", "text": "Ready in May", "promised_on": "2026-01-05"}
    unknown = client.post(url, typed | {"requirement": "NONE"})
    assert unknown.status_code == 422
    assert "No initial requirement of this product" in unknown.text
    assert client.post(url, typed).status_code == 302
    made = CustomerPromise.objects.get()
    assert "Nothing stands behind this promise" in client.get(made.get_absolute_url()).text
    requirement(house.product, house.lpdt)
    back = reverse("ipd:promise-backing", args=[made.pk])
    assert client.post(back, {"requirement": "X-IR-1", "version": 1}).status_code == 302
    end = reverse("ipd:promise-end", args=[made.pk])
    assert client.post(end, {"state": "kept", "note": "", "version": 1}).status_code == 409
    assert client.post(end, {"state": "kept", "note": "", "version": 2}).status_code == 302
    assert as_person(house.outsider).post(end, {"state": "kept", "version": 3}).status_code == 403
