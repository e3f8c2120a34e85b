"""The texts of a module: those in force, those under way, and what was changed in them."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from teams.calculations.academy.papers import Unreadable, split
from teams.models import CurriculumFile, LearningModule, ModuleText, Person
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.permissions.academy import rights_to_edit
from teams.queries.academy.reading import Lesson, lesson, texts_of
from teams.queries.academy.waiting import NO_DAY, waits

CONTEXT = 2  # unchanged lines shown around a change
UNDER_WAY = (TextState.DRAFT, TextState.RETURNED)
NEW_LAYER = """
code = "{code}"
language = "{language}"
base_version = "{version}"
title = "{title}"
sections = [{sections}]
"""


def of_module(module: LearningModule, reader: Person) -> list[ModuleText]:
    """All texts but other people's drafts: the core first, the newest first in each language."""
    texts = ModuleText.objects.filter(module=module).select_related("author", "approved_by")
    texts = texts.exclude(state__in=UNDER_WAY) | texts.filter(state__in=UNDER_WAY, author=reader)
    rows = list(texts.defer("source").order_by("language", "-number"))
    return sorted(rows, key=lambda text: text.language != CORE_LANGUAGE)


def own_draft(module: LearningModule, language: str, author: Person) -> ModuleText | None:
    """What the author is writing in this language, or has proposed."""
    mine = ModuleText.objects.filter(module=module, language=language, author=author)
    return mine.filter(state__in=[*UNDER_WAY, TextState.PROPOSED]).first()


def in_force(module: LearningModule, language: str) -> ModuleText | None:
    """The text that is read in this very language; None where there is none."""
    texts = ModuleText.objects.filter(module=module, state=TextState.APPROVED)
    return texts.filter(language=language).first()


def pieces(source: str) -> tuple[str, str]:
    """Facts and text of a file, to be edited apart."""
    try:
        front, body = split(source)
    except Unreadable:
        return "", source
    return front.strip("\n"), body.strip("\n")


def begin(module: LearningModule, language: str) -> tuple[str, str]:
    """What an author starts from: the text in force, or a layer with nothing in it."""
    present = in_force(module, language)
    if present is not None:
        return pieces(present.source)
    core = in_force(module, CORE_LANGUAGE)
    local = [one for one in core.front.get("sections", ()) if not one["core"]] if core else []
    front = NEW_LAYER.format(
        code=module.code,
        language=language,
        version=core.version if core else "1.0",
        title=core.title.replace('"', "'") if core else module.code,
        sections=", ".join(f'"{one["slug"]}"' for one in local),
    )
    return front.strip("\n"), "\n\n".join(f"## {one['title']}" for one in local)


def preview(text: ModuleText, reader: Person) -> Lesson:
    """The draft as readers would have it."""
    if text.language == CORE_LANGUAGE:
        return lesson([text], reader, text.language)
    others = [one for one in texts_of(text.module.code) if one.language != text.language]
    return lesson([*others, text], reader, text.language)


@dataclass(frozen=True)
class Line:
    """A line of a comparison; `kind` is one of "added", "gone", "same" and "cut"."""

    kind: str
    text: str


def compared(old: str, new: str) -> Iterator[Line]:
    """The changed lines with what stands around them."""
    kinds = {"+": "added", "-": "gone", " ": "same", "@": "cut"}
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=CONTEXT)
    for place, line in enumerate(lines):
        if place > 1:
            kind = kinds[line[0]]
            yield Line(kind, "" if kind == "cut" else line[1:])


def before(text: ModuleText) -> str:
    """The source of the text that this one replaces or replaced; "" for the first."""
    texts = ModuleText.objects.filter(module=text.module_id, language=text.language)
    if text.state in (TextState.APPROVED, TextState.SUPERSEDED):
        texts = texts.filter(number__lt=text.number, in_force_at__isnull=False)
    else:
        texts = texts.filter(state=TextState.APPROVED)
    return texts.order_by("-number").values_list("source", flat=True).first() or ""


def before_file(file: CurriculumFile) -> str:
    """The source of the version before this one; "" for the first."""
    older = CurriculumFile.objects.filter(path=file.path, number__lt=file.number)
    return older.order_by("-number").values_list("source", flat=True).first() or ""


@waits(text=_("Approve or return the text of %(who)s: %(what)s"), route="teams:module-text")
def proposals(person: Person) -> QuerySet:
    """Texts of others that wait for the module's owner, or for who edits the curriculum."""
    rows = ModuleText.objects.filter(state=TextState.PROPOSED).exclude(author=person)
    rows = rows.filter(Q(module__owner=person) | Q(Exists(rights_to_edit(person))))
    return rows.values_list("pk", "author__name", "title", NO_DAY)
