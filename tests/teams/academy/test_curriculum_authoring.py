"""Experienced people write modules; another colleague brings them into force or returns them."""

from functools import partial

import pytest

from ipd.kernel.access import Refused, Stale
from ipd.kernel.models import LedgerEntry, Notice
from teams.actions.academy import authoring
from teams.actions.academy import curriculum as files
from teams.actions.academy.curriculum import SHIPPED
from teams.models import Badge, CurriculumFile, LearningModule, ModuleText
from tests.factories import PersonFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db
PATH = "modules/01-ipd-in-an-hour.md"


@pytest.fixture
def module(curriculum):
    module = LearningModule.objects.get(code="M01")
    module.owner = PersonFactory()
    module.save()
    return module


@pytest.fixture
def author():
    return PersonFactory()


def source_of(module, language="en", old='version = "3.0"', new='version = "3.1"'):
    return module.texts.get(language=language, state="approved").source.replace(old, new, 1)


def drafted(module, author, **more):
    return authoring.save_draft(module, language="en", source=source_of(module, **more), by=author)


def proposed(module, author, **more):
    draft = drafted(module, author, **more)
    return authoring.propose(draft, by=author, seen_row_version=draft.row_version)


def approved(text, by):
    return authoring.approve(text, by=by, seen_row_version=text.row_version)


def test_a_draft_is_kept_and_written_on(module, author):
    first = drafted(module, author)
    again = drafted(module, author, old="A small firm", new="A tiny firm")
    assert (again.pk, again.row_version, again.number) == (first.pk, 2, 2)
    assert "A tiny firm" in again.source


def test_the_owner_is_asked_and_an_approved_text_is_in_force(module, author):
    text = proposed(module, author)
    assert Notice.objects.get(person=module.owner).needs_action

    approved(text, module.owner)

    states = ModuleText.objects.filter(module=module, language="en").values_list("number", "state")
    assert list(states) == [(2, "approved"), (1, "superseded")]
    file = CurriculumFile.objects.get(path=PATH, is_current=True)
    assert (file.number, file.brought_by, file.source) == (2, author, text.source)
    assert Badge.objects.get().person == author
    assert Notice.objects.filter(person=author, text__contains="approved").exists()
    assert LedgerEntry.objects.filter(subject="module:M01").exists()
    shelf = {file.path: file.source for file in CurriculumFile.objects.filter(is_current=True)}
    assert files.look(shelf).changed == files.look(shelf).problems == []


def test_a_new_layer_gets_the_name_of_the_core(module, author):
    source = (
        '+++\ncode = "M01"\nlanguage = "cs"\nbase_version = "3.0"\ntitle = "IPD za hodinu"\n'
        'sections = ["norvane"]\n+++\n\n## Jeden produkt\n\nText.\n'
    )
    draft = authoring.save_draft(module, language="cs", source=source, by=author)
    text = authoring.propose(draft, by=author, seen_row_version=1)
    approved(text, module.owner)
    kept = CurriculumFile.objects.filter(kind="variant")
    assert kept.filter(path="variants/cs/01-ipd-in-an-hour.md").exists()


def test_nobody_approves_their_own_text(module, author):
    text = proposed(module, author)
    with pytest.raises(Refused, match="their own text"):
        approved(text, author)


def test_a_text_is_returned_with_a_remark_and_offered_again(module, author):
    text = proposed(module, author)
    with pytest.raises(Refused, match="Say what"):
        authoring.send_back(text, remark=" ", by=module.owner, seen_row_version=2)
    text = authoring.send_back(text, remark="Too long.", by=module.owner, seen_row_version=2)
    assert (text.state, text.remark) == ("returned", "Too long.")
    assert drafted(module, author).pk == text.pk


def test_a_text_with_a_mistake_is_not_proposed(module, author):
    draft = drafted(module, author, old="## The phases", new="## Phases")
    assert len(authoring.problems(draft)) == 1
    with pytest.raises(Refused, match="Headings and sections"):
        authoring.propose(draft, by=author, seen_row_version=1)


def test_objectives_that_the_items_ask_for_stay(module, author):
    draft = drafted(module, author, old='code = "M01-O4"', new='code = "M01-O5"')
    found = " ".join(map(str, authoring.problems(draft)))
    assert "items/01-ipd-in-an-hour.toml" in found
    assert "M01-O4 is not known" in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("+++", "", "two lines of"),
        ('title = "Integrated product development in an hour"', "", "Give title"),
        ('code = "M01"', 'code = "M02"', "they stay as they are"),
        ("minutes = 60", 'minutes = "x"', "Give minutes"),
    ],
)
def test_a_draft_that_cannot_be_read_is_refused(module, author, old, new, said):
    with pytest.raises(Refused, match=said):
        drafted(module, author, old=old, new=new)


def test_a_draft_begun_before_a_newer_text_is_not_approved(module, author):
    text = proposed(module, author)
    source = (SHIPPED / PATH).read_text(encoding="utf-8").replace("A small firm", "A firm", 1)
    files.bring_in({PATH: source})
    with pytest.raises(Refused, match="A newer text"):
        approved(text, module.owner)


def test_an_author_takes_back_and_discards(module, author):
    text = proposed(module, author)
    with pytest.raises(Refused, match="your own proposal"):
        authoring.take_back(text, by=module.owner, seen_row_version=2)
    text = authoring.take_back(text, by=author, seen_row_version=2)
    with pytest.raises(Refused, match="your own draft"):
        authoring.discard(text, by=module.owner, seen_row_version=3)
    authoring.discard(text, by=author, seen_row_version=3)
    assert not ModuleText.objects.filter(author=author).exists()


def test_what_was_changed_meanwhile_is_not_approved_unseen(module, author):
    text = proposed(module, author)
    with pytest.raises(Stale):
        authoring.approve(text, by=module.owner, seen_row_version=1)


def test_an_owner_is_named_and_says_that_a_module_still_holds(module, author):
    authoring.name_owner(module, owner=author, by=module.owner)
    assert Notice.objects.get(person=author).link == "/academy/modules/M01/texts/"
    LearningModule.objects.update(reviewed_on="2025-01-01")
    authoring.review(module, by=author)
    module.refresh_from_db()
    assert module.reviewed_on.year > 2025


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_the_same_moment_approve_once(module, author):
    text = proposed(module, author)
    colleagues = [PersonFactory(), PersonFactory()]
    done, refused = at_once([partial(approved, text, who) for who in colleagues], refusals=Stale)
    assert (len(done), len(refused), Badge.objects.count()) == (1, 1, 1)
