"""The sheet of readings: typed, pasted, refused by cell; nothing is lost, rights hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from time_machine import travel

from teams.actions import readings
from teams.actions.readings import Entry
from teams.models import KpiMonth, KpiReading
from tests.factories.kpis import KpiFactory, KpiReadingFactory, KpiTargetFactory

pytestmark = pytest.mark.django_db
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
SENTINEL = Decimal("7654321.98")


@pytest.fixture(autouse=True)
def _in_november():
    with travel("2026-11-22T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def kpi(db):
    kpi = KpiFactory(code="CSAT", name="Customer satisfaction")
    KpiTargetFactory(kpi=kpi)
    return kpi


@pytest.fixture
def team(product):
    return product.team


def sheet(team):
    return reverse("teams:kpi-readings", args=[team.pk])


def cell(kpi, text, month=OCTOBER, *, seen="", drawn=""):
    name = f"{kpi.pk}-{month:%Y-%m}"
    return {name: text, f"seen-{name}": f"{seen}:{drawn}"}


def save(client, team, **data):
    return client.post(sheet(team), {"month": "2026-11", "act": "save", **data})


def test_a_member_types_and_saves(kpi, team, as_person, core_member):
    answer = save(as_person(core_member), team, **cell(kpi, "66/75"))

    assert answer.status_code == 302
    made = KpiReading.objects.get()
    assert (made.figure(), made.n, made.entered_by) == (88, 75, core_member)
    page = as_person(core_member).get(answer["Location"]).content.decode()
    assert 'value="66/75"' in page
    assert "waits for approval" in page


def test_whoever_has_no_seat_reads_and_does_not_write(kpi, team, as_person, outsider):
    KpiReadingFactory(kpi=kpi, team=team)
    client = as_person(outsider)

    assert "88.0 %" in client.get(sheet(team)).content.decode()
    assert f'name="{kpi.pk}-' not in client.get(sheet(team)).content.decode()
    assert save(client, team, **cell(kpi, "66/75")).status_code == 403
    assert KpiReading.objects.count() == 1


def test_a_confidential_team_is_not_there(kpi, as_person, outsider, house):
    hidden = house.confidential_product.team
    reading = KpiReadingFactory(kpi=kpi, team=hidden)
    client = as_person(outsider)

    for name, pk in (("kpi-readings", hidden.pk), ("kpi-reading", reading.pk)):
        assert client.get(reverse(f"teams:{name}", args=[pk])).status_code == 404
    assert hidden.name not in client.get(reverse("teams:kpi-collect")).content.decode()


def test_every_bad_cell_is_named_and_nothing_typed_is_lost(kpi, team, as_person, core_member):
    other = KpiFactory(code="DEF")
    KpiTargetFactory(kpi=other)
    typed = cell(kpi, "many") | cell(other, "1/0") | cell(kpi, "81", NOVEMBER)

    answer = save(as_person(core_member), team, **typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "CSAT, 2026-10: “many” is no number." in page
    assert "DEF, 2026-10: Nothing is divided by zero." in page
    assert all(f'value="{text}"' in page for text in ("many", "1/0", "81"))
    assert not KpiReading.objects.exists()


def test_a_block_from_a_spreadsheet_is_put_into_the_sheet(kpi, team, as_person, core_member):
    other = KpiFactory(code="DEF", name="Defects", unit="ratio")
    KpiTargetFactory(kpi=other)
    block = "KPI\t2026-09\t2026-10\r\nCSAT\t66/75\t-\r\nDefects\t\t0,45 n=12\r\n"
    client = as_person(core_member)

    shown = client.post(sheet(team), {"month": "2026-11", "act": "paste", "pasted": block})

    page = shown.content.decode()
    assert shown.status_code == 200
    assert "3 cells are different now" in page
    assert not KpiReading.objects.exists()
    typed = cell(kpi, "66/75", date(2026, 9, 1)) | cell(kpi, "-") | cell(other, "0,45 n=12")
    assert all(f'value="{text}"' in page for text in ("66/75", "-", "0,45 n=12"))
    assert save(client, team, **typed).status_code == 302
    assert KpiReading.objects.get(kpi=other).n == 12
    assert KpiReading.objects.get(kpi=kpi, month=OCTOBER).status == "not_due"


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("KPI\t2026-09\t2026-13\nCSAT\t1\t2", "“2026-13” is no month of this sheet."),
        ("KPI\t2026-10\nCSAT\t66/75\nNONE\t1", "“NONE” is no KPI that you enter here."),
        ("66\n67\n68", "more lines than the sheet has rows"),
        ("1\t2\t3\t4\t5\t6\t7", "CSAT: more cells than the sheet has months."),
        ("KPI\t2026-10\nCSAT\tmany", "CSAT, 2026-10: “many” is no number."),
    ],
)
def test_what_finds_no_place_is_named(block, said, kpi, team, as_person, core_member):
    data = {"month": "2026-11", "act": "paste", "pasted": block}
    answer = as_person(core_member).post(sheet(team), data)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert block.splitlines()[-1] in answer.content.decode()


def test_two_at_once_are_told_of_each_other(kpi, team, as_person, core_member, lpdt):
    entry = Entry(kpi.pk, OCTOBER, Decimal(70), Decimal(100), n=100)
    (theirs,) = readings.enter(team, [entry], by=lpdt)
    client = as_person(core_member)

    answer = save(client, team, **cell(kpi, "66/75"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "now 70/100, you wrote 66/75" in page
    assert 'value="66/75"' in page
    assert f'value="{theirs.pk}:70/100"' in page
    again = save(client, team, **cell(kpi, "66/75", seen=theirs.pk, drawn="70/100"))
    assert again.status_code == 302
    assert KpiReading.objects.get(supersedes=theirs).numerator == 66


def test_what_moved_meanwhile_and_was_not_touched_stays(kpi, team, as_person, core_member, lpdt):
    readings.enter(team, [Entry(kpi.pk, OCTOBER, Decimal(70), Decimal(100), n=100)], by=lpdt)

    answer = save(as_person(core_member), team, **cell(kpi, ""), **cell(kpi, "81", NOVEMBER))

    assert answer.status_code == 302
    assert KpiReading.objects.get(month=OCTOBER).numerator == 70


def test_a_correction_of_a_closed_month_says_why(kpi, team, as_person, core_member):
    stood = KpiReadingFactory(kpi=kpi, team=team)
    KpiMonth.objects.create(month=OCTOBER)
    client, typed = as_person(core_member), cell(kpi, "70", seen=stood.pk, drawn="22/25")

    refused = save(client, team, **typed)

    assert refused.status_code == 422
    assert "say below why it is corrected" in refused.content.decode()
    assert save(client, team, note="Counted again.", **typed).status_code == 302
    assert KpiReading.objects.get(supersedes=stood).note == "Counted again."


def test_a_reading_is_corrected_on_its_own_page(kpi, team, as_person, core_member, outsider):
    stood = KpiReadingFactory(kpi=kpi, team=team)
    url = reverse("teams:kpi-reading-correction", args=[stood.pk])
    client = as_person(core_member)

    assert as_person(outsider).get(url).status_code == 403
    assert client.post(url, {"text": "x", "note": "Why"}).status_code == 422
    done = client.post(url, {"text": "20/25", "note": "Two were no customers."})

    page = client.get(done["Location"]).content.decode()
    assert "80.0 %" in page
    assert "88.0 %" in page  # in the history
    assert client.post(url, {"text": "19/25", "note": "Late"}).status_code == 409


def test_amounts_behind_a_figure_are_money(team, as_person, outsider, lpdt, house):
    kpi = KpiFactory(code="EAC", has_amounts=True)
    money = KpiFactory(code="CV", unit="money")
    for one in (kpi, money):
        KpiTargetFactory(kpi=one)
        KpiReadingFactory(
            kpi=one,
            team=team,
            numerator=SENTINEL,
            denominator=1 if one is money else SENTINEL * 2,
            entered_by=house.core_member,
        )
    digits = ("7654321", "7,654,321", "7 654 321", "7.65", "15308643", "15,308,643")
    pages = [reverse("teams:kpi-readings", args=[team.pk]), reverse("teams:kpi-approvals")]
    pages += [
        reverse("teams:kpi-readings-file", args=[team.pk, ending]) for ending in ("csv", "xlsx")
    ]
    pages += [reverse("teams:kpi-reading", args=[row.pk]) for row in KpiReading.objects.all()]
    client = as_person(outsider)
    for url in pages:
        body = client.get(url).content.decode(errors="ignore")
        assert not [text for text in digits if text in body], url
    assert "7654321.98" in as_person(lpdt).get(pages[2]).content.decode()
    assert (
        as_person(lpdt).get(reverse("teams:kpi-readings-file", args=[team.pk, "pdf"])).status_code
        == 404
    )


@pytest.mark.parametrize("page", ["sheet", "missing", "approvals", "detail", "months"])
def test_a_page_costs_the_same_whatever_its_size(
    page, team, house, as_person, lpdt, django_assert_max_num_queries, no_lazy_fetch
):
    def add():
        kpi = KpiFactory()
        KpiTargetFactory(kpi=kpi)
        return KpiReadingFactory(kpi=kpi, team=team, entered_by=house.core_member)

    first = add()
    url = {
        "sheet": reverse("teams:kpi-readings", args=[team.pk]),
        "missing": reverse("teams:kpi-collect"),
        "approvals": reverse("teams:kpi-approvals"),
        "detail": reverse("teams:kpi-reading", args=[first.pk]),
        "months": reverse("teams:kpi-months"),
    }[page]
    client = as_person(lpdt)
    client.get(url)
    with django_assert_max_num_queries(12) as one:
        assert client.get(url).status_code == 200
    add(), add()
    with django_assert_max_num_queries(12) as three:
        client.get(url)
    assert len(one) == len(three)
