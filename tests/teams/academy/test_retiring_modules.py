"""A module goes out of use by its file or by the page, once nothing asks for it; and comes back."""

import io
import zipfile

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from ipd.kernel.access import Refused
from ipd.kernel.models import LedgerEntry
from teams.actions.academy import authoring, retirement
from teams.actions.academy import curriculum as files
from teams.models import CurriculumFile, LearningModule, LearningPath
from teams.queries.academy import curriculum_files
from tests.factories import PersonFactory
from tests.factories.academy import EnrolmentFactory

pytestmark = pytest.mark.django_db
PATH, M08 = "paths/lpdt-1.toml", "modules/08-supply-risk.md"


def source(path):
    return CurriculumFile.objects.get(path=path, is_current=True).source


@pytest.fixture
def module(curriculum):
    """M08, for which nothing asks any more."""
    path = source(PATH).replace('version = "3.0"', 'version = "3.1"', 1)
    files.bring_in({PATH: path.replace('refs = ["M08", "M09"]', 'refs = ["M09"]', 1)})
    return LearningModule.objects.get(code="M08")


def at(name, code="M08"):
    return reverse(f"teams:module-{name}", args=[code])


def test_what_is_asked_for_stays_in_use(curriculum, lead):
    page = lead.post(at("retirement", "M01"))
    assertContains(page, "paths/lpdt-1.toml", status_code=409)
    assertContains(page, "taught module M01 is not known", status_code=409)
    assert LearningModule.objects.get(code="M01").retired_on is None


def test_it_goes_out_of_use_and_is_taught_again(module, lead, house, as_person):
    assertContains(lead.get(at("texts")), "Take it out of use")
    assert lead.post(at("retirement")).status_code == 302
    assert "retired = true" in source(M08)
    assert LedgerEntry.objects.filter(kind="curriculum", body__has_key=M08).exists()
    assertNotContains(lead.get(reverse("teams:module-list")), "Supply risk")
    assert lead.get(module.get_absolute_url()).status_code == 404
    assertContains(lead.get(reverse("teams:curriculum")), "Out of use")
    texts = lead.get(at("texts"))
    assertNotContains(texts, at("edit"))
    assert lead.post(at("retirement")).status_code == 409

    before = files.read_folder(files.SHIPPED)[M08]
    assert lead.post(at("reinstatement")).status_code == 302
    assert source(M08) == before
    assertContains(lead.get(reverse("teams:module-list")), "Supply risk")
    assert as_person(house.assessor).post(at("retirement")).status_code == 403


def test_files_say_it_too(module, house):
    retirement.retire(module, by=house.academy)
    with zipfile.ZipFile(io.BytesIO(curriculum_files.archive())) as box:
        out = {name: box.read(name).decode() for name in box.namelist()}
    LearningModule.objects.filter(pk=module.pk).update(retired_on=None)
    files.bring_in({M08: out[M08].replace("# ", "#  ", 1)})
    module.refresh_from_db()
    assert module.retired_on is not None


def test_who_walks_an_earlier_version_finishes_first(module, house):
    earlier = LearningPath.objects.get(version="3.0")
    one = EnrolmentFactory(path=earlier)
    with pytest.raises(Refused, match=r"People still walk LPDT-1 3\.0"):
        retirement.retire(module, by=house.academy)
    one.state = "withdrawn"
    one.save()
    retirement.retire(module, by=house.academy)


def test_a_text_neither_retires_a_module_nor_brings_it_back(module, house):
    author = PersonFactory()
    said = source(M08)
    with pytest.raises(Refused, match="not in a text"):
        authoring.save_draft(
            module,
            language="en",
            source=said.replace("+++", "+++\nretired = true", 1),
            by=author,
        )
    draft = authoring.save_draft(module, language="en", source=said, by=author)
    draft = authoring.propose(draft, by=author, seen_row_version=draft.row_version)
    retirement.retire(module, by=house.academy)
    with pytest.raises(Refused, match="out of use"):
        authoring.approve(draft, by=house.academy, seen_row_version=draft.row_version)


def test_a_file_of_windows_that_denies_it_goes_out_of_use_too(module, house):
    said = source(M08).replace("+++\n", "+++\nretired = false\n", 1).replace("\n", "\r\n")
    files.bring_in({M08: said})
    retirement.retire(module, by=house.academy)
    assert source(M08) == said.replace("retired = false", "retired = true", 1)
