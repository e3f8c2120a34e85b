"""Experienced people write modules: a draft, a colleague's approval, and it is in force."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ipd.kernel.access import Refused, Stale
from ipd.kernel.actions import ledger
from ipd.kernel.actions.notices import tell
from ipd.kernel.days import today
from teams.actions.academy import badges, checks, curriculum
from teams.actions.academy.shelves.modules import text_of
from teams.calculations.academy import papers
from teams.models import CurriculumFile, LearningModule, ModuleText, Person
from teams.models.academy.curriculum import PaperKind
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.queries.academy.curriculum_files import core_file
from teams.queries.academy.texts import UNDER_WAY, in_force

BESIDE = (PaperKind.COMPETENCIES, PaperKind.MODULE, PaperKind.VARIANT, PaperKind.ITEMS)
COPIED = ("version", "base_version", "title", "minutes", "front", "source")


def place_of(module: LearningModule, language: str) -> str:
    """Where the file of a text lies; a new layer gets the name of the core's file."""
    file = core_file(module)
    core = file.path if file else f"modules/{module.code[1:]}-text.md"
    if language == CORE_LANGUAGE:
        return core
    name = core.rpartition("/")[2]
    known = CurriculumFile.objects.filter(
        is_current=True, path__startswith=f"variants/{language}/{name[:3]}"
    )
    return known.values_list("path", flat=True).first() or f"variants/{language}/{name}"


def problems(text: ModuleText) -> list[checks.Problem]:
    """What stands between a draft and being in force."""
    file = {place_of(text.module, text.language): text.source}
    return curriculum.look(file, beside=BESIDE).problems


@transaction.atomic
def save_draft(module: LearningModule, *, language: str, source: str, by: Person) -> ModuleText:
    """Keep what the author has written so far: their open draft, or a new one.

    Refused when the facts before the text cannot be read; all else is said and may wait.
    """
    _taught(LearningModule.objects.select_for_update(no_key=True).get(pk=module.pk))
    fresh = _read(module, language, source)
    texts = ModuleText.objects.filter(module=module, language=language)
    draft = texts.filter(author=by, state__in=UNDER_WAY).first()
    if draft is None:
        fresh.number = (texts.aggregate(Max("number"))["number__max"] or 0) + 1
        fresh.author = by
        fresh.save()
        return fresh
    for name in COPIED:
        setattr(draft, name, getattr(fresh, name))
    draft.row_version += 1
    draft.save(update_fields=[*COPIED, "row_version"])
    return draft


def _taught(module: LearningModule) -> None:
    """Refused for a module that is out of use."""
    if module.retired_on is not None:
        raise Refused(_("This module is out of use: it is taught again first, then written."))


def _read(module: LearningModule, language: str, source: str) -> ModuleText:
    path = place_of(module, language)
    try:
        paper = papers.read(path, source)
    except papers.Unreadable as error:
        raise Refused(str(checks.unreadable(path, str(error)))) from error
    version = "version" if language == CORE_LANGUAGE else "base_version"
    for key, longest in (("title", 200), (version, 20)):
        if not isinstance(paper.data.get(key), str) or len(paper.data[key]) > longest:
            told = {"key": key, "most": longest}
            raise Refused(_("Give %(key)s as a text of at most %(most)s characters.") % told)
    if not isinstance(paper.data.get("minutes", 0), int):
        raise Refused(_("Give minutes as a whole number."))
    if paper.is_retired:
        raise Refused(_("A module is taken out of use on the page of its texts, not in a text."))
    if paper.data.get("language") != language or paper.data.get("code") != module.code:
        raise Refused(_("Code and language are those of the module; they stay as they are."))
    return text_of(paper, module=module.pk, language=language, state=TextState.DRAFT)


def _locked(text: ModuleText, seen_row_version: int) -> ModuleText:
    rows = ModuleText.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("module__owner", "author").get(pk=text.pk)
    if found.row_version != seen_row_version:
        raise Stale(_("The text was changed while you were looking at it."))
    return found


@transaction.atomic
def propose(text: ModuleText, *, by: Person, seen_row_version: int) -> ModuleText:
    """The author asks colleagues for approval; refused while the text has mistakes."""
    text = _locked(text, seen_row_version)
    if text.author_id != by.pk or text.state not in UNDER_WAY:
        raise Refused(_("Only your own draft can be proposed."))
    if found := problems(text):
        raise Refused(" ".join(map(str, found)))
    _move(text, TextState.PROPOSED)
    told = {"title": text.title, "name": by.name}
    tell(
        [text.module.owner] if text.module.owner_id != by.pk else [],
        news=f"text:{text.pk}:{text.row_version}",
        text=_("%(name)s proposes a new text: %(title)s.") % told,
        link=f"/academy/texts/{text.pk}/",
        why=_("You answer for this module."),
        needs_action=True,
    )
    return text


def _move(text: ModuleText, state: TextState, **more) -> None:
    text.state, text.row_version = state, text.row_version + 1
    for name, value in more.items():
        setattr(text, name, value)
    text.save(update_fields=["state", "row_version", *more])


@transaction.atomic
def take_back(text: ModuleText, *, by: Person, seen_row_version: int) -> ModuleText:
    """The author goes on writing."""
    text = _locked(text, seen_row_version)
    if text.author_id != by.pk or text.state != TextState.PROPOSED:
        raise Refused(_("Only your own proposal can be taken back."))
    _move(text, TextState.DRAFT)
    return text


@transaction.atomic
def discard(text: ModuleText, *, by: Person, seen_row_version: int) -> None:
    """The author's draft goes; what was in force once stays for ever."""
    text = _locked(text, seen_row_version)
    if text.author_id != by.pk or text.state not in UNDER_WAY:
        raise Refused(_("Only your own draft can be discarded."))
    text.delete()


@transaction.atomic
def approve(text: ModuleText, *, by: Person, seen_row_version: int) -> ModuleText:
    """The text is in force from now on, in place of the one before; the author gets a badge.

    Refused for the author, for a text with mistakes, and when another text came into force
    after this one was begun.
    """
    curriculum.wait_for_others()
    text = _answerable(text, by, seen_row_version)
    _taught(text.module)
    before = in_force(text.module, text.language)
    if before is not None and before.number > text.number:
        raise Refused(
            _("A newer text came into force meanwhile. Return this one; its author starts from it.")
        )
    if found := problems(text):
        raise Refused(" ".join(map(str, found)))
    if before is not None:
        _move(before, TextState.SUPERSEDED)
    _move(text, TextState.APPROVED, approved_by=by, in_force_at=timezone.now(), remark="")
    LearningModule.objects.filter(pk=text.module_id).update(reviewed_on=today())
    place = place_of(text.module, text.language)
    curriculum.keep_text(papers.read(place, text.source), by=text.author)
    ledger.record(
        kind="curriculum",
        subject=f"module:{text.module.code}",
        body={"file": place, "version": text.version, "author": text.author.code},
        by=by,
    )
    badges.give(text.author, text=text)
    _tell_author(text, by, _("%(name)s approved your text: %(title)s. It is in force."))
    return text


@transaction.atomic
def send_back(text: ModuleText, *, remark: str, by: Person, seen_row_version: int) -> ModuleText:
    """Returned to its author, with what is missing."""
    text = _answerable(text, by, seen_row_version)
    if not remark.strip():
        raise Refused(_("Say what should be different."))
    _move(text, TextState.RETURNED, remark=remark.strip())
    _tell_author(text, by, _("%(name)s returned your text with a remark: %(title)s."))
    return text


def _answerable(text: ModuleText, by: Person, seen_row_version: int) -> ModuleText:
    text = _locked(text, seen_row_version)
    if text.state != TextState.PROPOSED:
        raise Refused(_("This text does not wait for an answer."))
    if text.author_id == by.pk:
        raise Refused(_("Another colleague has to answer: nobody approves their own text."))
    return text


def _tell_author(text: ModuleText, by: Person, said: str) -> None:
    tell(
        [text.author],
        news=f"text:{text.pk}:{text.row_version}",
        text=said % {"name": by.name, "title": text.title},
        link=f"/academy/texts/{text.pk}/",
        why=_("You wrote this text."),
    )


@transaction.atomic
def review(module: LearningModule, *, by: Person) -> None:
    """Somebody who answers for the module has read it and says that it still holds."""
    LearningModule.objects.filter(pk=module.pk).update(reviewed_on=today())
    body = {"module": module.code, "reviewed_on": today().isoformat()}
    ledger.record(kind="curriculum", subject=f"module:{module.code}", body=body, by=by)


@transaction.atomic
def name_owner(module: LearningModule, *, owner: Person | None, by: Person) -> None:
    """Who answers for what the module says."""
    LearningModule.objects.filter(pk=module.pk).update(owner=owner)
    body = {"module": module.code, "owner": owner.code if owner else ""}
    ledger.record(kind="curriculum", subject=f"module:{module.code}", body=body, by=by)
    tell(
        [owner] if owner != by else [],
        news=f"owner:{module.code}:{today()}",
        text=_("You answer for module %(code)s from now on.") % {"code": module.code},
        link=f"/academy/modules/{module.code}/texts/",
        why=_("The academy named you."),
    )
