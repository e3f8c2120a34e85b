"""What the parts of a path's elements are called: modules, scenarios, reflections."""

from collections.abc import Iterable

from teams.models import Content, PathElement
from teams.models.academy.contents import ContentKind
from teams.models.academy.paths import ElementKind
from teams.queries.academy import curriculum

CONTENTS = {
    ElementKind.SIMULATION: ContentKind.SCENARIO,
    ElementKind.REFLECTION: ContentKind.REFLECTION,
}


def titles(elements: Iterable[PathElement]) -> dict[tuple[str, str], str]:
    """Titles by kind of element and ref, in two queries; a ref that nothing is of has none."""
    wanted = {ref for one in elements if one.kind in CONTENTS for ref in one.refs}
    contents = Content.objects.filter(
        kind__in=CONTENTS.values(), code__in=wanted, is_current=True
    ).values_list("kind", "code", "title")
    kinds = {content: kind for kind, content in CONTENTS.items()}
    found = {(kinds[kind], code): title for kind, code, title in contents}
    for code, card in curriculum.cards().items():
        found[ElementKind.MODULE, code] = found[ElementKind.ASSESSMENT, code] = card.title
    return found


def name(way) -> None:
    """Put the titles of its parts on each step of the way."""
    found = titles(step.element for step in way.steps)
    for step in way.steps:
        kind = step.element.kind
        step.titles = [found.get((kind, ref), ref) for ref in step.element.refs]
