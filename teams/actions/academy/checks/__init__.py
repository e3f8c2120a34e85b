"""What a curriculum has to be before it comes in: every file for itself, and all together."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from teams.actions.academy.checks import lists, modules, paths, pools
from teams.actions.academy.checks.problems import Pad, Problem, all_of, unreadable
from teams.calculations.academy import scenarios
from teams.calculations.academy.papers import Paper, by_kind

__all__ = ["Problem", "check", "unreadable"]


def check(shelf: Mapping[str, Paper], changed: set[str]) -> Iterator[Problem]:
    """The mistakes in all files of a curriculum; scenarios, which are played, where changed."""
    return all_of(_pads(_Shelf(shelf.values()), changed))


class _Shelf:
    """The files by kind, and the codes by which they name each other."""

    def __init__(self, papers: Iterable[Paper]):
        self.papers = list(papers)
        self.modules = {str(paper.data.get("code")): paper for paper in self.kind("module")}
        self.taught = {code for code, paper in self.modules.items() if not paper.is_retired}
        self.competencies = set(self.codes("competencies", "competencies"))
        self.reflections = set(self.codes("reflections", "reflections"))
        self.scenarios = {str(paper.data.get("slug")) for paper in self.kind("scenario")}
        self.known = paths.Known(self.taught, self.scenarios, self.reflections, self.competencies)
        self.items = {
            str(paper.data.get("module")): [one.get("difficulty") for one in paper.tables("items")]
            for paper in self.kind("items")
            if str(paper.data.get("module")) in self.taught
        }

    def kind(self, kind: str) -> list[Paper]:
        return by_kind(self.papers, kind)

    def codes(self, kind: str, key: str) -> Iterator[str]:
        for paper in self.kind(kind):
            yield from (str(one.get("code")) for one in paper.tables(key))

    def elements(self) -> Iterator[str]:
        for paper in self.kind("path"):
            for stage in paper.tables("stages"):
                named = stage.get("elements", ())
                yield from (str(one.get("code")) for one in named if isinstance(one, Mapping))


def _pads(shelf: _Shelf, changed: set[str]) -> Iterator[Pad]:
    for paper in shelf.papers:
        code = str(paper.data.get("code", ""))
        match paper.kind:
            case "competencies":
                yield lists.check_competencies(paper)
            case "module":
                others = set(shelf.modules) if paper.is_retired else shelf.taught
                yield modules.check_module(paper, shelf.competencies, others)
            case "variant":
                yield modules.check_variant(paper, shelf.modules.get(code))
            case "items":
                module = shelf.modules.get(str(paper.data.get("module")))
                yield pools.check_pool(paper, module, shelf.competencies)
            case "path":
                yield paths.check_path(paper, shelf.known)
            case "tests":
                yield lists.check_tests(paper, set(shelf.elements()), shelf.items)
            case "checklists":
                yield lists.check_checklists(paper, shelf.taught)
            case "reflections":
                yield lists.check_reflections(paper, shelf.competencies)
            case "peer-review":
                yield lists.check_peer_review(paper, shelf.competencies)
            case "scenario" if paper.path in changed:
                yield _scenario(paper)
    yield from _said_once(shelf)


def _scenario(paper: Paper) -> Pad:
    pad = Pad(paper.path)
    for sentence in scenarios.problems(paper.data):
        pad.note("", sentence)
    return pad


def _said_once(shelf: _Shelf) -> Iterator[Pad]:
    """No two files, and no two items, have one code."""
    files: dict[tuple[str, ...], str] = {}
    for paper in shelf.papers:
        pad, other = Pad(paper.path), files.setdefault(paper.identity, paper.path)
        told = {"code": paper.data.get(paper.key), "other": other}
        text = _("%(code)s stands in %(other)s already. Give this file another code.")
        pad.expect(other == paper.path, paper.key, text % told)
        yield pad
    first: dict[str, str] = {}
    for paper in shelf.kind("items"):
        pad = Pad(paper.path)
        for item in paper.tables("items"):
            told = {"other": first.setdefault(str(item.get("code")), paper.path)}
            text = _("An item of this code stands in %(other)s already. Give it another one.")
            pad.expect(told["other"] == paper.path, str(item.get("code")), text % told)
        yield pad
