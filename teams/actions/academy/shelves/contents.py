"""Scenarios, checklists, reflections, the review by colleagues and guides out of files."""

from collections.abc import Iterable, Iterator

from django.db.models import Max

from teams.calculations.academy.papers import Paper, plain
from teams.models import Content
from teams.models.academy.contents import ContentKind

# The files that hold all of a kind: what is no longer in one is out of use.
WHOLE = {"checklists": ContentKind.CHECKLIST, "reflections": ContentKind.REFLECTION}
Said = tuple[str, str, str, dict, int]  # kind, code, title, body, order


def put_contents(papers: Iterable[Paper]) -> None:
    """A new version of all that is said differently; what is the same keeps its version."""
    papers = list(papers)
    said = [one for paper in papers for one in _contents(paper)]
    current = Content.objects.filter(is_current=True)
    present = {(content.kind, content.code): content for content in current}
    counted = Content.objects.order_by().values_list("kind", "code").annotate(Max("number"))
    numbers = {(kind, code): number for kind, code, number in counted}
    changed = [one for one in said if _differs(present.get(one[:2]), one)]
    named = {one[:2] for one in said}
    kinds = {WHOLE[paper.kind] for paper in papers if paper.kind in WHOLE}
    out = [key for key in present if key[0] in kinds and key not in named]
    out += [one[:2] for one in changed if one[:2] in present]
    current.filter(pk__in=[present[key].pk for key in out]).update(is_current=False)
    Content.objects.bulk_create(
        Content(
            kind=kind,
            code=code,
            number=numbers.get((kind, code), 0) + 1,
            title=title,
            body=body,
            order=order,
        )
        for kind, code, title, body, order in changed
    )


def _differs(present: Content | None, said: Said) -> bool:
    _kind, _code, title, body, order = said
    return present is None or (present.title, present.body, present.order) != (title, body, order)


def _contents(paper: Paper) -> Iterator[Said]:
    data = dict(paper.data)
    match paper.kind:
        case "scenario":
            yield "scenario", data["slug"], data["title"], data, 0
        case "checklists":
            for order, one in enumerate(data["checklists"], 1):
                yield "checklist", one["code"], one["title"], one, order
        case "reflections":
            for order, one in enumerate(data["reflections"], 1):
                yield "reflection", one["code"], one["title"], one, order
        case "peer-review":
            yield "peer-review", "peer-review", data["title"], data, 0
        case "guide":
            yield "guide", paper.name, paper.title, {"text": plain(paper.source)}, 0
