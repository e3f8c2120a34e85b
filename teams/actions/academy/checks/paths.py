"""Paths: stages, elements, exits and rubrics that refer to what exists."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from teams.actions.academy.checks.problems import Pad
from teams.calculations.academy.papers import Paper
from teams.models.academy.paths import ElementKind

PATH = {
    "code": str,
    "title": str,
    "version": str,
    "weeks": int,
    "certificate_months": int,
    "recertify": str,
    "experiential_percent": int,
    "roles": list,
    "stages": list,
    "rubrics": list,
}
STAGE = {
    "number": int,
    "title": str,
    "from_week": int,
    "to_week": int,
    "purpose": str,
    "exit": str,
    "exit_rules": list,
    "elements": list,
}
ELEMENT = {
    "code": str,
    "kind": str,
    "title": str,
    "text": str,
    "weeks": list,
    "hours": int,
    "credit": int,
    "required": bool,
}
MORE = {
    "refs": list,
    "choose": int,
    "rubric": str,
    "assessors": int,
    "pass_level": int,
    "evidence": str,
}
RULES = {
    "element_done": {"element": str},
    "score_at_least": {"elements": list, "percent": int},
    "rubric_at_least": {"element": str, "level": int, "assessors": int},
    "agreed_by": {"element": str, "roles": list},
    "no_fatal": {"element": str},
    "accepted_by": {"element": str, "roles": list},
    "board_passed": {"element": str},
}
RUBRIC = {"code": str, "title": str, "criteria": list}
CRITERION = {"code": str, "name": str, "competency": str, "weight": int, "levels": list}
DOING = {ElementKind.ASSIGNMENT, ElementKind.SIMULATION}


@dataclass(frozen=True)
class Known:
    """What a path may refer to."""

    modules: set[str]
    scenarios: set[str]
    reflections: set[str]
    competencies: set[str]

    def refs(self, kind: str) -> set[str]:
        by_kind = {
            ElementKind.MODULE: self.modules,
            ElementKind.ASSESSMENT: self.modules,
            ElementKind.SIMULATION: self.scenarios,
            ElementKind.REFLECTION: self.reflections,
        }
        return by_kind.get(kind, set())


def check_path(paper: Paper, known: Known) -> Pad:
    pad, said = Pad(paper.path), paper.data
    if not pad.keys(said, "", PATH):
        return pad
    text = _("Give 1 to 520 weeks.")
    pad.expect(1 <= said["weeks"] <= 520, "weeks", text)
    text = _("Give 1 to 120 months.")
    pad.expect(1 <= said["certificate_months"] <= 120, "certificate_months", text)
    rubrics = _rubrics(pad, said, known)
    stages = [one for one in pad.tables(said["stages"], "stages") if _stage(pad, one)]
    elements = [
        element
        for stage in stages
        for element in pad.tables(stage["elements"], f"stage {stage['number']}")
        if _element(pad, said, stage, element, rubrics, known)
    ]
    pad.once([stage["number"] for stage in stages], "stages")
    pad.once([element["code"] for element in elements], "elements")
    codes = {element["code"] for element in elements}
    for stage in stages:
        for rule in pad.tables(stage["exit_rules"], f"stage {stage['number']}"):
            _rule(pad, f"stage {stage['number']}, exit_rules", rule, codes, said["roles"])
    if not pad.problems:
        _credits(pad, said, elements)
    return pad


def _stage(pad: Pad, stage: Mapping) -> bool:
    where = f"stage {stage.get('number', '?')}"
    if not pad.keys(stage, where, STAGE):
        return False
    text = _("The last week is not before the first.")
    pad.expect(1 <= stage["from_week"] <= stage["to_week"], where, text)
    pad.expect(stage["number"] >= 0, where, _("Number the stages from 0 or 1."))
    return True


def _element(pad: Pad, path: Mapping, stage: Mapping, said: Mapping, rubrics: set, known) -> bool:
    where = str(said.get("code", f"stage {stage['number']}"))
    if not pad.keys(said, where, ELEMENT, MORE):
        return False
    told = {"kinds": ", ".join(ElementKind.values)}
    pad.expect(said["kind"] in ElementKind.values, where, _("Its kind is one of %(kinds)s.") % told)
    weeks = said["weeks"]
    whole = len(weeks) == 2 and all(type(week) is int for week in weeks)
    if not pad.expect(whole, where, _("Give its weeks as two numbers, the first and the last.")):
        return False
    told = {"from": stage["from_week"], "to": stage["to_week"]}
    text = _("Its weeks have to lie within its stage: %(from)s to %(to)s.")
    inside = stage["from_week"] <= weeks[0] <= weeks[1] <= stage["to_week"] <= path["weeks"]
    pad.expect(inside, where, text % told)
    text = _("Hours and credit are 0 or more.")
    pad.expect(said["hours"] >= 0 and said["credit"] >= 0, where, text)
    refs = said.get("refs", [])
    pad.known(refs, known.refs(said["kind"]), where, _named(said["kind"]))
    if "choose" in said:
        told = {"count": len(refs)}
        text = _("choose is between 1 and the number of refs, %(count)s.")
        pad.expect(1 <= said["choose"] <= len(refs), where, text % told)
    if "rubric" in said:
        pad.known([said["rubric"]], rubrics, where, _("rubric of this path"))
        text = _("With a rubric, say how many assess (1 to 9) and the level to pass (1 to 5).")
        told = (said.get("assessors", 0), said.get("pass_level", 0))
        pad.expect(1 <= told[0] <= 9 and 1 <= told[1] <= 5, where, text)
    return True


def _named(kind: str) -> str:
    """What the refs of this kind of element name."""
    match kind:
        case ElementKind.MODULE | ElementKind.ASSESSMENT:
            return _("taught module")
        case ElementKind.SIMULATION:
            return _("scenario")
        case ElementKind.REFLECTION:
            return _("reflection")
        case _other:
            return _("part, which this kind of element has not:")


def _rule(pad: Pad, where: str, rule: Mapping, codes: set[str], roles: list) -> None:
    name = rule.get("rule")
    told = {"rules": ", ".join(RULES)}
    if not pad.expect(name in list(RULES), where, _("A rule is one of %(rules)s.") % told):
        return
    if pad.keys(rule, where, {"rule": str} | RULES[name]):
        named = rule.get("elements") or [rule.get("element")]
        pad.known(named, codes, where, _("element of this path"))
        pad.known(rule.get("roles", []), roles, where, _("role of this path"))


def _rubrics(pad: Pad, said: Mapping, known: Known) -> set[str]:
    codes = []
    for rubric in pad.tables(said["rubrics"], "rubrics"):
        where = str(rubric.get("code", "rubrics"))
        if not pad.keys(rubric, where, RUBRIC, {"note": str}):
            continue
        codes.append(rubric["code"])
        criteria = [
            one
            for one in pad.tables(rubric["criteria"], where)
            if pad.keys(one, f"{where} {one.get('code', '')}".strip(), CRITERION)
        ]
        text = _("The weights of the criteria have to add up to 100.")
        pad.expect(sum(one["weight"] for one in criteria) == 100, where, text)
        pad.once([one["code"] for one in criteria], where)
        pad.known(
            [one["competency"] for one in criteria], known.competencies, where, _("competency")
        )
        for one in criteria:
            check_levels(pad, f"{where} {one['code']}", one["levels"])
    pad.once(codes, "rubrics")
    return set(codes)


def check_levels(pad: Pad, where: str, levels: list) -> None:
    """Five texts, each of its own."""
    whole = all(isinstance(level, str) and level.strip() for level in levels)
    text = _("Describe five levels, level 1 first, each in words of its own.")
    pad.expect(whole and len(levels) == 5 == len(set(levels)), where, text)


def _credits(pad: Pad, said: Mapping, elements: list[Mapping]) -> None:
    total = sum(element["credit"] for element in elements)
    told = {"total": total}
    text = _("The elements' credits have to add up to 100; they are %(total)s.")
    pad.expect(total == 100, "stages", text % told)
    doing = sum(element["credit"] for element in elements if element["kind"] in DOING)
    told = {"doing": doing, "least": said["experiential_percent"]}
    text = _("Assignments and simulations give %(doing)s credits, at least %(least)s are asked.")
    pad.expect(doing >= told["least"], "experiential_percent", text % told)
