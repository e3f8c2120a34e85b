"""The administrators' pages: choose files, see what would change, confirm exactly that."""

import io
import re
import threading
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from ipd.kernel.actions import jobs
from ipd.kernel.forms.imports import confirmation
from ipd.kernel.models import Job, LedgerEntry
from teams.models import Person, Site

pytestmark = pytest.mark.django_db
PAGE, CONFIRMATION = "kernel:import", "kernel:import-confirmation"
SITES = "code,name,country,timezone\nZRH,Zürich,CH,Europe/Zurich\n"


@pytest.fixture
def browser(as_person, administrator):
    return as_person(administrator)


def upload(browser, **texts):
    files = [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in texts.items()]
    return browser.post(reverse(PAGE), {"files": files})


def fields(response):
    """What the confirmation's form carries."""
    return dict(re.findall(r'name="(key|agreed)" value="(.*?)"', response.text))


def confirmed(browser, sent):
    """The job of a confirmation, after the worker has done it."""
    answer = browser.post(reverse(CONFIRMATION), sent)
    job = Job.objects.latest("created_at")
    assert answer.url == job.get_absolute_url()
    jobs.run(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.django_db(transaction=True)
def test_files_are_shown_and_then_imported(browser, administrator):
    Site.objects.create(code="ZRH", name="Zurich", country="CH", timezone="Europe/Zurich")
    shown = upload(browser, sites=SITES)

    assert shown.status_code == 200
    assert "Zurich</td>" in shown.text
    assert "Zürich</td>" in shown.text
    assert Site.objects.get(code="ZRH").name == "Zurich"

    job = confirmed(browser, fields(shown))

    assert (job.state, job.result) == ("done", reverse("kernel:administration"))
    assert "1 changed" in browser.get(job.result).text
    assert Site.objects.get(code="ZRH").name == "Zürich"
    assert LedgerEntry.objects.get(kind="import").actor == administrator
    assert default_storage.listdir("imports")[1] == []


def test_a_confirmation_sent_twice_is_carried_out_once(browser):
    sent = fields(upload(browser, sites=SITES))

    first, second = (browser.post(reverse(CONFIRMATION), sent).url for _time in range(2))

    assert first == second == Job.objects.get().get_absolute_url()


@pytest.mark.django_db(transaction=True)
def test_an_import_whose_worker_died_after_its_end_is_not_made_again(browser):
    job = confirmed(browser, fields(upload(browser, sites=SITES)))
    died = timezone.now() - timedelta(minutes=5)
    Job.objects.update(state="running", finished_at=None, heard_at=died)

    jobs.run(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert LedgerEntry.objects.filter(kind="import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_import_is_heard_while_it_runs_and_stopped_without_a_trace(browser, monkeypatch):
    browser.post(reverse(CONFIRMATION), fields(upload(browser, sites=SITES)))
    job, heard = Job.objects.get(), []

    def beside():
        """Somebody else's page: hears the progress, and then asks to stop."""
        heard.append(Job.objects.values_list("progress", "step").get())
        jobs.cancel(job)
        connection.close()

    def stop(company):
        other = threading.Thread(target=beside)
        other.start()
        other.join(10)

    monkeypatch.setattr("ipd.kernel.tables.importing.after", lambda: [stop])

    jobs.run(str(job.pk))

    job.refresh_from_db()
    assert heard == [(90, "Following up on what changed")]
    assert job.state == "cancelled"
    assert not Site.objects.filter(code="ZRH").exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_is_refused_when_the_data_changed_meanwhile(browser):
    sent = fields(upload(browser, sites=SITES))
    Site.objects.create(code="ZRH", name="Zug", country="CH", timezone="Europe/Zurich")

    job = confirmed(browser, sent)

    assert job.state == "failed"
    assert "changed meanwhile" in job.error
    assert default_storage.listdir("imports")[1] == []
    assert Site.objects.get(code="ZRH").name == "Zug"


def test_a_confirmation_is_refused_when_it_was_made_up(browser):
    for agreed in ("", "made:up", "ImZpbGVzIg:1abc:x"):
        assert browser.post(reverse(CONFIRMATION), {"agreed": agreed}).status_code == 409


def test_another_administrators_confirmation_is_refused(browser, as_person, house):
    sent = fields(upload(browser, sites=SITES))
    other = house.outsider
    Person.objects.filter(pk=other.pk).update(is_administrator=True)

    assert as_person(other).post(reverse(CONFIRMATION), sent).status_code == 409
    assert not Site.objects.filter(code="ZRH").exists()


def test_a_confirmation_is_refused_when_the_files_are_gone(browser, administrator):
    agreed = confirmation("0" * 64, "seen", administrator)

    assert browser.post(reverse(CONFIRMATION), {"agreed": agreed}).status_code == 409


def test_problems_are_listed_and_nothing_can_be_confirmed(browser):
    answer = upload(browser, sites=SITES.replace("Zurich\n", "Zug\n"), places="code\n")

    assert answer.status_code == 422
    assert "Europe/Zug" in answer.text
    assert "places.csv" in answer.text
    assert fields(answer) == {}


@pytest.mark.django_db(transaction=True)
def test_an_upload_without_changes_has_nothing_to_confirm(browser):
    confirmed(browser, fields(upload(browser, sites=SITES)))

    answer = upload(browser, sites=SITES)

    assert answer.status_code == 200
    assert fields(answer) == {}


def test_an_upload_without_files_says_so(browser):
    assert browser.post(reverse(PAGE), {}).status_code == 422


def test_a_value_that_looks_like_markup_is_shown_as_it_is(browser):
    answer = upload(browser, sites=SITES.replace("Europe/Zurich", "<script>alert(1)</script>"))

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_every_column_is_documented_and_every_table_has_blanks(browser):
    page = browser.get(reverse(PAGE)).text

    for name in ("people", "seats", "reviews", "votes"):
        assert f'id="table-{name}"' in page
        book = browser.get(reverse("kernel:import-blank", args=[name, "xlsx"]))
        assert openpyxl.load_workbook(io.BytesIO(book.content)).active.title == name
        assert browser.get(reverse("kernel:import-blank", args=[name, "csv"])).status_code == 200
    assert browser.get(reverse("kernel:import-blank", args=["nothing", "csv"])).status_code == 404


def test_only_administrators_get_in(as_person, house, table_hashes):
    browser = as_person(house.chair)
    before = table_hashes()
    blank = reverse("kernel:import-blank", args=["people", "csv"])
    agreed = confirmation("0" * 64, "seen", house.chair)

    answers = [
        browser.get(reverse("kernel:administration")),
        browser.get(reverse(PAGE)),
        upload(browser, sites=SITES),
        browser.get(blank),
        browser.post(reverse(CONFIRMATION), {"agreed": agreed}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert table_hashes() == before


def test_what_was_uploaded_is_kept_for_half_a_day(browser, monkeypatch):
    upload(browser, sites=SITES)
    monkeypatch.setattr("ipd.kernel.tables.uploads.KEPT_FOR", timedelta(seconds=-1))

    upload(browser, sites=SITES.replace("ZRH", "ZUG"))

    assert len(default_storage.listdir("imports")[1]) == 1
