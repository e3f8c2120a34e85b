"""A plan's files on its page: previewed, confirmed, brought in by the worker, given out again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.actions import plan_files, plans
from ipd.kernel.actions import jobs
from ipd.kernel.models import Job
from teams.models import Role
from tests.factories import ProductFactory, SeatFactory
from tests.factories.plans import ActivityFactory, LinkFactory, PlanFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(product):
    plan = PlanFactory(product=product)
    first = ActivityFactory(plan=plan, order=1024, code="A1", name="First")
    LinkFactory(
        predecessor=first, successor=ActivityFactory(plan=plan, order=2048, code="A2", name="Then")
    )
    plans.reschedule(plan)
    return plan


@pytest.fixture
def url(product):
    return reverse("ipd:plan-files", args=[product.pk])


def file_of(name: str, content: bytes | str) -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data)


def post(client, url, what, name, content):
    return client.post(url, {"what": what, "file": file_of(name, content)})


def brought_in(client, product, preview) -> Job:
    """Confirmed, and the worker's work done."""
    confirm = reverse("ipd:plan-file-confirmation", args=[product.pk])
    answer = client.post(confirm, {"agreed": preview.context["agreed"]})
    assert answer.status_code == 302
    job = Job.objects.latest("created_at")
    jobs.run(str(job.pk))
    job.refresh_from_db()
    return job


def test_a_table_is_previewed_confirmed_and_in(house, as_person, product, plan, url):
    client = as_person(house.lpdt)
    text = f"product,code,name,duration\n{product.code},A1,First,8d\n{product.code},A9,New,3d\n"

    preview = post(client, url, "activities", "mine.csv", text)

    assertContains(preview, "1 added")
    assert plan.activities.count() == 2
    job = brought_in(client, product, preview)
    assert (job.state, job.error, job.result) == ("done", "", plan.get_absolute_url())
    assert plan.activities.get(code="A9").minutes == 1440
    assert plan.activities.get(code="A1").minutes == 8 * 480


def test_what_was_given_out_comes_in_again_as_the_same_plan(house, as_person, product, plan, url):
    client = as_person(house.lpdt)
    for what in ("activities", "links"):
        for name in (f"{what}.csv", f"{what}.xlsx"):
            given = client.get(reverse("ipd:plan-file", args=[product.pk, name]))
            preview = post(client, url, what, name, given.content)
            assertContains(preview, "Nothing: the plan is as the file says.")
    given = client.get(reverse("ipd:plan-file", args=[product.pk, "project.xml"]))
    assert plan_files.read(given.content).picture.activities[0]["name"] == "First"


def test_a_project_file_makes_the_plan(house, as_person, product, plan):
    other = ProductFactory(line=product.line)
    SeatFactory(team=other.team, role=Role.objects.get(code="LPDT"), person=house.lpdt)
    given = plan_files.export_mspdi(plan)
    client = as_person(house.lpdt)
    url = reverse("ipd:plan-files", args=[other.pk])

    preview = post(client, url, "project", "their plan.xml", given)
    job = brought_in(client, other, preview)

    assert job.state == "done", job.error
    other.refresh_from_db()
    assert set(other.plan.activities.values_list("code", flat=True)) == {"A1", "A2"}


def test_rows_of_other_products_are_named_and_nothing_is_done(house, as_person, plan, url):
    text = "product,code,name,duration\nP-OTHER,A1,Stolen,8d\n"
    answer = post(as_person(house.lpdt), url, "activities", "a.csv", text)
    assertContains(answer, "P-OTHER", status_code=422)


def test_a_circle_and_a_missing_activity_are_named(house, as_person, product, plan, url):
    client = as_person(house.lpdt)
    circle = f"product,predecessor,successor,kind\n{product.code},A2,A1,fs\n"
    assertContains(post(client, url, "links", "l.csv", circle), "circle", status_code=422)
    missing = f"product,predecessor,successor,kind\n{product.code},A7,A1,fs\n"
    assertContains(post(client, url, "links", "l.csv", missing), "A7", status_code=422)


@pytest.mark.parametrize(
    ("what", "name", "content"),
    [
        ("project", "a.csv", "x"),
        ("activities", "a.xml", "<x/>"),
        ("project", "a.xml", "<no project"),
        ("activities", "a.xlsx", "no workbook"),
        ("activities", "a.csv", ""),
    ],
)
def test_broken_files_are_told(house, as_person, plan, url, what, name, content):
    answer = post(as_person(house.lpdt), url, what, name, content)
    assert answer.status_code == 422
    assert plan.activities.count() == 2


def test_what_changed_meanwhile_is_not_overwritten(house, as_person, product, plan, url):
    client = as_person(house.lpdt)
    text = f"product,code,name,duration\n{product.code},A1,First,8d\n"
    preview = post(client, url, "activities", "a.csv", text)
    plan.activities.filter(code="A1").update(minutes=480)

    job = brought_in(client, product, preview)

    assert job.state == "failed"
    assert plan.activities.get(code="A1").minutes == 480


def test_only_the_team_brings_files_in(house, as_person, product, plan, url):
    for person in (house.chair, house.outsider):
        client = as_person(person)
        assert post(client, url, "activities", "a.csv", "x").status_code == 403
        assertNotContains(client.get(url), "Bring in")
        assert (
            client.get(reverse("ipd:plan-file", args=[product.pk, "nonsense.csv"])).status_code
            == 404
        )


def test_a_confirmation_of_somebody_else_does_not_fit(house, as_person, product, plan, url):
    text = f"product,code,name,duration\n{product.code},A1,First,8d\n"
    preview = post(as_person(house.lpdt), url, "activities", "a.csv", text)
    confirm = reverse("ipd:plan-file-confirmation", args=[product.pk])
    for agreed in (preview.context["agreed"], "made up"):
        assert as_person(house.core_member).post(confirm, {"agreed": agreed}).status_code == 409
