"""The curriculum's pages: files in and out, texts under way, and how the content stands."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from teams.actions.academy import curriculum as files
from teams.actions.academy.curriculum import SHIPPED
from teams.models import CurriculumFile, CurriculumUpload, ItemStatistic, LearningModule, ModuleText
from tests.factories import PersonFactory
from tests.factories.academy import (
    ItemPoolFactory,
    LearningModuleFactory,
    ModuleItemFactory,
    ModuleTextFactory,
)
from tests.factories.academy_curriculum import DraftFactory

pytestmark = pytest.mark.django_db
PATH = "modules/01-ipd-in-an-hour.md"


def url(name, *args):
    return reverse(f"teams:{name}", args=args)


def upload(client, *given):
    sent = [SimpleUploadedFile(name, content) for name, content in given]
    return client.post(url("curriculum-import"), {"files": sent})


# Files ------------------------------------------------------------------------------------------


def test_the_curriculum_goes_out_as_it_came_and_comes_in_again(house, as_person, curriculum):
    answer = as_person(house.academy).get(url("curriculum-archive"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as box:
        out = {name: box.read(name) for name in box.namelist()}
    assert out == {path: (SHIPPED / path).read_bytes() for path in files.read_folder(SHIPPED)}
    response = upload(as_person(house.academy), ("all.zip", answer.content))
    page = as_person(house.academy).get(response.url)
    assert "All of these files are in force as they are" in page.text


def test_one_file_goes_out_byte_for_byte(house, as_person, curriculum):
    file = CurriculumFile.objects.get(path=PATH)
    answer = as_person(house.academy).get(url("curriculum-source", file.pk))
    assert answer.content == (SHIPPED / PATH).read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="01-ipd-in-an-hour.md"'


def test_what_would_change_is_shown_and_then_brought_in(house, as_person, curriculum):
    client = as_person(house.academy)
    source = (SHIPPED / PATH).read_bytes().replace(b"A small firm", b"A tiny firm")
    response = upload(client, ("01-ipd-in-an-hour.md", source))
    look = client.get(response.url)
    assert PATH in look.text
    assert "Bring 1 file into force" in look.text
    assert CurriculumFile.objects.filter(path=PATH).count() == 1

    client.post(response.url)

    assert CurriculumFile.objects.get(path=PATH, number=2).brought_by == house.academy
    assert not CurriculumUpload.objects.exists()
    file = client.get(CurriculumFile.objects.get(path=PATH, number=2).get_absolute_url())
    assert "A tiny firm" in file.text
    assert "What this version changed" in file.text


def test_a_mistake_is_shown_with_its_place_and_nothing_comes_in(house, as_person, curriculum):
    client = as_person(house.academy)
    source = (SHIPPED / PATH).read_bytes().replace(b"minutes = 60", b"minuts = 60")
    response = upload(client, ("01-ipd-in-an-hour.md", source))
    page = client.get(response.url)
    assert "minuts is not a key that is read here" in page.text
    assert "into force</button>" not in page.text
    assert client.post(response.url).status_code == 409
    assert CurriculumFile.objects.filter(path=PATH).count() == 1


def _boxed(*names, packed=zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", packed) as box:
        for name in names:
            box.writestr(name, f"# {name}\n" * 2000)
    return data.getvalue()


def _spoilt(packed: int) -> bytes:
    """A box whose list of files is right, and what it lists was changed on its way."""
    data = bytearray(_boxed("guides/a.md", packed=packed))
    data[50:65] = b"\xff" * 15
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", b"PK no", "The ZIP cannot be read"),
        ("a.zip", _spoilt(zipfile.ZIP_DEFLATED), "The ZIP cannot be read"),
        ("a.zip", _spoilt(zipfile.ZIP_LZMA), "The ZIP cannot be read"),
        ("a.zip", _spoilt(zipfile.ZIP_BZIP2), "The ZIP cannot be read"),
        ("a.zip", _boxed("a/guides/x.md", "b/guides/x.md"), "Two of these files belong to"),
        ("a.md", b"\xff\xfe", "is not UTF-8"),
        ("a.md", b"# A guide\n\0", "holds a NUL sign"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_form(house, as_person, name, content, said):
    response = upload(as_person(house.academy), (name, content))
    assert response.status_code == 422
    assert said in response.text


@pytest.mark.parametrize("value", ["[" * 3000 + "]" * 3000, "9" * 5000])
def test_toml_that_nobody_writes_is_a_mistake_with_its_file(house, as_person, value):
    client = as_person(house.academy)
    response = upload(client, ("tests.toml", f"title = {value}".encode()))
    assert "1 thing to put right" in " ".join(client.get(response.url).text.split())


def test_more_files_than_a_form_may_hold_are_answered_by_a_sentence(house, as_person):
    response = upload(as_person(house.academy), *((f"{n}.md", b"# A") for n in range(101)))
    assert response.status_code == 400
    assert "Many files go as one ZIP" in response.text


def test_a_zip_in_which_nothing_is_content(house, as_person):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as box:
        box.writestr("curriculum/README.md", "About it.")
        box.writestr("__MACOSX/x.toml", "")
    response = upload(as_person(house.academy), ("a.zip", data.getvalue()))
    assert "no file of content" in response.text


def test_an_upload_is_its_maker_s(house, as_person):
    made = files.keep_upload({"guides/new.md": "# New\n"}, by=house.academy)
    assert as_person(house.lpdt).get(made.get_absolute_url()).status_code == 403


def test_files_that_were_brought_in_elsewhere_lead_to_the_choice(house, as_person):
    made = files.keep_upload({"guides/new.md": "# New\n"}, by=house.academy)
    files.keep_upload({"guides/newer.md": "# Newer\n"}, by=house.academy)
    client = as_person(house.academy)
    for answer in (client.get(made.get_absolute_url()), client.post(made.get_absolute_url())):
        assert answer["Location"] == reverse("teams:curriculum-import")


@pytest.mark.parametrize("name", ["curriculum", "curriculum-archive", "curriculum-import"])
def test_files_are_for_those_who_keep_them(house, as_person, name):
    for person in (house.lpdt, house.assessor, house.secretary):
        assert as_person(person).get(url(name)).status_code == 403


# Health -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_more_modules(
    house, as_person, count, django_assert_max_num_queries
):
    for _number in range(count):
        module = LearningModuleFactory(owner=PersonFactory())
        ModuleTextFactory(module=module)
        ModuleTextFactory(module=module, language="fr", base_version="1.0")
        ModuleItemFactory(module=ItemPoolFactory(module=module).module)
    client = as_person(house.academy)
    with django_assert_max_num_queries(12):
        page = client.get(url("curriculum"))
    assert page.text.count("drifted") >= count


def test_a_module_expires_when_nobody_reviews_it(house, as_person, in_november):
    LearningModuleFactory(code="M01", reviewed_on=date(2025, 11, 30))
    LearningModuleFactory(code="M02", reviewed_on=date(2025, 11, 10))
    ModuleTextFactory(module=LearningModule.objects.get(code="M01"))
    ModuleTextFactory(module=LearningModule.objects.get(code="M02"))
    page = as_person(house.academy).get(url("curriculum")).text
    assert "2026-11-30" in page
    assert "soon" in page
    assert "expired" in page


def item_with(n, right, **sums):
    item = ModuleItemFactory(module=LearningModuleFactory(code="M01"))
    ItemStatistic.objects.create(item=item, n=n, right=right, **sums)
    return item


def test_figures_of_items_are_shown_from_thirty_answers_on(house, as_person):
    """Half right; the rest of the sheet 80 with it and 60 without: r = 20/√100/2·… = 1."""
    item_with(29, 20)
    item_with(40, 20, rest=2800, rest_squared=200000, rest_when_right=1600)
    page = as_person(house.academy).get(url("module-items", "M01")).text
    assert page.count("too few") == 2
    assert "29" not in page
    assert "50 %" in page
    assert "1.00" in page


def test_an_item_that_misleads_is_named(house, as_person):
    item_with(40, 20, rest=2800, rest_squared=200000, rest_when_right=1200)
    page = as_person(house.academy).get(url("module-items", "M01")).text
    assert "misleads those who know" in page
    assert "The right thing" not in page


def test_figures_are_for_the_owner_and_who_edits(house, as_person):
    module = item_with(40, 20).module
    assert as_person(house.lpdt).get(url("module-items", "M01")).status_code == 403
    module.owner = house.lpdt
    module.save()
    assert as_person(house.lpdt).get(url("module-items", "M01")).status_code == 200
    assert as_person(house.lpdt).post(url("module-owner", "M01")).status_code == 403
    assert as_person(house.lpdt).post(url("module-review", "M01")).status_code == 302


def test_an_owner_is_named_by_number(house, as_person):
    LearningModuleFactory(code="M01")
    client = as_person(house.academy)
    assert client.post(url("module-owner", "M01"), {"owner": "nobody"}).status_code == 422
    client.post(url("module-owner", "M01"), {"owner": house.lpdt.code})
    assert LearningModule.objects.get().owner == house.lpdt


# Texts ------------------------------------------------------------------------------------------


def test_a_text_is_written_proposed_and_approved_in_the_browser(house, as_person, curriculum):
    """house.lpdt is certified, house.academy edits."""
    author, approver = as_person(house.lpdt), as_person(house.academy)
    page = author.get(url("module-edit", "M01"))
    begun = page.context["form"].initial
    answer = author.post(
        url("module-edit", "M01"),
        {
            "front": begun["front"].replace('version = "3.0"', 'version = "3.1"'),
            "body": begun["body"].replace("A small firm", "A tiny firm").replace("\n", "\r\n"),
        },
    )
    draft = ModuleText.objects.get(state="draft")
    assert answer.url == url("module-text", draft.pk)
    preview = author.get(answer.url)
    assert "As readers would have it" in preview.text
    assert approver.get(answer.url).status_code == 404
    author.post(url("module-text-proposal", draft.pk), {"version": 1})
    assert author.post(url("module-text-approval", draft.pk), {"version": 2}).status_code == 403
    assert "Approve" in approver.get(answer.url).text
    approver.post(url("module-text-approval", draft.pk), {"version": 2})
    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == ("approved", house.academy)
    assert "\r" not in draft.source
    texts = author.get(url("module-texts", "M01")).text
    assert "Superseded" in texts


def test_a_text_is_returned_in_the_browser(house, as_person):
    draft = DraftFactory(author=house.lpdt, state="proposed")
    approver = as_person(house.academy)
    assert approver.post(url("module-text-return", draft.pk), {"version": 1}).status_code == 422
    approver.post(url("module-text-return", draft.pk), {"version": 1, "remark": "Too long."})
    author = as_person(house.lpdt)
    assert "Too long." in author.get(url("module-text", draft.pk)).text
    assert "Too long." in author.get(url("module-edit", draft.module.code)).text
    author.post(url("module-text-removal", draft.pk), {"version": 2})
    assert not ModuleText.objects.exists()


def test_writing_is_for_the_experienced(house, as_person):
    LearningModuleFactory(code="M01")
    for name in ("module-texts", "module-edit"):
        assert as_person(house.pqa).get(url(name, "M01")).status_code == 403
        assert as_person(house.lpdt).get(url(name, "M01")).status_code == 200
    assert as_person(house.lpdt).get(url("module-edit", "M01") + "?language=xx<").status_code == 404


def test_a_layer_begins_with_the_local_sections(house, as_person, curriculum):
    page = as_person(house.lpdt).get(url("module-edit", "M01") + "?language=cs")
    begun = page.context["form"].initial
    assert 'sections = ["norvane", "first-week"]' in begun["front"]
    assert begun["body"].count("## ") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_module_s_texts_cost_the_same(house, as_person, count, django_assert_max_num_queries):
    module = LearningModuleFactory(code="M01")
    for number in range(1, count + 1):
        DraftFactory(module=module, number=number, state="proposed")
    client = as_person(house.academy)
    with django_assert_max_num_queries(9):
        client.get(url("module-texts", "M01"))
