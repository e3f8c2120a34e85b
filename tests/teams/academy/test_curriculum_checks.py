"""A file with a mistake is refused with the place and what to do, and nothing comes in."""

import pytest

from ipd.kernel.access import Refused
from teams.actions.academy import curriculum as files
from teams.actions.academy.curriculum import SHIPPED
from teams.calculations.academy import proofs
from teams.models import CurriculumFile, LearningModule, LearningPath, ModuleItem, ModuleText

pytestmark = pytest.mark.django_db
SHIPPED_FILES = files.read_folder(SHIPPED)
MODULE, POOL = "modules/01-ipd-in-an-hour.md", "items/01-ipd-in-an-hour.toml"
PATH, LISTS = "paths/lpdt-1.toml", "checklists.toml"
LAYER = "variants/fr-CA/11-customers-values-ethics.md"


def problems(path, old, new, *, everywhere=False):
    source = SHIPPED_FILES[path]
    assert old in source
    changed = source.replace(old, new) if everywhere else source.replace(old, new, 1)
    return " | ".join(map(str, files.look(SHIPPED_FILES | {path: changed}).problems))


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (MODULE, "minutes = 60", "minutes = ", f"{MODULE}: The TOML cannot be read"),
        (MODULE, "+++\n", "", f"{MODULE}: Begin the file with its facts"),
        (MODULE, "minutes = 60", "", f"{MODULE}: minutes is missing. Add it."),
        (MODULE, "minutes = 60", "minuts = 60", "minuts is not a key that is read here"),
        (MODULE, "minutes = 60", 'minutes = "60"', "minutes has to be a whole number"),
        (MODULE, '"CUSTOMER"', '"CHARM"', "competencies: competency CHARM is not known."),
        (MODULE, "prerequisites = []", 'prerequisites = ["M77"]', "M77 is not known"),
        (MODULE, "## The phases", "## Phases", "Look at: The phases; Phases"),
        (MODULE, "\n:::\n", "\n", "A block begins with :::chart or :::exercise"),
        (MODULE, 'code = "M01"', 'code = "M02"', "code: Write M01"),
        (POOL, "draw = 8", "draw = 9", "The cells draw 8 items together, and draw says 9"),
        (
            POOL,
            'text = "PDCP", right = true',
            'text = "PDCP", right = false',
            "I01: Exactly one",
        ),
        (
            POOL,
            'objective = "M01-O1"\ncompetency',
            'objective = "X"\ncompetency',
            "X is not known",
        ),
        (POOL, "cut_percent = 80", "cut_percent = 101", "percentage from 1 to 100"),
        (
            POOL,
            "difficulties = [3], draw = 1",
            "difficulties = [1], draw = 1",
            "same difficulty",
        ),
        (POOL, 'code = "M01-I02"', 'code = "M01-I01"', "M01-I01 stands there more than once"),
        (
            PATH,
            'element = "E-PDP"',
            'element = "E-NONE"',
            "element of this path E-NONE is not known",
        ),
        (PATH, "credit = 2", "credit = 3", "have to add up to 100; they are 101"),
        (PATH, "weeks = [1, 1]", "weeks = [1, 9]", "within its stage: 1 to 1"),
        (PATH, "weight = 25", "weight = 26", "RB-MINUTE: The weights of the criteria"),
        (LISTS, "seat_confirmed", "seat_bought", "C-BOARD-01: A fact is one of"),
        (LISTS, 'module = "M01"', 'module = "M99"', "M99 is not known"),
        (LAYER, '"local-values"', '"values"', "Replace local sections only"),
        ("tests.toml", '"E-PRETEST"', '"E-NOTEST"', "PRE: element of a path E-NOTEST is not known"),
        ("competencies.toml", "weight = 40", "weight = 30", "The weights have to add up to 100"),
        ("prompts/peer-review.toml", '"VALUES"', '"PEOPLE"', "Nothing is asked about VALUES"),
    ],
)
def test_a_mistake_is_named_with_its_place(path, old, new, said):
    everywhere = path.startswith("prompts")
    assert said in problems(path, old, new, everywhere=everywhere)


def test_a_number_that_its_formula_does_not_give_is_found():
    path = next(path for path, text in SHIPPED_FILES.items() if 'formula = "2.4/3.0"' in text)
    assert "The formula gives 0.9, the answer says" in problems(path, "2.4/3.0", "2.7/3.0")
    assert "cannot be reckoned: open" in problems(path, "2.4/3.0", "open('x')")


@pytest.mark.parametrize("formula", ["9**9**9", "().__class__", "1/0", "x", "exp(1000)", "1e999"])
def test_a_formula_reckons_and_does_nothing_else(formula):
    with pytest.raises(proofs.NotAFormula):
        proofs.value(formula)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("modules/x.md", ""),
        ("notes.txt", "x"),
        ("tests.toml", "a = nan"),
        (LISTS, "a = 1979-05-27"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_no_error(path, source):
    assert len(files.look({path: source}).problems) == 1


def test_with_a_mistake_in_one_file_none_comes_in():
    broken = SHIPPED_FILES | {POOL: SHIPPED_FILES[POOL].replace("draw = 8", "draw = 9", 1)}
    with pytest.raises(Refused, match="draw says 9"):
        files.bring_in(broken)
    assert not LearningModule.objects.exists()
    assert not CurriculumFile.objects.exists()


# What changes -----------------------------------------------------------------------------------


def changed(path, old, new):
    return files.bring_in({path: SHIPPED_FILES[path].replace(old, new, 1)})


def test_a_changed_text_supersedes_and_the_old_one_stays(curriculum):
    changed(MODULE, 'version = "3.0"', 'version = "4.0"')
    texts = ModuleText.objects.filter(module__code="M01", language="en")
    assert list(texts.values_list("number", "version", "state")) == [
        (2, "4.0", "approved"),
        (1, "3.0", "superseded"),
    ]
    versions = CurriculumFile.objects.filter(path=MODULE)
    assert list(versions.values_list("number", "is_current")) == [(2, True), (1, False)]


def test_a_changed_item_is_a_new_row_and_the_others_stay(curriculum):
    before = set(ModuleItem.objects.values_list("pk", flat=True))
    changed(POOL, "Which gate closes the Plan phase?", "Which gate ends the Plan phase?")
    new = ModuleItem.objects.exclude(pk__in=before).get()
    assert (new.code, new.number, new.retired_at) == ("M01-I01", 2, None)
    old = ModuleItem.objects.get(code="M01-I01", number=1)
    assert old.stem.startswith("Which gate closes")
    assert old.retired_at


def test_a_path_in_use_is_not_rewritten_under_its_version(curriculum):
    with pytest.raises(Refused, match="Give the change a new version"):
        changed(PATH, "weeks = 26", "weeks = 27")
    path = SHIPPED_FILES[PATH].replace("weeks = 26", "weeks = 27", 1)
    files.bring_in({PATH: path.replace('version = "3.0"', 'version = "3.1"', 1)})
    old, new = LearningPath.objects.order_by("pk")
    assert (old.is_current, old.weeks, new.is_current, new.weeks) == (False, 26, True, 27)
    assert new.tests.count() == 2


def test_a_file_under_a_new_name_takes_the_old_one_s_place(curriculum):
    new = "modules/01-the-first-hour.md"
    files.bring_in({new: SHIPPED_FILES[MODULE]})
    current = CurriculumFile.objects.filter(is_current=True, kind="module", path__contains="/01-")
    assert [file.path for file in current] == [new]
    assert ModuleText.objects.filter(module__code="M01", state="approved").count() == 1


def test_a_competency_is_reworded_and_not_removed(curriculum):
    with pytest.raises(Refused, match="Keep this competency"):
        changed("competencies.toml", 'code = "VALUES"', 'code = "VIRTUES"')
