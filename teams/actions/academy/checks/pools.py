"""Item pools: a blueprint that can be drawn, and items with one right answer each."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from teams.actions.academy.checks.blocks import check_options, check_proof
from teams.actions.academy.checks.problems import Pad
from teams.calculations.academy.papers import Paper

POOL = {"module": str, "version": str, "blueprint": dict, "items": list}
BLUEPRINT = {"draw": int, "cut_percent": int, "wait_hours": int, "cells": list}
CELL = {"objective": str, "difficulties": list, "draw": int}
ITEM = {
    "code": str,
    "kind": str,
    "objective": str,
    "competency": str,
    "difficulty": int,
    "stem": str,
    "explanation": str,
}
BY_KIND = {
    "single": {"options": list},
    "multiple": {"options": list},
    "number": {"answer": float, "tolerance": float, "unit": str, "formula": str},
    "order": {"steps": list},
}


def check_pool(paper: Paper, module: Paper | None, competencies: set[str]) -> Pad:
    pad, said = Pad(paper.path), paper.data
    if not pad.keys(said, "", POOL):
        return pad
    text = _("There is no such module; bring it in first.")
    if not pad.expect(module is not None, "module", text):
        return pad
    objectives = {str(one.get("code")) for one in module.tables("objectives")}
    items = [
        item
        for item in pad.tables(said["items"], "items")
        if _check_item(pad, item, objectives, competencies)
    ]
    pad.once([item["code"] for item in items], "items")
    if pad.keys(said["blueprint"], "blueprint", BLUEPRINT):
        _check_blueprint(pad, said["blueprint"], items, objectives)
    return pad


def _check_item(pad: Pad, item: Mapping, objectives: set, competencies: set[str]) -> bool:
    where = str(item.get("code", "items"))
    kind = item.get("kind")
    told = {"kinds": ", ".join(BY_KIND)}
    if not pad.expect(kind in list(BY_KIND), where, _("Its kind is one of %(kinds)s.") % told):
        return False
    if not pad.keys(item, where, ITEM | BY_KIND[kind]):
        return False
    pad.known([item["objective"]], objectives, where, _("objective of the module"))
    pad.known([item["competency"]], competencies, where, _("competency"))
    text = _("The difficulty is 1 (recall), 2 (apply) or 3 (judge).")
    pad.expect(item["difficulty"] in (1, 2, 3), where, text)
    if "options" in item:
        _check_options(pad, where, item)
    elif kind == "number":
        check_proof(pad, where, item["formula"], item["answer"], item["tolerance"])
    else:
        text = _("Give at least three steps, each of them a text and once.")
        steps = item["steps"]
        whole = all(isinstance(step, str) and step.strip() for step in steps)
        pad.expect(whole and len(set(steps)) == len(steps) >= 3, where, text)
    return True


def _check_options(pad: Pad, where: str, item: Mapping) -> None:
    options = pad.tables(item["options"], where)
    if all(pad.keys(one, where, {"text": str, "right": bool}) for one in options):
        right = sum(one["right"] for one in options)
        check_options(pad, where, item["kind"], right, len(options))
        pad.once([one["text"] for one in options], where)


def _check_blueprint(pad: Pad, said: Mapping, items: list[Mapping], objectives: set) -> None:
    where = "blueprint"
    pad.expect(1 <= said["draw"] <= 100, where, _("Draw 1 to 100 items."))
    text = _("The cut score is a percentage from 1 to 100.")
    pad.expect(1 <= said["cut_percent"] <= 100, where, text)
    pad.expect(0 <= said["wait_hours"] <= 720, where, _("Let people wait 0 to 720 hours."))
    cells = [cell for cell in pad.tables(said["cells"], where) if _is_cell(pad, cell)]
    told = {"sum": sum(cell["draw"] for cell in cells), "draw": said["draw"]}
    text = _("The cells draw %(sum)s items together, and draw says %(draw)s.")
    pad.expect(told["sum"] == told["draw"], where, text % told)
    seen: set[tuple] = set()
    for cell in cells:
        pairs = {(cell["objective"], one) for one in cell["difficulties"]}
        told = {"objective": cell["objective"]}
        text = _("Two cells of %(objective)s draw the same difficulty. Draw it in one.")
        pad.expect(not pairs & seen, where, text % told)
        seen |= pairs
        there = sum((item["objective"], item["difficulty"]) in pairs for item in items)
        told |= {"there": there, "draw": cell["draw"]}
        text = _("A cell of %(objective)s draws %(draw)s of %(there)s items. Add items.")
        pad.expect(there >= cell["draw"] >= 1, where, text % told)
    pad.known(
        [cell["objective"] for cell in cells], objectives, where, _("objective of the module")
    )
    never = [item["code"] for item in items if (item["objective"], item["difficulty"]) not in seen]
    told = {"codes": ", ".join(never)}
    text = _("No cell draws these items, so nobody would meet them: %(codes)s.")
    pad.expect(not never, where, text % told)


def _is_cell(pad: Pad, cell: Mapping) -> bool:
    where = "blueprint, cells"
    text = _("Difficulties are a list of 1, 2 and 3.")
    return pad.keys(cell, where, CELL) and pad.expect(
        all(type(one) is int and one in (1, 2, 3) for one in cell["difficulties"]), where, text
    )
