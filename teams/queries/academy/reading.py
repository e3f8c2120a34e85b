"""A module as it is read: the core, local variants over it, and where the reader is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from teams.calculations.academy.lessons import (
    Chart,
    Exercise,
    Part,
    Prose,
    chain,
    is_older,
    parts,
)
from teams.calculations.academy.papers import FENCE, plain
from teams.models import ModuleText, Person, ReadingPlace
from teams.models.academy.modules import CORE_LANGUAGE, TextState
from teams.queries.academy.drawings import drawn
from teams.queries.academy.items import Asked, asked, order_for
from teams.queries.academy.markdown import prose


@dataclass(frozen=True)
class Shown:
    """A stretch of a section: prose, a chart with its title, or an exercise."""

    html: SafeString | str = ""
    chart: Chart | None = None
    exercise: Exercise | None = None
    asked: Asked | None = None


@dataclass(frozen=True)
class Section:
    """`language` is that of the text it was taken from."""

    slug: str
    title: str
    is_core: bool
    language: str
    parts: list[Shown]


@dataclass(frozen=True)
class Drift:
    """A variant made from an older core, and which of its sections stand on the page."""

    language: str
    base: str
    titles: list[str]


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    is_shown: bool


@dataclass(frozen=True)
class Lesson:
    """A module's text for one reader; `language` is the one they asked for."""

    core: ModuleText
    title: str
    title_language: str
    language: str
    sections: list[Section]
    languages: list[Language]
    drifts: list[Drift] = field(default_factory=list)

    def exercise(self, key: str) -> Exercise | None:
        found = (
            part.exercise
            for section in self.sections
            for part in section.parts
            if part.exercise and part.exercise.key == key
        )
        return next(found, None)

    @property
    def slugs(self) -> list[str]:
        return [section.slug for section in self.sections]


def texts_of(code: str) -> list[ModuleText]:
    """The core and the variants in force of one module; empty where it is not taught."""
    texts = ModuleText.objects.in_force().filter(module__code=code)
    return list(texts.select_related("module__owner").order_by("language"))


def core_of(texts: Sequence[ModuleText]) -> ModuleText | None:
    return next((text for text in texts if text.language == CORE_LANGUAGE), None)


def lesson(texts: Sequence[ModuleText], person: Person, language: str) -> Lesson:
    """The core's sections, each out of the first text of the chain that has it.

    A core section is taken from a translation of this very version alone: it says the same
    everywhere. A variant that has drifted still gives its local sections, and is named.
    """
    core = core_of(texts)
    wanted = chain(language)
    by_language = {text.language: text for text in texts}
    layers = [by_language[code] for code in wanted if code in by_language]
    made = {text.language: _sections(text) for text in layers}
    sections, used = [], {}
    for slug, (_title, is_core, _part) in made[CORE_LANGUAGE].items():
        text = next(
            text for text in layers if slug in made[text.language] and _may(text, core, is_core)
        )
        title, _core, part = made[text.language][slug]
        used.setdefault(text.language, []).append(title)
        shown = _shown(part, person, core.module.code)
        sections.append(Section(slug, title, is_core, text.language, shown))
    drifted = [text for text in layers if _has_drifted(text, core)]
    first = layers[0]
    return Lesson(
        core=core,
        title=first.title,
        title_language=first.language,
        language=language,
        sections=sections,
        languages=[_language(code, first.language) for code in by_language],
        drifts=[
            Drift(text.language, text.base_version, used.get(text.language, [])) for text in drifted
        ],
    )


def _has_drifted(text: ModuleText, core: ModuleText) -> bool:
    return text is not core and is_older(text.base_version, core.version)


def _may(text: ModuleText, core: ModuleText, is_core: bool) -> bool:
    return text is core or not is_core or text.base_version == core.version


def _sections(text: ModuleText) -> dict[str, tuple[str, bool, Part]]:
    """Title, whether it is core, and the part, by slug in the order of the text."""
    named = text.front.get("sections", [])
    found = [part for part in parts(body_of(text)) if part.title]
    return {
        slug: (part.title, is_core, part)
        for (slug, is_core), part in zip(map(_named, named), found, strict=False)
    }


def _named(section: str | dict) -> tuple[str, bool]:
    """A core names its sections with all they are, a variant by their slugs."""
    if isinstance(section, str):
        return section, False
    return section["slug"], bool(section.get("core", False))


def body_of(text: ModuleText) -> str:
    return FENCE.split(plain(text.source), maxsplit=2)[-1]


def _shown(part: Part, person: Person, code: str) -> list[Shown]:
    return [_block(block, person, code) for block in part.blocks]


def _block(block, person: Person, code: str) -> Shown:
    match block:
        case Prose(text):
            return Shown(html=prose(text))
        case Chart():
            return Shown(html=drawn(block), chart=block)
        case _:
            order = order_for(person, block, code)
            return Shown(
                exercise=block,
                asked=asked(block.question, order, name=block.key, text=block.text),
            )


def _language(code: str, shown: str) -> Language:
    return Language(code, name_of(code), code == shown)


def name_of(code: str) -> str:
    """What a language calls itself, with its tag where that says more: "français (fr-CA)"."""
    try:
        info = get_language_info(code.lower())
    except KeyError:
        return code
    name = info["name_local"]
    return name if info["code"] == code.lower() else f"{name} ({code})"


def place_of(person: Person, core: ModuleText) -> ReadingPlace | None:
    """Where the reader is in this version of the module."""
    return ReadingPlace.objects.filter(
        person=person, module=core.module_id, version=core.version
    ).first()


def reached(core: ModuleText, place: ReadingPlace | None) -> int:
    """How many of the core's sections were reached; all of them, once it was read."""
    slugs = {slug for slug, _is_core in map(_named, core.front.get("sections", []))}
    if place is None:
        return 0
    return len(slugs) if place.read_at else len(slugs.intersection(place.reached))


def titles(codes: Sequence[str]) -> list[ModuleText]:
    """The cores of these modules, to be named; no query where there are none."""
    if not codes:
        return []
    texts = ModuleText.objects.filter(
        state=TextState.APPROVED, language=CORE_LANGUAGE, module__code__in=codes
    )
    return list(texts.select_related("module").only("title", "module__code"))


def missing(lesson: Lesson, place: ReadingPlace | None) -> list[Section]:
    """Sections whose end was not reached yet; the last one does not count, it is here."""
    reached = set(place.reached) if place else set()
    return [section for section in lesson.sections[:-1] if section.slug not in reached]
