"""The blocks in a module's text: charts have their columns, exercises their answers."""

import re

from django.utils.translation import gettext as _

from teams.actions.academy.checks.problems import Pad
from teams.calculations.academy import proofs
from teams.calculations.academy.lessons import Chart, Exercise, attributes, parts

COLUMNS = {"bar": 2, "line": 2, "range": 4, "steps": 3, "radar": 2}
BLOCK = re.compile(r"(?m)^:::(\w*)")
FORMULA = re.compile(r"(?m)^:::exercise\b(.*)$")


def check_blocks(pad: Pad, body: str) -> None:
    names = [found[1] for found in BLOCK.finditer(body)]
    opened = names[::2]
    if any(name not in ("chart", "exercise") for name in opened) or any(names[1::2]):
        text = _(
            "A block begins with :::chart or :::exercise and ends with a line of three colons."
        )
        pad.note(":::", text)
        return
    if not pad.expect(len(names) % 2 == 0, ":::", _("The last block is not closed.")):
        return
    blocks = [block for part in parts(body) for block in part.blocks]
    exercises = [block for block in blocks if isinstance(block, Exercise)]
    formulas = _formulas(body)
    for block in blocks:
        if isinstance(block, Chart):
            _check_chart(pad, block)
    for exercise in exercises:
        _check_exercise(pad, exercise, formulas.get(exercise.key, ""))
    pad.once([exercise.key for exercise in exercises], "exercise")


def _formulas(body: str) -> dict[str, str]:
    """The formula of each exercise that has one, by the exercise's key."""
    heads = (attributes(head[1]) for head in FORMULA.finditer(body))
    return {given.get("key", ""): given.get("formula", "") for given in heads}


def _check_chart(pad: Pad, chart: Chart) -> None:
    where = _("chart “%(title)s”") % {"title": chart.title}
    told = {"kinds": ", ".join(COLUMNS)}
    if not pad.expect(chart.kind in COLUMNS, where, _("Its kind is one of %(kinds)s.") % told):
        return
    pad.expect(chart.title, where, _("Give it a title."))
    text = _("Give it a line of headings, and at least two rows.")
    pad.expect(len(chart.rows) >= 2, where, text)
    width, least = len(chart.heads), COLUMNS[chart.kind]
    told = {"count": least}
    text = _("Give every row as many cells as the first line has, at least %(count)s.")
    even = width >= least and all(len(row) == width for row in chart.rows)
    if pad.expect(even, where, text % told) and chart.kind != "steps":
        cells = [cell for row in chart.rows for cell in row[1:]]
        wrong = [cell for cell in cells if _number(cell) is None]
        told = {"cells": ", ".join(wrong)}
        pad.expect(not wrong, where, _("These are no numbers: %(cells)s.") % told)


def _check_exercise(pad: Pad, exercise: Exercise, formula: str) -> None:
    where = _("exercise “%(key)s”") % {"key": exercise.key}
    pad.expect(exercise.key, where, _("Give it a key."))
    pad.expect(exercise.text, where, _("Begin with its question, after a question mark."))
    question = exercise.question
    match question.kind:
        case "single" | "multiple":
            right = sum(option.right for option in question.options)
            check_options(pad, where, question.kind, right, len(question.options))
            text = _("Say something to every option, on the line after it.")
            pad.expect(all(option.feedback for option in question.options), where, text)
        case "number":
            _numbers(pad, where, exercise, formula)
        case "order":
            pad.expect(len(question.steps) >= 3, where, _("Give at least three steps."))
            _said(pad, where, exercise)
        case _other:
            pad.note(where, _("Its kind is single, multiple, number or order."))


def check_options(pad: Pad, where: str, kind: str, right: int, count: int) -> None:
    pad.expect(count >= 3, where, _("Give at least three options."))
    if kind == "single":
        pad.expect(right == 1, where, _("Exactly one option has to be right."))
    else:
        text = _("At least two options have to be right, and one wrong.")
        pad.expect(2 <= right < count, where, text)


def _numbers(pad: Pad, where: str, exercise: Exercise, formula: str) -> None:
    answer, tolerance = _number(exercise.question.answer), _number(exercise.question.tolerance)
    text = _("Give answer and tolerance as numbers, and a unit.")
    if not pad.expect(None not in (answer, tolerance) and exercise.question.unit, where, text):
        return
    check_proof(pad, where, formula, answer, tolerance)
    _said(pad, where, exercise)
    for mistake, _text in exercise.mistakes:
        told = {"value": mistake}
        text = _("The mistake %(value)s would pass as right: it lies within the tolerance.")
        value = _number(mistake)
        pad.expect(value is not None and abs(value - answer) > tolerance, where, text % told)


def _said(pad: Pad, where: str, exercise: Exercise) -> None:
    text = _("Say something to a right and to a wrong answer (> right: and > wrong:).")
    pad.expect(exercise.right and exercise.wrong, where, text)


def check_proof(pad: Pad, where: str, formula: str, answer: float, tolerance: float) -> None:
    """The formula gives the answer."""
    if not pad.expect(formula, where, _("Give the formula that proves the answer.")):
        return
    try:
        found = proofs.value(formula)
    except proofs.NotAFormula as error:
        told = {"text": error}
        pad.note(where, _("The formula cannot be reckoned: %(text)s.") % told)
        return
    told = {"found": f"{found:g}", "answer": f"{answer:g}"}
    text = _("The formula gives %(found)s, the answer says %(answer)s. Correct one of them.")
    pad.expect(abs(found - answer) <= max(tolerance, 1e-9), where, text % told)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
