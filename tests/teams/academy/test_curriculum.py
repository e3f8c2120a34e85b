"""The curriculum comes in as files, all or none, and goes out as it came."""

import pytest

from teams.actions.academy import curriculum as files
from teams.actions.academy.curriculum import SHIPPED
from teams.models import (
    Content,
    CurriculumFile,
    ItemPool,
    LearningModule,
    LearningPath,
    ModuleItem,
    ModuleText,
    PathTest,
)
from teams.queries.academy.curriculum import modules_in_force
from teams.queries.academy.reading import body_of

pytestmark = pytest.mark.django_db


def test_the_shipped_curriculum_comes_in_whole(curriculum):
    assert LearningModule.objects.count() == ItemPool.objects.count() == 12
    assert LearningModule.objects.filter(is_compulsory=True).count() == 10
    assert ModuleText.objects.filter(language="en", state="approved").count() == 12
    assert LearningPath.objects.get(is_current=True).code == "LPDT-1"
    assert PathTest.objects.count() == 2
    assert Content.objects.filter(kind="scenario").count() == 6
    assert min(pool.module.items.count() for pool in ItemPool.objects.all()) >= 8


def test_the_same_files_again_change_nothing(curriculum):
    before = [model.objects.count() for model in (CurriculumFile, ModuleText, ModuleItem, Content)]
    assert files.load(SHIPPED).changed == []
    after = [model.objects.count() for model in (CurriculumFile, ModuleText, ModuleItem, Content)]
    assert after == before


def test_files_are_kept_byte_for_byte(curriculum):
    kept = {file.path: file.source.encode() for file in CurriculumFile.objects.all()}
    assert kept == {path: (SHIPPED / path).read_bytes() for path in files.read_folder(SHIPPED)}


def test_a_reader_has_the_layer_of_their_language_or_the_nearest(
    curriculum, django_assert_num_queries
):
    with django_assert_num_queries(2):
        modules = {module.code: module for module in modules_in_force("fr-CA")}
    assert modules["M11"].layer.language == "fr-CA"
    assert (modules["M11"].layer.base_version, modules["M11"].core.version) == ("1.0", "3.0")
    assert modules["M01"].layer is None


@pytest.mark.parametrize("path", ["modules/01-ipd-in-an-hour.md", "guides/mentoring.md"])
def test_a_file_as_windows_writes_it_says_the_same_and_goes_out_as_it_came(curriculum, path):
    said = (SHIPPED / path).read_text()
    written = "\ufeff" + said.replace("\n", "\r\n")
    files.bring_in({path: written})
    assert CurriculumFile.objects.get(path=path, is_current=True).source == written
    if path.startswith("modules"):
        texts = ModuleText.objects.filter(module__code="M01", language="en").order_by("number")
        assert [body_of(text) for text in texts] == 2 * [body_of(texts[0])]
        assert texts[0].front == texts[1].front
    else:
        assert Content.objects.get(kind="guide", code="mentoring").body["text"] == said
